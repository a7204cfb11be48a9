import type { Database } from 'better-sqlite3';
import type { StoredTable } from './batches.ts';
import { holds } from './holds.ts';

/** How a table was read again, in another encoding, after it had come in: its fields may have other names since. */
export interface Reading extends Pick<StoredTable, 'mapping' | 'derived'> {
  encoding: string;
  /** The revision that changed the cells; null where nothing live had to change. Taken back, the reading is as well. */
  revision: number | null;
}

/** The table as it counts now: as it came in, or as the last reading has it that was not taken back. */
export function asReadNow(db: Database, table: StoredTable): StoredTable {
  const last = table.readings?.findLast(({ revision }) => revision === null || holds(db, revision));
  if (last === undefined) return table;
  const { encoding, mapping, derived } = last;
  return { ...table, encoding, mapping, ...(derived === undefined ? {} : { derived }) };
}

/** Keeps readings by the place of their table in the batch; what came in first stays readable beneath. */
export function noteReadings(db: Database, batchId: number, readings: ReadonlyMap<number, Reading>): void {
  const text = db.prepare<[number], string>(`SELECT tables FROM gewu_batch WHERE id = ?`).pluck().get(batchId);
  const tables = JSON.parse(text ?? '[]') as StoredTable[];
  for (const [tableNo, reading] of readings) {
    const table = tables[tableNo];
    if (table !== undefined) table.readings = [...(table.readings ?? []), reading];
  }
  db.prepare(`UPDATE gewu_batch SET tables = ? WHERE id = ?`).run(JSON.stringify(tables), batchId);
}
