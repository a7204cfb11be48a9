import type { Database } from 'better-sqlite3';
import type { CellValue } from '../../model/component.ts';
import { columnOf, unknownColumn } from './filter.ts';
import { idsParameter, revisionNow, stampOf, type FilterLayer } from './reader.ts';

/** A column in memory: for each row id the number of its value, -1 where there is no such row. */
export interface CodedColumn {
  codes: Int32Array;
  values: CellValue[];
}

interface Held extends CodedColumn {
  numberOf: Map<CellValue, number>;
}

/** What a change of these can move in component rows that the revision does not name. */
const DERIVED = new Set(['clarity', 'grid_id', 'street_code', 'community_code', 'area_m2']);
const MOVING_LAYERS = new Set([
  'unit',
  'unit_grid',
  'street',
  'community',
  'component_class',
  'component_line',
  'component_area',
]);
/** Above this many changed rows a column is read anew rather than mended. */
const MEND_AT_MOST = 20_000;

/**
 * Columns of a layer as dictionary numbers by row id, read when first asked for and mended after each revision from the changed cells it
 * kept. Counting and sorting a million rows by such a column takes milliseconds where SQL would sort.
 */
export class ColumnCache {
  readonly #layer: FilterLayer;
  readonly #held = new Map<string, Held>();
  #stamp = '';
  #revision = -1;
  #clarityOn: string | null = null;

  constructor(layer: FilterLayer) {
    this.#layer = layer;
  }

  /**
   * The column as of now. The arrays are the cache's own: read, don't keep.
   * @throws ProjectError 'unknown-column'
   */
  column(db: Database, name: string): CodedColumn {
    this.#follow(db);
    const known = this.#held.get(name);
    if (known !== undefined) return known;
    if (columnOf(this.#layer, name) === null) throw unknownColumn(this.#layer, name);
    const read = readColumn(db, this.#layer, name);
    this.#held.set(name, read);
    return read;
  }

  #follow(db: Database): void {
    const stamp = stampOf(db);
    if (stamp === this.#stamp) return;
    this.#stamp = stamp;
    const revision = revisionNow(db);
    const clarityOn = clarityDay(db);
    if (clarityOn !== this.#clarityOn) this.#held.delete('clarity');
    this.#clarityOn = clarityOn;
    if (revision < this.#revision) this.#held.clear();
    else if (revision > this.#revision && this.#held.size > 0) this.#mend(db, this.#revision);
    this.#revision = revision;
  }

  #mend(db: Database, since: number): void {
    const changed = db
      .prepare<[number, number], { layer: string; id: number }>(
        `SELECT DISTINCT layer, feature_id AS id FROM gewu_change WHERE revision > ? LIMIT ?`,
      )
      .all(since, MEND_AT_MOST + 1);
    if (changed.length > MEND_AT_MOST) {
      this.#held.clear();
      return;
    }
    if (changed.some(({ layer }) => MOVING_LAYERS.has(layer))) for (const name of DERIVED) this.#held.delete(name);
    const ids = changed.filter(({ layer }) => layer === this.#layer).map(({ id }) => id);
    if (ids.length > 0 && this.#held.size > 0) mendRows(db, this.#layer, this.#held, ids);
  }
}

function clarityDay(db: Database): string | null {
  return db.prepare<[], string | null>(`SELECT value FROM gewu_meta WHERE key = 'clarity_on'`).pluck().get() ?? null;
}

/** Grouping in SQLite and reading one list of ids a value is several times faster than stepping through the rows from JavaScript. */
function readColumn(db: Database, layer: FilterLayer, name: string): Held {
  const last = db.prepare<[], number | null>(`SELECT max(id) FROM "${layer}"`).pluck().get() ?? 0;
  const codes = new Int32Array(last + 1).fill(-1);
  const values: CellValue[] = [];
  const groups = db
    .prepare<[], [CellValue, string]>(`SELECT "${name}", group_concat(id) FROM "${layer}" GROUP BY "${name}"`)
    .raw();
  for (const [value, ids] of groups.iterate()) {
    eachNumber(ids, (id) => (codes[id] = values.length));
    values.push(value);
  }
  return { codes, values, numberOf: new Map(values.map((value, i) => [value, i])) };
}

/** Visits the numbers of a text like '12,7,130'. */
export function eachNumber(list: string, visit: (n: number) => void): void {
  let n = 0;
  for (let i = 0; i < list.length; i++) {
    const code = list.charCodeAt(i);
    if (code === 44) {
      visit(n);
      n = 0;
    } else n = n * 10 + (code - 48);
  }
  if (list !== '') visit(n);
}

function mendRows(db: Database, layer: FilterLayer, held: Map<string, Held>, ids: number[]): void {
  const names = [...held.keys()];
  const rows = db
    .prepare<[string], CellValue[]>(
      `SELECT id, ${names.map((name) => `"${name}"`).join(', ')} FROM "${layer}" WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .raw()
    .all(idsParameter(ids));
  const last = Math.max(...ids);
  for (const column of held.values()) {
    if (last >= column.codes.length) column.codes = grown(column.codes, last);
    for (const id of ids) column.codes[id] = -1;
  }
  for (const [id, ...cells] of rows) {
    for (const [i, name] of names.entries()) {
      const column = held.get(name);
      if (column !== undefined && typeof id === 'number') column.codes[id] = numberFor(column, cells[i] ?? null);
    }
  }
}

function numberFor(column: Held, value: CellValue): number {
  const known = column.numberOf.get(value);
  if (known !== undefined) return known;
  column.numberOf.set(value, column.values.length);
  column.values.push(value);
  return column.values.length - 1;
}

function grown(codes: Int32Array, last: number): Int32Array {
  const wider = new Int32Array(last + 1 + Math.ceil(last / 16)).fill(-1);
  wider.set(codes);
  return wider;
}
