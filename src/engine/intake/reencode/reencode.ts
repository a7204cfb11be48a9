import { mkdirSync } from 'node:fs';
import type { ImportAs, Reencoded } from '../../../api/delivery.ts';
import { GewuError } from '../../../api/error.ts';
import { getBatch, type StoredBatch } from '../../../project/batches/batches.ts';
import { cellReader } from '../../../project/batches/accept-sql.ts';
import { noteReadings, type Reading } from '../../../project/batches/readings.ts';
import { rewriteRows, type StoredRow } from '../../../project/batches/rows.ts';
import { rowsOfBatch } from '../../../project/batches/rows-out.ts';
import type { ProjectFile } from '../../../project/project-file.ts';
import type { IntakeEnvironment } from '../environment.ts';
import { kindOf } from '../kinds.ts';
import { openOriginals, type OriginalsJob } from '../returns/originals.ts';
import { changedColumns } from './cells.ts';
import { liveContext, rereadLive, type LiveContext } from './live.ts';
import { reread, type Reread, type RereadRow } from './reread.ts';
import { stagedReadAnew } from './staged.ts';

export interface ReencodeJob extends OriginalsJob {
  project: ProjectFile;
  environment: IntakeEnvironment;
  person: string;
  window: string | null;
  progress: (stage: string, done: number, total: number | null) => void;
}

export interface ReencodeRequest {
  id: number;
  encoding: string;
  /** Only tables of this file; all with a text encoding where absent. */
  file?: string | undefined;
}

const KEPT_TOLD = 1000;
const SAMPLES = 12;

/** Tables of a batch in another encoding, by their place in the batch. */
export async function rereadBatch(
  job: ReencodeJob,
  batch: StoredBatch,
  request: ReencodeRequest,
): Promise<Map<number, Reread>> {
  const wanted = batch.tables.flatMap((table, tableNo) =>
    table.encoding !== null && (request.file === undefined || table.file === request.file) ? [tableNo] : [],
  );
  if (wanted.length === 0) throw nothingToReread(batch, request);
  mkdirSync(job.temp, { recursive: true });
  const originals = await openOriginals(job, batch);
  try {
    const found = new Map<number, Reread>();
    for (const [i, tableNo] of wanted.entries()) {
      job.progress('reading', i, wanted.length);
      const table = batch.tables[tableNo];
      const source = originals.tables[tableNo];
      if (table === undefined) continue;
      if (source == null) throw notKept(table.file);
      const as = batch.kind as ImportAs;
      found.set(tableNo, await reread(job.environment, as, source, table, request.encoding, job.breathe));
    }
    return found;
  } finally {
    originals.close();
  }
}

function nothingToReread(batch: StoredBatch, { id, file }: ReencodeRequest): GewuError {
  const files = [...new Set(batch.tables.flatMap((table) => (table.encoding === null ? [] : [table.file])))];
  if (file === undefined || files.length === 0) {
    const message = `Delivery ${id} holds no table whose text is in an encoding; there is nothing to read again.`;
    return new GewuError('input', message, { reason: 'no-text', id });
  }
  const message = `Delivery ${id} holds no "${file}"; its files with text are ${files.join(', ')}.`;
  return new GewuError('input', message, { reason: 'no-text-file', id, file, files });
}

/** The bytes were too large to keep, or were dropped since. */
export function notKept(file: string): GewuError {
  return new GewuError(
    'original-gone',
    `${file}: the project does not keep the delivered bytes any more, so they cannot be read again; import the file anew with the right encoding.`,
    { file },
  );
}

/**
 * Brings the cells of an accepted batch to another encoding: one revision, which changes only cells that are still what the old reading
 * had and tells of the others. `dryRun` takes everything back before it counts.
 */
export function applyReread(
  job: ReencodeJob,
  batch: StoredBatch,
  readings: ReadonlyMap<number, Reread>,
  request: ReencodeRequest & { dryRun: boolean },
): Reencoded {
  const outcome: Reencoded = { revision: null, rows: 0, cells: 0, kept: [], keptTotal: 0, undecodable: 0, samples: [] };
  for (const { undecodable } of readings.values()) outcome.undecodable += undecodable;
  const { id, encoding } = request;
  const input = { id, encoding, ...(request.file === undefined ? {} : { file: request.file }) };
  const summary = { batch: id, name: batch.name, encoding, count: 0 };
  const meta = { command: 'batch.reencode', input, summary, person: job.person, window: job.window, batchId: id };
  const work = () =>
    job.project.revise(meta, (tx) => {
      writeReadings(job, batch, readings, { tx, outcome });
      tx.summary['count'] = outcome.rows;
      noteReadings(job.store, id, newReadings(batch, readings, encoding, outcome.cells > 0 ? tx.id : null));
      if (request.dryRun) throw new OnlyLooked();
    });
  try {
    outcome.revision = work().revision;
  } catch (error) {
    if (!(error instanceof OnlyLooked)) throw error;
  }
  return outcome;
}

