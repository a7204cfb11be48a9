import type { DatumShift } from '../../model/geometry/datum-shift.ts';
import type { Database } from 'better-sqlite3';
import type { Derivation } from '../../model/derive.ts';
import { dropBatchPhotos } from '../photos.ts';
import type { ProjectFile } from '../project-file.ts';
import { holds } from './holds.ts';
import { asReadNow, type Reading } from './readings.ts';

/** The connection, for callers that may not know SQLite: something to hand back to this room. */
export type Store = Database;

/** A batch as kept: JSON columns parsed. `kind` is the contract's ImportAs. */
export interface StoredBatch {
  id: number;
  name: string;
  state: 'staging' | 'staged' | 'accepted' | 'undone' | 'superseded' | 'discarded';
  at: string;
  person: string;
  kind: string;
  files: { name: string; sha256: string; size: number }[];
  tables: StoredTable[];
  rows: number;
  rejected: Rejected[];
  rejectedTotal: number;
  warnings: { code: string; message: string; data: Record<string, unknown> }[];
  digest: string | null;
  /** Revision whose state the delivery was made from; null where nobody knows. */
  basedOn: number | null;
  revision: number | null;
  acceptedRows: number;
  rateBefore: number | null;
}

export interface StoredTable {
  file: string;
  table: string;
  rows: number;
  encoding: string | null;
  crs: string | null;
  axes: string;
  /** The shift to the project's datum as it was applied, its parameters resolved; absent where none was. */
  datum?: DatumShift;
  classCode: string | null;
  scheme: string | null;
  /** `change` false: known rows keep what they have in that column. */
  mapping: { field: string; to: string | null; change?: false; blanks?: 'clear' }[];
  /** Columns filled by more or less than one whole field; absent in older batches. */
  derived?: Derivation[];
  /** Of a sheet or csv: the 0-based row its header is in, -1 for none. Absent in older batches. */
  headerRow?: number;
  /** Later readings in another encoding, in order; encoding, mapping and derivations above are those of the last that holds. */
  readings?: Reading[];
}

export interface Rejected {
  row: number;
  file: string;
  table: string;
  field: string | null;
  code: string;
  message: string;
  /** Place of the table in the batch; batches of older versions don't say. */
  tableNo?: number;
}

export type PileCounts = Record<'new' | 'changed' | 'same' | 'gone' | 'unclear', number>;
type DecisionCounts = Record<'accept' | 'reject' | 'pending', number>;

interface BatchRecord {
  id: number;
  name: string;
  state: StoredBatch['state'];
  at: string;
  person: string;
  kind: string;
  files: string;
  tables: string;
  rows: number;
  rejected: string;
  rejected_total: number;
  warnings: string;
  digest: string | null;
  based_on: number | null;
  revision: number | null;
  accepted_rows: number;
  rate_before: number | null;
}

/** Told by the log, so that undo and redo by any way show: an accepted batch is undone when none of its revisions holds. */
function stateOf(db: Database, record: BatchRecord): StoredBatch['state'] {
  if (record.state !== 'accepted' && record.state !== 'undone') return record.state;
  const revisions = db
    .prepare<[number], number>(`SELECT id FROM gewu_revision WHERE batch_id = ? AND undo_of IS NULL`)
    .pluck()
    .all(record.id);
  return revisions.length === 0 || revisions.some((id) => holds(db, id)) ? 'accepted' : 'undone';
}

function parse(db: Database, record: BatchRecord): StoredBatch {
  return {
    id: record.id,
    name: record.name,
    state: stateOf(db, record),
    at: record.at,
    person: record.person,
    kind: record.kind,
    files: JSON.parse(record.files) as StoredBatch['files'],
    tables: (JSON.parse(record.tables) as StoredTable[]).map((table) => asReadNow(db, table)),
    rows: record.rows,
    rejected: JSON.parse(record.rejected) as Rejected[],
    rejectedTotal: record.rejected_total,
    warnings: JSON.parse(record.warnings) as StoredBatch['warnings'],
    digest: record.digest,
    basedOn: record.based_on,
    revision: record.revision,
    acceptedRows: record.accepted_rows,
    rateBefore: record.rate_before,
  };
}

const COLUMNS = `id, name, state, at, person, kind, files, tables, rows, rejected, rejected_total, warnings, digest, based_on, revision, accepted_rows, rate_before`;

export function createBatch(
  db: Database,
  batch: Pick<StoredBatch, 'name' | 'at' | 'person' | 'kind' | 'files' | 'digest' | 'basedOn'>,
): number {
  const done = db
    .prepare(
      `INSERT INTO gewu_batch (name, state, at, person, kind, files, digest, based_on) VALUES (?, 'staging', ?, ?, ?, ?, ?, ?)`,
    )
    .run(batch.name, batch.at, batch.person, batch.kind, JSON.stringify(batch.files), batch.digest, batch.basedOn);
  return Number(done.lastInsertRowid);
}

/** Ends staging: what was read, what could enter no pile, what to warn of. */
export function finishBatch(
  db: Database,
  id: number,
  outcome: Pick<StoredBatch, 'tables' | 'rows' | 'rejected' | 'rejectedTotal' | 'warnings'>,
): void {
  db.prepare(
    `UPDATE gewu_batch SET state = 'staged', tables = ?, rows = ?, rejected = ?, rejected_total = ?, warnings = ? WHERE id = ?`,
  ).run(
    JSON.stringify(outcome.tables),
    outcome.rows,
    JSON.stringify(outcome.rejected),
    outcome.rejectedTotal,
    JSON.stringify(outcome.warnings),
    id,
  );
}

