import { createHash } from 'node:crypto';
import type { BasedOn } from '../../api/coverage.ts';
import type { ImportAs, TablePlan } from '../../api/delivery.ts';
import { GewuError } from '../../api/error.ts';
import { isPhotoName } from '../../model/photos.ts';
import { openDelivery } from '../../formats/index.ts';
import type { Doubt, SourceTable } from '../../formats/format.ts';
import {
  createBatch,
  deliveredBefore,
  finishBatch,
  supersede,
  sweepStaging,
  type Store,
  type StoredTable,
} from '../../project/batches/batches.ts';
import { keepFile } from '../../project/batches/files.ts';
import { baseRevision } from './base-revision.ts';
import { planFor, refuseUnsure } from './check-plan.ts';
import { collectFiles, hashFile, leftAside, openFiles, type HandedIn } from './delivery-files.ts';
import type { IntakeEnvironment } from './environment.ts';
import { deliveredPhotos, keepPhotos, partPhotos, photoWarnings, type DeliveredPhotos } from './photos.ts';
import { KIND_ORDER, kindOf } from './kinds.ts';
import { planTable, type PlannedTable } from './plan.ts';
import { withoutReturnParts } from './returns/returned.ts';
import { decidedTable, type DecidedTable } from './saved-mappings.ts';
import { proposeRepairs } from './repairs.ts';
import { sortPiles } from './sort-piles.ts';
import { noteCounts } from './stage-warnings.ts';
import { createRowWriter, stageTable, type Tally } from './stage-table.ts';

/** What staging needs of the job it runs in. */
export interface StageJob {
  store: Store;
  /** One short transaction outside the log; refuses on a full disk or a read-only project. */
  write: <T>(work: () => T) => T;
  /** As `write`, for what only takes rows away; goes on where the disk is nearly full. */
  tidy: <T>(work: () => T) => T;
  environment: IntakeEnvironment;
  srsId: number;
  person: string;
  /** Now, ISO 8601. */
  now: string;
  accuracyOf: (classCode: string | null) => string | null;
  /** Reader of delivered GeoPackages; the store's room knows how. */
  formats: Parameters<typeof openDelivery>[1];
  progress: (stage: string, done: number, total: number | null) => void;
  checkCancel: () => void;
  breathe: () => Promise<void>;
}

export interface StageRequest {
  paths: string[];
  name?: string | undefined;
  plans?: TablePlan[] | undefined;
  as?: ImportAs | undefined;
  dryRun?: boolean | undefined;
  /** Files laid out under other names than theirs; `paths` is not looked at then. */
  handed?: HandedIn[] | undefined;
  /** An earlier staging of the same files that this one takes the place of. */
  replaces?: number | undefined;
  /** State of the project the delivery was made from, where that is known. */
  basedOn?: BasedOn | undefined;
}

const KEPT_FILE_BYTES = 256 * 1024 * 1024;
/** Small files share a transaction. */
const KEPT_AT_ONCE = 16 * 1024 * 1024;

export interface Staged {
  /** The batches made. */
  ids: number[];
  /** What was decided about each table, to be remembered for the next delivery. */
  decided: DecidedTable[];
}

/** Reads, matches and stages a delivery: one batch a kind of thing. Nothing is live afterwards. Stopped or failed, it leaves no batch. */
export async function stageDelivery(job: StageJob, request: StageRequest): Promise<Staged> {
  const handed = request.handed ?? collectFiles(request.paths).map((file) => hashFile(file, () => job.checkCancel()));
  const opened = openFiles(handed);
  const made: number[] = [];
  try {
    const delivery = await openDelivery(opened.files, {
      ...job.formats,
      vocabulary: job.environment.names().vocabulary,
    });
    const { doubts, others } = delivery;
    const { tables, doubts: parts } = withoutReturnParts(delivery.tables);
    const { photos: photoFiles, rest } = partPhotos(others);
    doubts.push(...leftAside(rest), ...parts);
    const photos = deliveredPhotos(photoFiles);
    const decided: DecidedTable[] = [];
    const planned = await planAll(job, request, tables, doubts, decided);
    if (planned.length === 0) throw nothingUsable(handed, doubts, request.as);
    for (const as of KIND_ORDER) {
      const own = planned.filter((table) => table.as.value === as);
      if (own.length === 0) continue;
      made.push(await stageKind(job, request, { as, tables: own, handed, doubts, photos }));
    }
    return { ids: made, decided };
  } catch (error) {
    for (const id of made) job.tidy(() => sweepStaging(job.store, id));
    throw error;
  } finally {
    opened.close();
  }
}

const LEFT_OUT = 'table-not-recognised';

function nothingUsable(handed: HandedIn[], doubts: Doubt[], as: ImportAs | undefined): GewuError {
  const first = doubts.find((doubt) => doubt.code !== LEFT_OUT);
  const names = handed.map((file) => file.name);
  if (first !== undefined) return new GewuError(first.code, first.message, { ...first.data, files: names });
  if (as !== undefined)
    return new GewuError(
      'no-rows',
      `${names.join(', ')}: there are no rows in it; look whether it is the right file.`,
      {
        files: names,
      },
    );
  return new GewuError(
    'nothing-usable',
    `${names.join(', ')}: no table in it can be recognised; say with --as what its rows are.`,
    {
      files: names,
    },
  );
}

