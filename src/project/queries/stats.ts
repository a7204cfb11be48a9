import { CLARITIES, inService, ROLES, type CellValue, type Clarity } from '../../model/component.ts';
import type { Filter } from '../../model/filter.ts';
import { getMeta } from '../meta.ts';
import { eachNumber, type CodedColumn, type ColumnCache } from './columns.ts';

import type { Named } from './names.ts';
import { maskOf } from './passing.ts';
import { VALID_UNITS_SQL, type Reader } from './reader.ts';
import { groupsOf, type GroupHead } from './stats-groups.ts';

export const STATS_BY = ['street', 'community', 'class', 'major', 'unit', 'phase', 'grid'] as const;
/** `unit` is the responsible unit (责任单位). */
export type StatsBy = (typeof STATS_BY)[number];

/** Counts of components; `clear` and `byClarity` are of those in service. */
export interface Counts {
  components: number;
  inService: number;
  clear: number;
  /** clear / inService; null when nothing is in service. */
  clarityRate: number | null;
  byClarity: Record<Clarity, number>;
}
/** As the contract's StatsGroup. `key`: code of the street, community, class or grid, id of the unit, name of the phase; null for blank. */
export interface Group extends Counts, Named {
  key: string | null;
}
/** As the contract's Stats. */
export interface StatsResult extends Counts {
  grids: number;
  streets: number;
  communities: number;
  districtAreaM2: number;
  groups: Group[];
}

export interface StatsQuestion {
  by?: StatsBy | undefined;
  /** Clarity as it is with the units valid on this day, ISO 8601; without it the stored clarity. */
  asOf?: string | undefined;
  filter?: Filter | null | undefined;
}

/**
 * The district in numbers. The filter narrows the components only, never grids, streets and area. `districtAreaM2` is the sum of the
 * active grids' planar areas.
 * @throws ProjectError 'unknown-column' | 'input'
 */
export function statsOf(reader: Reader, columns: ColumnCache, question: StatsQuestion): StatsResult {
  const { db } = reader;
  return db.transaction(() => {
    const counter = countersFor(reader, columns, question);
    const whole = counter(null, 1)[0] ?? emptyCounts();
    const groups = question.by === undefined ? null : groupsOf(reader, columns, question.by);
    const counts = groups === null ? [] : counter(groups.codes, groups.heads.length);
    const district = db
      .prepare<[], { grids: number; area: number | null; streets: number; communities: number }>(
        `SELECT (SELECT count(*) FROM unit_grid WHERE status = 'active') AS grids,
          (SELECT sum(area_m2) FROM unit_grid WHERE status = 'active') AS area,
          (SELECT count(*) FROM street) AS streets, (SELECT count(*) FROM community) AS communities`,
      )
      .get();
    return {
      ...whole,
      grids: district?.grids ?? 0,
      streets: district?.streets ?? 0,
      communities: district?.communities ?? 0,
      districtAreaM2: district?.area ?? 0,
      groups: groups === null ? [] : groups.order.flatMap((at) => groupAt(groups.heads[at], counts[at])),
    };
  })();
}

/** Groups nobody stands in are left out, but for streets and communities, which a map shows whole. */
function groupAt(head: GroupHead | undefined, counts: Counts | undefined): Group[] {
  if (head === undefined || counts === undefined || (counts.components === 0 && !head.always)) return [];
  const { key, name, nameEn } = head;
  return [{ key, name, nameEn, ...counts }];
}

function emptyCounts(): Counts {
  return {
    components: 0,
    inService: 0,
    clear: 0,
    clarityRate: null,
    byClarity: { clear: 0, partial: 0, disputed: 0, unclear: 0 },
  };
}

/** Counts by a coded column (null: all together), for the components the question is about. */
function countersFor(
  reader: Reader,
  columns: ColumnCache,
  question: StatsQuestion,
): (codes: Int32Array | null, size: number) => Counts[] {
  const clarity = clarityColumn(reader, columns, question.asOf);
  const state = columns.column(reader.db, 'state');
  const serving = Uint8Array.from(state.values, (value) => (inService(value === null ? null : String(value)) ? 1 : 0));
  const level = Int8Array.from(clarity.values, (value) => CLARITIES.findIndex((each) => each === value));
  const mask = question.filter == null ? null : maskOf(reader, question.filter, state.codes.length);
  return (codes, size) => {
    // By group: all rows, rows in service, and of those each clarity.
    const width = 2 + CLARITIES.length;
    const table = new Uint32Array(size * width);
    const add = (at: number): void => {
      table[at] = (table[at] ?? 0) + 1;
    };
    for (let id = 0; id < state.codes.length; id++) {
      const own = state.codes[id] ?? -1;
      if (own < 0 || mask?.[id] === 0) continue;
      const group = codes === null ? 0 : (codes[id] ?? -1);
      if (group < 0) continue;
      add(group * width);
      if (serving[own] === 0) continue;
      add(group * width + 1);
      const at = level[clarity.codes[id] ?? -1] ?? -1;
      if (at >= 0) add(group * width + 2 + at);
    }
    return Array.from({ length: size }, (_, group) => countsAt(table, group * width));
  };
}

function countsAt(table: Uint32Array, at: number): Counts {
  const counts = emptyCounts();
  counts.components = table[at] ?? 0;
  counts.inService = table[at + 1] ?? 0;
  for (const [i, clarity] of CLARITIES.entries()) counts.byClarity[clarity] = table[at + 2 + i] ?? 0;
  counts.clear = counts.byClarity.clear;
  counts.clarityRate = counts.inService === 0 ? null : counts.clear / counts.inService;
  return counts;
}

function clarityColumn(reader: Reader, columns: ColumnCache, asOf: string | undefined): CodedColumn {
  const stored = columns.column(reader.db, 'clarity');
  if (asOf === undefined || asOf === getMeta(reader.db, 'clarity_on')) return stored;
  const codes = new Int32Array(stored.codes.length).fill(-1);
  const values: CellValue[] = [];
  const judged = claritySql(asOf);
  const rows = reader.db
    .prepare<string[], [Clarity, string]>(`SELECT ${judged.sql}, group_concat(t.id) FROM component t GROUP BY 1`)
    .raw();
  for (const [clarity, ids] of rows.iterate(...judged.params)) {
    eachNumber(ids, (id) => (codes[id] = values.length));
    values.push(clarity);
  }
  return { codes, values };
}

/** 权责明晰 of the component `t` with the units valid on a day, as `clarityOf` in the model decides it. */
function claritySql(day: string): { sql: string; params: string[] } {
  const valid = ROLES.map((role) => `(t.${role}_id IN ${VALID_UNITS_SQL}) IS TRUE`);
  const ownerless = `(t.scheme, t.class_code) IN (SELECT scheme, code FROM component_class WHERE ownerless = 1)`;
  return {
    sql: `CASE WHEN t.confirmation = 'disputed' THEN 'disputed'
      WHEN t.confirmation = 'confirmed' AND ${valid.join(' AND ')} AND (${ownerless}) IS NOT TRUE THEN 'clear'
      WHEN t.confirmation = 'ownerless' OR NOT (${valid.join(' OR ')}) THEN 'unclear' ELSE 'partial' END`,
    params: [...ROLES, ...ROLES].flatMap(() => [day, day]),
  };
}
