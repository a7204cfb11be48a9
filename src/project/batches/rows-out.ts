import type { Database } from 'better-sqlite3';
import { ALL_HELD } from './decide.ts';
import { parseRow, type PileName, type RowRecord, type StoredRow } from './rows.ts';

const BLOCK = 2000;

/**
 * The rows of a batch that a condition holds for, in the order they were delivered, read in blocks by their number: a batch's rows lie
 * close together, so walking them costs one look each, while an index on piles would be sorted anew for every block.
 */
export function* rowsWhere(db: Database, batchId: number, condition: string, params: string[]): Generator<StoredRow> {
  const last = db
    .prepare<[number], number | null>(`SELECT max(id) FROM gewu_batch_row WHERE batch_id = ?`)
    .pluck()
    .get(batchId);
  const first = db
    .prepare<[number], number | null>(`SELECT min(id) FROM gewu_batch_row WHERE batch_id = ?`)
    .pluck()
    .get(batchId);
  if (last == null || first == null) return;
  const page = db.prepare<(number | string)[], RowRecord>(
    `SELECT * FROM gewu_batch_row WHERE id > ? AND id <= ? AND +batch_id = ? AND ${condition} ORDER BY id LIMIT ${BLOCK}`,
  );
  let after = first - 1;
  for (;;) {
    const records = page.all(after, last, batchId, ...params);
    for (const record of records) yield parseRow(record);
    if (records.length < BLOCK) return;
    after = records.at(-1)?.id ?? last;
  }
}

/** "Same" rows bring nothing in, whatever was decided about them. */
const TO_ACCEPT_SQL = `accepted = 0 AND pile <> 'same' AND ((decision = 'accept' AND NOT ${ALL_HELD}) OR cell_decisions LIKE '%"accept"%'
  OR (decision = 'pending' AND pile IN (SELECT value FROM json_each(?)) AND NOT ${ALL_HELD}))`;

/** Rows that an accept would bring in: decided so, with a cell decided so, or undecided in one of `piles`. */
export function rowsToAccept(db: Database, batchId: number, piles: PileName[]): Generator<StoredRow> {
  return rowsWhere(db, batchId, TO_ACCEPT_SQL, [JSON.stringify(piles)]);
}

export function countToAccept(db: Database, batchId: number, piles: PileName[]): number {
  return (
    db
      .prepare<[number, string], number>(`SELECT count(*) FROM gewu_batch_row WHERE batch_id = ? AND ${TO_ACCEPT_SQL}`)
      .pluck()
      .get(batchId, JSON.stringify(piles)) ?? 0
  );
}

/** All rows of a batch. */
export function rowsOfBatch(db: Database, batchId: number): Generator<StoredRow> {
  return rowsWhere(db, batchId, 'TRUE', []);
}

const TO_RETURN_SQL = `((pile = 'unclear' AND decision <> 'accept') OR decision = 'reject' OR faults IS NOT NULL
  OR cell_decisions LIKE '%"reject"%')`;

/** Rows the survey team should see again: undecided in "can't tell", refused by a person whole or in cells, or with values that could not be taken. */
export function rowsToReturn(db: Database, batchId: number): Generator<StoredRow> {
  return rowsWhere(db, batchId, TO_RETURN_SQL, []);
}

export function countToReturn(db: Database, batchId: number): number {
  return (
    db
      .prepare<[number], number>(`SELECT count(*) FROM gewu_batch_row WHERE batch_id = ? AND ${TO_RETURN_SQL}`)
      .pluck()
      .get(batchId) ?? 0
  );
}
