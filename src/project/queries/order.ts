import type { Database } from 'better-sqlite3';
import type { Sort } from '../../model/filter.ts';
import type { CellValue } from '../../model/component.ts';
import type { ColumnCache } from './columns.ts';
import { columnOf, isNumeric, unknownColumn } from './filter.ts';
import type { CompiledFilter } from './filter-compare.ts';
import { NAMED_COLUMNS, namesOf, ranksOf, type NameKind } from './names.ts';
import type { FilterLayer } from './reader.ts';

/** Columns with about as many values as rows: a dictionary of them would be the table again. SQL orders these. */
const UNIQUE_COLUMNS = new Set(['id', 'code', 'source_row', 'replaces_id', 'photo', 'extra', 'area_m2']);

/** Names of the table that may be sorted by, with the column they stand for. An id always sorts by its name. */
const BY_NAME: Readonly<Record<string, { column: string; kind: NameKind }>> = {
  supervisor_name: { column: 'supervisor_id', kind: 'unit' },
  owner_name: { column: 'owner_id', kind: 'unit' },
  maintainer_name: { column: 'maintainer_id', kind: 'unit' },
  responsible_name: { column: 'responsible_id', kind: 'unit' },
  class_name: { column: 'class_code', kind: 'class' },
  major_name: { column: 'class_code', kind: 'majorOfClass' },
  street_name: { column: 'street_code', kind: 'street' },
  community_name: { column: 'community_code', kind: 'community' },
  grid_code: { column: 'grid_id', kind: 'grid' },
  batch_name: { column: 'batch_id', kind: 'batch' },
};

interface Key {
  column: string;
  kind: NameKind | null;
  descending: boolean;
}

/**
 * Ids of the rows passing the filter in the order asked for: text in Chinese order (pinyin), units, classes, streets and grids by their
 * names, blanks last in either direction, equal rows by ascending id.
 * @throws ProjectError 'unknown-column'
 */
export function orderedIds(
  db: Database,
  layer: FilterLayer,
  filter: CompiledFilter,
  sort: readonly Sort[],
  columns: ColumnCache,
): Int32Array {
  const keys = sort.map((each) => keyOf(layer, each));
  const last = keys.at(-1);
  const bySql = last !== undefined && UNIQUE_COLUMNS.has(last.column) ? keys.pop() : undefined;
  let ids = passingIds(db, layer, filter, bySql);
  // Least key first: each pass keeps the order of the passes before it among equals.
  for (const key of keys.toReversed()) ids = stableSort(ids, rankArray(db, layer, key, columns), key.descending);
  return ids;
}

function passingIds(db: Database, layer: FilterLayer, filter: CompiledFilter, by: Key | undefined): Int32Array {
  const order = by === undefined ? '' : ` ORDER BY t."${by.column}" ${by.descending ? 'DESC' : 'ASC'} NULLS LAST, t.id`;
  const sql = `SELECT t.id FROM "${layer}" t WHERE ${filter.sql}${order}`;
  const ids = Int32Array.from(
    db
      .prepare<(string | number)[], number>(sql)
      .pluck()
      .all(...filter.params),
  );
  // Left free in the order, SQLite reads ids from the narrowest index instead of stepping through the wide rows.
  return by === undefined ? ids.sort() : ids;
}

function keyOf(layer: FilterLayer, { column, descending }: Sort): Key {
  const named = Object.hasOwn(BY_NAME, column) ? BY_NAME[column] : undefined;
  if (named !== undefined && columnOf(layer, named.column) !== null) return { ...named, descending };
  if (columnOf(layer, column) === null) throw unknownColumn(layer, column);
  const kind = NAMED_COLUMNS[column];
  // Codes are shown as codes beside their names: they sort as what they are.
  return { column, kind: kind !== undefined && isNumeric(layer, column) ? kind : null, descending };
}

/** Rank by row id; -1 is blank. */
function rankArray(db: Database, layer: FilterLayer, key: Key, columns: ColumnCache): Int32Array {
  if (UNIQUE_COLUMNS.has(key.column)) return sqlRanks(db, layer, key.column);
  const { codes, values } = columns.column(db, key.column);
  const ranks = Int32Array.from(valueRanks(db, layer, key, values), (rank) => rank ?? -1);
  const byId = new Int32Array(codes.length).fill(-1);
  for (let id = 0; id < codes.length; id++) {
    const code = codes[id] ?? -1;
    if (code >= 0) byId[id] = ranks[code] ?? -1;
  }
  return byId;
}

function valueRanks(db: Database, layer: FilterLayer, key: Key, values: readonly CellValue[]): (number | null)[] {
  if (key.kind !== null) {
    const names = namesOf(db, key.kind);
    return ranksOf(values.map((value) => names.get(value)?.name ?? (value === null ? null : String(value))));
  }
  if (!isNumeric(layer, key.column)) return ranksOf(values.map((value) => (value === null ? null : String(value))));
  const sorted = [...new Set(values)].filter((value) => typeof value === 'number').sort((a, b) => a - b);
  const rank = new Map(sorted.map((value, i) => [value, i]));
  return values.map((value) => (typeof value === 'number' ? (rank.get(value) ?? null) : null));
}

function sqlRanks(db: Database, layer: FilterLayer, column: string): Int32Array {
  const last = db.prepare<[], number | null>(`SELECT max(id) FROM "${layer}"`).pluck().get() ?? 0;
  const byId = new Int32Array(last + 1).fill(-1);
  const rows = db
    .prepare<[], [number, number]>(
      `SELECT id, dense_rank() OVER (ORDER BY "${column}") - 1 FROM "${layer}" WHERE "${column}" IS NOT NULL`,
    )
    .raw();
  for (const [id, rank] of rows.iterate()) byId[id] = rank;
  return byId;
}

/** Counting sort by rank, blanks last: as fast as the rows can be read twice. */
function stableSort(ids: Int32Array, rankOf: Int32Array, descending: boolean): Int32Array {
  let top = 0;
  for (const id of ids) top = Math.max(top, rankOf[id] ?? -1);
  const slotOf = (id: number): number => {
    const rank = rankOf[id] ?? -1;
    return rank < 0 ? top + 1 : descending ? top - rank : rank;
  };
  const starts = new Uint32Array(top + 3);
  for (const id of ids) starts[slotOf(id) + 1] = (starts[slotOf(id) + 1] ?? 0) + 1;
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const sorted = new Int32Array(ids.length);
  for (const id of ids) {
    const slot = slotOf(id);
    const at = starts[slot] ?? 0;
    sorted[at] = id;
    starts[slot] = at + 1;
  }
  return sorted;
}
