import type { Database } from 'better-sqlite3';
import { rowsWhere } from './rows-out.ts';
import type { StoredRow } from './rows.ts';

/** Rows in which a text ends in half a character. */
export function rowsCut(db: Database, batchId: number): Generator<StoredRow> {
  return rowsWhere(db, batchId, `faults LIKE '%"tail"%'`, []);
}

const MOST_VALUES = 20_000;

/** Different texts a batch brings in a column, at most 20,000. */
export function deliveredValues(db: Database, batchId: number, column: string): string[] {
  return db
    .prepare<[string, number], string>(
      `SELECT DISTINCT json_extract(values_now, '$.' || json_quote(?)) AS value FROM gewu_batch_row
       WHERE batch_id = ? AND value IS NOT NULL LIMIT ${MOST_VALUES}`,
    )
    .pluck()
    .all(column, batchId)
    .map(String);
}

/** Proposals for cut texts in a batch: those that wait, and those taken over. */
export function countRepairs(db: Database, batchId: number): { open: number; taken: number } {
  const row = db
    .prepare<[number], { open: number | null; taken: number | null }>(
      `SELECT sum(json_extract(f.value, '$.repair.taken') = 0 AND r.accepted = 0) AS open,
         sum(json_extract(f.value, '$.repair.taken') = 1) AS taken
       FROM gewu_batch_row r, json_each(r.faults) f WHERE r.batch_id = ? AND r.faults LIKE '%"repair"%'`,
    )
    .get(batchId);
  return { open: row?.open ?? 0, taken: row?.taken ?? 0 };
}
