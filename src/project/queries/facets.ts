import { inService, type CellValue } from '../../model/component.ts';
import type { Filter } from '../../model/filter.ts';
import { causeSql, NOT_CLEAR_SQL } from './cause-sql.ts';
import { classKey, classPairs } from './classes.ts';
import { eachNumber, type CodedColumn, type ColumnCache } from './columns.ts';
import { columnOf, unknownColumn } from './filter.ts';
import { NAMED_COLUMNS, namesOf } from './names.ts';
import { Passing } from './passing.ts';
import type { Reader } from './reader.ts';

/** As the contract's FacetValue. */
export interface FacetCount {
  value: CellValue;
  name: string | null;
  nameEn: string | null;
  count: number;
}

/** Values answered of one column, most frequent first; a column with more is no help as a facet. */
const FACET_VALUES = 2000;

/** Facets that are no column, as rows by value in SQL. A row may stand under several values of `finding`. */
const GROUPED: Readonly<Record<string, (day: string) => { sql: string; params: string[] }>> = {
  finding: () => ({
    sql: `SELECT g.rule, group_concat(DISTINCT f.feature_id) FROM gewu_finding g JOIN gewu_finding_feature f ON f.finding_id = g.id
      WHERE g.phase = 'open' AND f.layer = 'component' GROUP BY g.rule`,
    params: [],
  }),
  cause: (day) => {
    const why = causeSql(day);
    return {
      sql: `SELECT ${why.sql}, group_concat(t.id) FROM component t WHERE ${NOT_CLEAR_SQL} GROUP BY 1`,
      params: why.params,
    };
  },
};

/** Facets that follow from columns. */
const FOLLOWING: Readonly<Record<string, (reader: Reader, columns: ColumnCache) => CodedColumn>> = {
  in_service: ({ db }, columns) => {
    const { codes, values } = columns.column(db, 'state');
    return { codes, values: values.map((value) => (inService(value === null ? null : String(value)) ? 1 : 0)) };
  },
  major_code: (reader, columns) => {
    const { codes, keys } = classPairs(reader, columns);
    const majors = new Map(
      reader.db
        .prepare<[], [string, string, string | null]>(`SELECT scheme, code, major_code FROM component_class`)
        .raw()
        .all()
        .map(([scheme, code, major]) => [classKey(scheme, code), major]),
    );
    return { codes, values: keys.map(({ scheme, code }) => majors.get(classKey(scheme, code)) ?? null) };
  },
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
      const known =
        columnOf('component', column) !== null || Object.hasOwn(GROUPED, column) || Object.hasOwn(FOLLOWING, column);
      if (!known) throw unknownColumn('component', column);
    }
    const passing = new Passing(reader, columns, filter, asked);
    return Object.fromEntries(
      asked.map((column) => [column, named(reader, column, countOf(reader, columns, column, passing))]),
    );
  })();
}

function countOf(reader: Reader, columns: ColumnCache, column: string, passing: Passing): Map<CellValue, number> {
  const mask = passing.without(column);
  const grouped = Object.hasOwn(GROUPED, column) ? GROUPED[column] : undefined;
  if (grouped !== undefined) return countGroups(reader, grouped(reader.today), mask);
  const following = Object.hasOwn(FOLLOWING, column) ? FOLLOWING[column] : undefined;
  return countCodes(following?.(reader, columns) ?? columns.column(reader.db, column), mask);
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
