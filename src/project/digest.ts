import type { Database } from 'better-sqlite3';
import { getMeta, setMeta } from './meta.ts';
import { loggedColumns, quoted, type TableDef } from './schema/table.ts';

/** A cell as SQLite hands it over. */
export type StoredCell = string | number | null | Uint8Array;

/** Sum over all rows of a hash of each, so that a change of one row is one subtraction and one addition. Order of rows does not matter. */
export interface Digest {
  rows: number;
  a: number;
  b: number;
}

const P1 = 2_654_435_761;
const P2 = 1_597_334_677;

/** 64-bit hash of a row's id and logged cells, type included; not for secrets, only to notice change. */
function hashRow(id: number, cells: readonly StoredCell[]): [number, number] {
  let h1 = 0xdeadbeef ^ id;
  let h2 = 0x41c6ce57 ^ Math.imul(id, P1);
  const mix = (n: number): void => {
    h1 = Math.imul(h1 ^ n, P1);
    h2 = Math.imul(h2 ^ n, P2);
  };
  for (const cell of cells) {
    if (cell === null) mix(1);
    else if (cell instanceof Uint8Array) {
      mix(2);
      for (let i = 0; i < cell.length; i++) mix(cell[i] ?? 0);
    } else {
      mix(typeof cell === 'number' ? 3 : 4);
      const text = String(cell);
      for (let i = 0; i < text.length; i++) mix(text.charCodeAt(i));
    }
    mix(5);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2_246_822_507) ^ Math.imul(h2 ^ (h2 >>> 13), 3_266_489_909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2_246_822_507) ^ Math.imul(h1 ^ (h1 >>> 13), 3_266_489_909);
  return [h1 >>> 0, h2 >>> 0];
}

export function addRow(digest: Digest, id: number, cells: readonly StoredCell[], sign: 1 | -1): void {
  const [a, b] = hashRow(id, cells);
  digest.rows += sign;
  digest.a = (digest.a + sign * a) >>> 0;
  digest.b = (digest.b + sign * b) >>> 0;
}

/** Reads the whole table; a few seconds for a million rows, so only done when something is wrong. */
export function digestTable(db: Database, table: TableDef): Digest {
  const digest: Digest = { rows: 0, a: 0, b: 0 };
  const columns = ['id', ...loggedColumns(table)].map(quoted).join(', ');
  const rows = db.prepare<[], StoredCell[]>(`SELECT ${columns} FROM ${quoted(table.name)}`).raw();
  for (const [id, ...cells] of rows.iterate()) addRow(digest, Number(id), cells, 1);
  return digest;
}

export function storeDigest(db: Database, table: string, digest: Digest): void {
  setMeta(db, `digest:${table}`, `${digest.rows}:${digest.a}:${digest.b}`);
}

export function storedDigest(db: Database, table: string): Digest | null {
  const parts = getMeta(db, `digest:${table}`)?.split(':').map(Number);
  const [rows, a, b] = parts ?? [];
  return rows === undefined || a === undefined || b === undefined ? null : { rows, a, b };
}

export function sameDigest(one: Digest, other: Digest): boolean {
  return one.rows === other.rows && one.a === other.a && one.b === other.b;
}
