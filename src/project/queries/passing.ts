import type { Filter } from '../../model/filter.ts';
import { eachNumber, type ColumnCache } from './columns.ts';
import { compileFilter } from './filter.ts';
import type { Reader } from './reader.ts';

/** Which rows pass the filter, with and without the conditions on one of the columns asked for. */
export class Passing {
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
