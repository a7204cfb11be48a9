import type { Database } from 'better-sqlite3';
import { undoneBy } from '../history.ts';
import type { DecisionName, PileName } from './rows.ts';

/** Rows of one table in one pile that share what became of them. `tableNo` −1: rows that were not delivered. */
export interface OutcomeCount {
  tableNo: number;
  pile: PileName;
  decision: DecisionName;
  accepted: boolean;
  count: number;
}

export function countOutcomes(db: Database, batchId: number): OutcomeCount[] {
  return db
    .prepare<[number], Omit<OutcomeCount, 'accepted'> & { accepted: number }>(
      `SELECT table_no AS tableNo, pile, decision, accepted, count(*) AS count FROM gewu_batch_row
       WHERE batch_id = ? GROUP BY table_no, pile, decision, accepted`,
    )
    .all(batchId)
    .map((row) => ({ ...row, accepted: row.accepted === 1 }));
}

/** Of these digests, those whose bytes the project keeps. */
export function keptDigests(db: Database, digests: readonly string[]): Set<string> {
  const kept = db
    .prepare<[string], string>(
      `SELECT sha256 FROM gewu_file WHERE deflated IS NOT NULL AND sha256 IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
    .all(JSON.stringify(digests));
  return new Set(kept);
}

export interface BatchRevision {
  id: number;
  at: string;
  person: string;
  command: string;
  rows: number;
  /** The revision that took it back and holds. */
  undoneBy: number | null;
}

/** The revisions that brought a batch in, or took it back, in order. */
export function batchRevisions(db: Database, batchId: number): BatchRevision[] {
  return db
    .prepare<[number], Omit<BatchRevision, 'undoneBy'>>(
      `SELECT id, at, person, command, rows FROM gewu_revision WHERE batch_id = ? ORDER BY id`,
    )
    .all(batchId)
    .map((revision) => ({ ...revision, undoneBy: undoneBy(db, revision.id) }));
}

/** One staged row as the receipt lists it. */
export interface OutcomeRow {
  tableNo: number;
  sourceRow: number;
  key: string | null;
  pile: PileName;
  decision: DecisionName;
  accepted: number;
}

/** Every staged row, as delivered. */
export function outcomeRows(db: Database, batchId: number): IterableIterator<OutcomeRow> {
  return db
    .prepare<[number], OutcomeRow>(
      `SELECT table_no AS tableNo, source_row AS sourceRow, key, pile, decision, accepted FROM gewu_batch_row
       WHERE batch_id = ? ORDER BY id`,
    )
    .iterate(batchId);
}

export interface Origin {
  batchId: number;
  name: string;
  at: string;
  person: string;
  file: string | null;
  table: string | null;
  row: number | null;
}

/**
 * Where a component came from: its delivery, and the file, table and row in it. Rows of several tables share numbers; of those the one
 * that brought this code in is meant.
 */
export function originOf(db: Database, batchId: number, sourceRow: number | null, code: string | null): Origin | null {
  const batch = db
    .prepare<[number], { name: string; at: string; person: string; tables: string }>(
      `SELECT name, at, person, tables FROM gewu_batch WHERE id = ?`,
    )
    .get(batchId);
  if (batch === undefined) return null;
  const { name, at, person } = batch;
  const tables = JSON.parse(batch.tables) as { file: string; table: string }[];
  const place = placeOf(db, batchId, sourceRow, code);
  const table = place === null ? (tables.length === 1 ? tables[0] : undefined) : tables[place];
  return { batchId, name, at, person, file: table?.file ?? null, table: table?.table ?? null, row: sourceRow };
}

function placeOf(db: Database, batchId: number, sourceRow: number | null, code: string | null): number | null {
  if (sourceRow === null) return null;
  const byKey = db
    .prepare<[number, string, number], number>(
      `SELECT table_no FROM gewu_batch_row WHERE batch_id = ? AND key = ? AND source_row = ? LIMIT 1`,
    )
    .pluck();
  const found = code === null ? undefined : byKey.get(batchId, code, sourceRow);
  if (found !== undefined) return found;
  const places = db
    .prepare<[number, number], number>(
      `SELECT DISTINCT table_no FROM gewu_batch_row WHERE batch_id = ? AND source_row = ? AND accepted = 1`,
    )
    .pluck()
    .all(batchId, sourceRow);
  return places.length === 1 ? (places[0] ?? null) : null;
}