/** Ends the transaction of a look that is to change nothing. */
class OnlyLooked extends Error {}

/** Readings to be kept; one that is the same as what counts already says nothing. */
function newReadings(
  batch: StoredBatch,
  readings: ReadonlyMap<number, Reread>,
  encoding: string,
  revision: number | null,
): Map<number, Reading> {
  const noted = new Map<number, Reading>();
  for (const [tableNo, { mapping, derived, rows }] of readings)
    if (rows.length > 0 || batch.tables[tableNo]?.encoding !== encoding)
      noted.set(tableNo, { revision, encoding, mapping, ...(derived.length === 0 ? {} : { derived }) });
  return noted;
}

function writeReadings(
  job: ReencodeJob,
  batch: StoredBatch,
  readings: ReadonlyMap<number, Reread>,
  { tx, outcome }: Pick<LiveContext, 'tx'> & { outcome: Reencoded },
): void {
  const kind = kindOf(batch.kind as ImportAs);
  const byPlace = new Map<string, RereadRow>();
  for (const [tableNo, { rows }] of readings)
    for (const row of rows) byPlace.set(`${tableNo} ${row.now.sourceRow}`, row);
  const current = cellReader(job.store);
  let place = { file: '', row: 0 };
  const contexts = new Map(
    [...readings].map(([tableNo, { renamed }]) => {
      const context = liveContext(job.store, kind, batch.id, {
        tx,
        renamed,
        changed(change) {
          outcome.cells += 1;
          if (outcome.samples.length < SAMPLES) outcome.samples.push({ ...place, ...change });
        },
        kept(cell) {
          outcome.keptTotal += 1;
          if (outcome.kept.length < KEPT_TOLD) outcome.kept.push({ ...cell, ...place });
        },
      });
      return [tableNo, context] as const;
    }),
  );
  const rewritten: StoredRow[] = [];
  for (const staged of rowsOfBatch(job.store, batch.id)) {
    const reading = readings.get(staged.tableNo);
    const row = byPlace.get(`${staged.tableNo} ${staged.sourceRow}`);
    const context = contexts.get(staged.tableNo);
    if (reading === undefined || row === undefined || context === undefined) continue;
    place = { file: batch.tables[staged.tableNo]?.file ?? '', row: staged.sourceRow };
    if (rereadLive(context, staged, row)) outcome.rows += 1;
    rewritten.push(
      stagedReadAnew(kind, reading.mapping, staged, row, (of, columns) => current(kind.table, of, columns)),
    );
  }
  rewriteRows(job.store, rewritten);
}

/** What another reading of a batch that is still staged would say: nothing live hangs on it. */
export function lookAtReread(batch: StoredBatch, readings: ReadonlyMap<number, Reread>): Reencoded {
  const outcome: Reencoded = { revision: null, rows: 0, cells: 0, kept: [], keptTotal: 0, undecodable: 0, samples: [] };
  for (const [tableNo, { rows, undecodable }] of readings) {
    outcome.undecodable += undecodable;
    for (const row of rows) {
      const changes = changedColumns(row).filter(({ column }) => !column.startsWith('#'));
      outcome.rows += 1;
      outcome.cells += changes.length;
      for (const change of changes.slice(0, SAMPLES - outcome.samples.length))
        outcome.samples.push({ file: batch.tables[tableNo]?.file ?? '', row: row.now.sourceRow, ...change });
    }
  }
  return outcome;
}

export function batchToReread(job: ReencodeJob, id: number): StoredBatch {
  const batch = getBatch(job.store, id);
  if (batch === null)
    throw new GewuError('not-found', `There is no delivery ${id} in this project.`, {
      reason: 'batch',
      id,
    });
  if (batch.state === 'staged' || batch.state === 'accepted') return batch;
  const { state, name } = batch;
  throw new GewuError('refused', `Delivery ${id} (${name}) is ${state}; only one that counts can be read again.`, {
    reason: 'batch-state',
    id,
    state,
    name,
  });
}