export function setBatchState(db: Database, id: number, state: StoredBatch['state']): void {
  db.prepare(`UPDATE gewu_batch SET state = ? WHERE id = ?`).run(state, id);
}

export function markAccepted(
  db: Database,
  id: number,
  outcome: {
    revision: number | null;
    acceptedRows: number;
    rateBefore: number | null;
    warnings: StoredBatch['warnings'];
  },
): void {
  db.prepare(
    `UPDATE gewu_batch SET state = 'accepted', revision = ?, accepted_rows = ?, rate_before = ?, warnings = ? WHERE id = ?`,
  ).run(outcome.revision, outcome.acceptedRows, outcome.rateBefore, JSON.stringify(outcome.warnings), id);
}

export function getBatch(db: Database, id: number): StoredBatch | null {
  const record = db.prepare<[number], BatchRecord>(`SELECT ${COLUMNS} FROM gewu_batch WHERE id = ?`).get(id);
  return record === undefined ? null : parse(db, record);
}

/** Latest first, those still staging left out. */
export function listBatches(db: Database): StoredBatch[] {
  return db
    .prepare<[], BatchRecord>(`SELECT ${COLUMNS} FROM gewu_batch WHERE state <> 'staging' ORDER BY id DESC`)
    .all()
    .map((record) => parse(db, record));
}

/** Rows left by a process that ended while staging: swept when the project is opened, or when staging is stopped. */
export function sweepStaging(db: Database, id: number | null = null): number {
  const ids =
    id === null ? db.prepare<[], { id: number }>(`SELECT id FROM gewu_batch WHERE state = 'staging'`).all() : [{ id }];
  for (const batch of ids) {
    db.prepare(`DELETE FROM gewu_batch_row WHERE batch_id = ?`).run(batch.id);
    dropBatchPhotos(db, batch.id);
    forgetFiles(db, batch.id);
    db.prepare(`DELETE FROM gewu_batch WHERE id = ?`).run(batch.id);
  }
  return ids.length;
}

/** Sweeps when a project is opened for writing; writes nothing where there is nothing to sweep. */
export function sweepOrphans(file: ProjectFile): void {
  if (file.info().readOnly !== null) return;
  const left = file.db.prepare(`SELECT 1 FROM gewu_batch WHERE state = 'staging' LIMIT 1`).get();
  if (left !== undefined) file.tidy((db) => sweepStaging(db));
}

/** Originals that came with a batch go with it, unless another batch names the same bytes: then they are that one's. */
function forgetFiles(db: Database, batchId: number): void {
  const other = `SELECT max(b.id) FROM gewu_batch b, json_each(b.files) f
                 WHERE b.id <> :batch AND json_extract(f.value, '$.sha256') = gewu_file.sha256`;
  db.prepare(`UPDATE gewu_file SET batch_id = coalesce((${other}), batch_id) WHERE batch_id = :batch`).run({
    batch: batchId,
  });
  db.prepare(`DELETE FROM gewu_file WHERE batch_id = ?`).run(batchId);
}

/** Unaccepted batches holding exactly the same files give way to the new one. */
export function supersede(db: Database, digest: string, kind: string, except: number): number {
  return db
    .prepare(
      `UPDATE gewu_batch SET state = 'superseded' WHERE state = 'staged' AND digest = ? AND kind = ? AND id <> ?`,
    )
    .run(digest, kind, except).changes;
}

/** Where a file with this hash came in before. */
export function deliveredBefore(
  db: Database,
  sha256: string,
  except: number | null = null,
): { batchId: number; at: string } | null {
  const row = db
    .prepare<[number | null, string], { id: number; at: string }>(
      `SELECT id, at FROM gewu_batch b WHERE state IN ('staged','accepted') AND id IS NOT ?
       AND EXISTS (SELECT 1 FROM json_each(b.files) WHERE json_extract(value, '$.sha256') = ?) ORDER BY id DESC LIMIT 1`,
    )
    .get(except, sha256);
  return row === undefined ? null : { batchId: row.id, at: row.at };
}

/** Rows by pile, and by decision within each. */
export function countPiles(
  db: Database,
  id: number,
): { piles: PileCounts; decided: Record<keyof PileCounts, DecisionCounts> } {
  const piles: PileCounts = { new: 0, changed: 0, same: 0, gone: 0, unclear: 0 };
  const none = (): DecisionCounts => ({ accept: 0, reject: 0, pending: 0 });
  const decided = { new: none(), changed: none(), same: none(), gone: none(), unclear: none() };
  const rows = db
    .prepare<[number], { pile: keyof PileCounts; decision: keyof DecisionCounts; n: number }>(
      `SELECT pile, decision, count(*) AS n FROM gewu_batch_row WHERE batch_id = ? GROUP BY pile, decision`,
    )
    .all(id);
  for (const row of rows) {
    piles[row.pile] += row.n;
    decided[row.pile][row.decision] = row.n;
  }
  return { piles, decided };
}
