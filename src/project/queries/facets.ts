import type { CellValue } from '../../model/component.ts';
import type { Filter } from '../../model/filter.ts';
import { causeSql, NOT_CLEAR_SQL } from './cause-sql.ts';
import { eachNumber, type ColumnCache } from './columns.ts';
import { columnOf, compileFilter, unknownColumn } from './filter.ts';
import { NAMED_COLUMNS, namesOf } from './names.ts';
import { IN_SERVICE_SQL, type Reader } from './reader.ts';

/** As the contract's FacetValue. */
export interface FacetCount {
  value: CellValue;
  name: string | null;
  nameEn: string | null;
  count: number;
}

/** Values answered of one column, most frequent first; a column with more is no help as a facet. */
export const FACET_VALUES = 2000;

/** Facets that are no column: rows by value, as two columns of SQL. A row may stand under several values of `finding`. */
const GROUPED: Readonly<Record<string, (day: string) => { sql: string; params: string[] }>> = {
  finding: () => ({
    sql: `SELECT g.rule, group_concat(DISTINCT f.feature_id) FROM gewu_finding g JOIN gewu_finding_feature f ON f.finding_id = g.id
      WHERE g.phase = 'open' AND f.layer = 'component' GROUP BY g.rule`,
    params: [],
  }),
  in_service: () => ({
    sql: `SELECT ${IN_SERVICE_SQL}, group_concat(t.id) FROM component t GROUP BY 1`,
    params: [],
  }),
  cause: (day) => {
    const why = causeSql(day);
    return {
      sql: `SELECT ${why.sql}, group_concat(t.id) FROM component t WHERE ${NOT_CLEAR_SQL} GROUP BY 1`,
      params: why.params,
    };
  },
  major_code: () => ({
    sql: `SELECT k.major_code, group_concat(t.ids) FROM
        (SELECT scheme, class_code, group_concat(id) AS ids FROM component GROUP BY class_code, scheme) t
      JOIN component_class k ON k.scheme = t.scheme AND k.code = t.class_code GROUP BY k.major_code`,
    params: [],
  }),
};

/**
 * For each column the counts of its values among the components that pass the filter with the column's own conditions left out, so that
 * counts recompute under one another. Blank (NULL or '') is a value like any other: `value` null. Besides the layer's columns:
 * finding, in_service, cause, major_code.
 * @throws ProjectError 'unknown-column' | 'input'
 */
export function componentFacets(
  reader: Reader,
  columns: ColumnCache,
  filter: Filter | null,
  asked: readonly string[],
): Record<string, FacetCount[]> {
  return reader.db.transaction(() => {
    for (const column of asked) {
      if (columnOf('component', column) === null && !Object.hasOwn(GROUPED, column))
        throw unknownColumn('component', column);
    }
    const passing = new Passing(reader, columns, filter, asked);
    return Object.fromEntries(
      asked.map((column) => [column, named(reader, column, countOf(reader, columns, column, passing))]),
    );
  })();
}

/** Which rows pass the filter, with and without the conditions on one of the columns asked for. */
class Passing {
  readonly rows: Int32Array;
  readonly #passed: Uint8Array;
  readonly #own = new Map<string, Uint8Array>();
  #parts = 0;

  constructor(reader: Reader, columns: ColumnCache, filter: Filter | null, asked: readonly string[]) {
    // The codes of any column tell which ids are rows at all.
    this.rows = columns.column(reader.db, 'clarity').codes;
    this.#passed = new Uint8Array(this.rows.length);
    const parts = filter === null ? [] : filter.op === 'and' ? filter.of : [filter];
    const byColumn = Map.groupBy(parts, (part) => asked.find((column) => isOnlyOn(part, column)) ?? null);
    for (const [column, own] of byColumn) {
      const mask = maskOf(reader, { op: 'and', of: own }, this.rows.length);
      if (column !== null) this.#own.set(column, mask);
      for (let id = 0; id < mask.length; id++) this.#passed[id] = (this.#passed[id] ?? 0) + (mask[id] ?? 0);
      this.#parts += 1;
    }
  }