async function planAll(
  job: StageJob,
  request: StageRequest,
  tables: SourceTable[],
  leftOut: Doubt[],
  decided: DecidedTable[],
): Promise<PlannedTable[]> {
  const planned: PlannedTable[] = [];
  for (const [index, table] of tables.entries()) {
    await job.breathe();
    job.progress('looking', index, tables.length);
    const wish = planFor(request.plans, table.info.file, table.info.name);
    const plan = await planTable(job.environment, table, wish, request.as);
    if (hasRows(plan)) decided.push(decidedTable(plan));
    if (plan.skip || !hasRows(plan)) continue;
    if (plan.as.value === null) {
      leftOut.push({
        code: LEFT_OUT,
        message: `${table.info.file}, ${table.info.name}: it is not clear what its rows are, so they were left out; say what they are.`,
        data: { file: table.info.file, table: table.info.name, rows: table.info.rows },
      });
      continue;
    }
    refuseUnsure(plan, kindOf(plan.as.value), job.environment.project?.crs ?? '');
    // The surveyed rows have said what they had to; a delivery of many tables would hold all of them at once.
    planned.push({ ...plan, survey: { rows: [] } });
  }
  return planned;
}

/** An empty layer is a fact to report, an empty spreadsheet page is nothing. */
function hasRows(plan: PlannedTable): boolean {
  return plan.source.info.rows > 0 || plan.source.info.geometry !== 'none';
}

interface KindToStage {
  as: ImportAs;
  tables: PlannedTable[];
  handed: HandedIn[];
  doubts: Doubt[];
  photos: DeliveredPhotos;
}

async function stageKind(
  job: StageJob,
  request: StageRequest,
  { as, tables, handed, doubts, photos }: KindToStage,
): Promise<number> {
  const kind = kindOf(as);
  const files = handed.map(({ name, sha256, size }) => ({ name, sha256, size }));
  const digest = createHash('sha256')
    .update(
      files
        .map((file) => file.sha256)
        .toSorted()
        .join(''),
    )
    .digest('hex');
  const tally: Tally = { rows: 0, rejected: [], rejectedTotal: 0, warnings: [], faults: new Map() };
  for (const doubt of doubts) tally.warnings.push({ code: doubt.code, message: doubt.message, data: doubt.data ?? {} });
  noteEarlier(job.store, files, tally, request.replaces);
  const basedOn = baseRevision(job.store, request.basedOn);
  const name = request.name ?? nameOf(handed);
  const id = job.write(() =>
    createBatch(job.store, { name, at: job.now, person: job.person, kind: as, files, digest, basedOn }),
  );
  try {
    if (request.dryRun !== true) keepOriginals(job, id, handed, tally);
    const stored: StoredTable[] = [];
    const total = tables.reduce((sum, table) => sum + table.source.info.rows, 0);
    const writer = createRowWriter(job, id);
    for (const [tableNo, plan] of tables.entries())
      stored.push(await stageTable({ job, kind, tableNo, plan, tally, total, writer, basedOn, photos }));
    writer.flush();
    job.progress('matching', 0, null);
    const { store: db, write, accuracyOf, breathe } = job;
    await sortPiles({ db, write, batchId: id, kind, accuracyOf, breathe });
    proposeRepairs(job, { id, as, tables: stored }, job.environment.names);
    noteCounts(job.store, id, tally);
    if (as === 'component') tally.warnings.push(...photoWarnings(photos));
    if (as === 'component' && request.dryRun !== true) await keepPhotos(job, id, photos);
    job.write(() => {
      finishBatch(job.store, id, { ...tally, tables: stored });
      if (request.dryRun !== true) supersede(job.store, digest, as, id);
    });
    return id;
  } catch (error) {
    job.tidy(() => sweepStaging(job.store, id));
    throw error;
  }
}

function nameOf(handed: HandedIn[]): string {
  const first = handed[0]?.name ?? '';
  const folder = first.includes('/') ? first.split('/')[0] : null;
  return folder ?? first.replace(/\.[^.]*$/u, '');
}

function noteEarlier(
  store: Store,
  files: { name: string; sha256: string }[],
  tally: Tally,
  except: number | undefined,
): void {
  // A .prj or .cpg is the same in every delivery of a supplier: only files with rows of their own tell.
  for (const file of files.filter(({ name }) => !/\.(prj|cpg|shx)$/iu.test(name))) {
    const before = deliveredBefore(store, file.sha256, except);
    if (before === null) continue;
    tally.warnings.push({
      code: 'delivered-before',
      message: `${file.name} came in before, in delivery ${before.batchId}.`,
      data: { file: file.name, ...before },
    });
  }
}

/** The delivered bytes stay in the project, deflated, so that a decision about them can be looked at again. */
function keepOriginals(job: StageJob, batchId: number, handed: HandedIn[], tally: Tally): void {
  let waiting: HandedIn[] = [];
  let bytes = 0;
  const flush = () => {
    if (waiting.length > 0) job.write(() => waiting.forEach((file) => keepFile(job.store, file, batchId, job.now)));
    waiting = [];
    bytes = 0;
  };
  // Photos lie beside the project, as they are.
  for (const file of handed.filter(({ name }) => !isPhotoName(name))) {
    job.checkCancel();
    if (file.size <= KEPT_FILE_BYTES) {
      waiting.push(file);
      bytes += file.size;
      if (bytes > KEPT_AT_ONCE) flush();
    } else {
      tally.warnings.push({
        code: 'original-not-kept',
        message: `${file.name} is larger than 256 MB; the project keeps its digest, not its bytes.`,
        data: { file: file.name, size: file.size },
      });
    }
  }
  flush();
}