  /** 1 for each id that is a row and passes everything but the column's own conditions. */
  without(column: string): Uint8Array {
    const own = this.#own.get(column);
    const needed = this.#parts - (own === undefined ? 0 : 1);
    const mask = new Uint8Array(this.rows.length);
    for (let id = 0; id < mask.length; id++) {
      const passed = (this.#passed[id] ?? 0) - (own?.[id] ?? 0);
      if (passed === needed && (this.rows[id] ?? -1) >= 0) mask[id] = 1;
    }
    return mask;
  }
}

function isOnlyOn(filter: Filter, column: string): boolean {
  if ('column' in filter) return filter.column === column;
  if (!('of' in filter)) return false;
  const parts = Array.isArray(filter.of) ? filter.of : [filter.of];
  return parts.length > 0 && parts.every((part) => isOnlyOn(part, column));
}

/** 1 for each id that passes. `size`: one more than the highest id. */
export function maskOf(reader: Reader, filter: Filter | null, size: number): Uint8Array {
  const mask = new Uint8Array(size);
  const where = compileFilter(reader, 'component', filter);
  const ids = reader.db
    .prepare<(string | number)[], string | null>(`SELECT group_concat(t.id) FROM component t WHERE ${where.sql}`)
    .pluck()
    .get(...where.params);
  eachNumber(ids ?? '', (id) => (mask[id] = 1));
  return mask;
}

function countOf(reader: Reader, columns: ColumnCache, column: string, passing: Passing): Map<CellValue, number> {
  const mask = passing.without(column);
  const grouped = Object.hasOwn(GROUPED, column) ? GROUPED[column] : undefined;
  return grouped === undefined
    ? countCodes(columns.column(reader.db, column), mask)
    : countGroups(reader, grouped(reader.today), mask);
}

function countCodes(
  { codes, values }: { codes: Int32Array; values: CellValue[] },
  mask: Uint8Array,
): Map<CellValue, number> {
  const counts = new Uint32Array(values.length);
  for (let id = 0; id < mask.length; id++) {
    if (mask[id] === 0) continue;
    const code = codes[id] ?? -1;
    if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  }
  const found = new Map<CellValue, number>();
  for (const [code, count] of counts.entries()) {
    if (count === 0) continue;
    const value = values[code] ?? null;
    const key = value === '' ? null : value;
    found.set(key, (found.get(key) ?? 0) + count);
  }
  return found;
}

function countGroups(
  reader: Reader,
  query: { sql: string; params: string[] },
  mask: Uint8Array,
): Map<CellValue, number> {
  const found = new Map<CellValue, number>();
  const blank = mask.slice();
  const groups = reader.db.prepare<string[], [CellValue, string]>(query.sql).raw();
  for (const [value, ids] of groups.iterate(...query.params)) {
    let count = 0;
    eachNumber(ids, (id) => {
      if (mask[id] !== 1) return;
      count += 1;
      if (value !== null && value !== '') blank[id] = 0;
    });
    if (count > 0 && value !== null && value !== '') found.set(value, count);
  }
  let blanks = 0;
  for (const one of blank) blanks += one;
  if (blanks > 0) found.set(null, blanks);
  return found;
}

function named(reader: Reader, column: string, counts: Map<CellValue, number>): FacetCount[] {
  const kind = NAMED_COLUMNS[column];
  const names = kind === undefined ? null : namesOf(reader.db, kind);
  const rank = (value: CellValue): string => (value === null ? '' : String(value));
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (rank(a) < rank(b) ? -1 : 1))
    .slice(0, FACET_VALUES)
    .map(([value, count]) => {
      const known = names?.get(value);
      return { value, name: known?.name ?? null, nameEn: known?.nameEn ?? null, count };
    });
}
