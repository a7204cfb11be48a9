import { createHash } from 'node:crypto';
import type { ImportAs, TablePlan } from '../../api/delivery.ts';
import { GewuError } from '../../api/error.ts';
import { openDelivery } from '../../formats/index.ts';
import type { SourceTable } from '../../formats/format.ts';
import {
  createBatch,
  deliveredBefore,
  finishBatch,
  supersede,
  sweepStaging,
  type Rejected,
  type Store,
  type StoredTable,
} from '../../project/batches/batches.ts';
import { keepFile } from '../../project/batches/files.ts';
import { existingByKey } from '../../project/batches/match.ts';
import { insertRows } from '../../project/batches/rows.ts';
import { stageRow } from './compare.ts';
import { collectFiles, hashFile, openFiles, type HandedIn } from './delivery-files.ts';
import type { IntakeEnvironment } from './environment.ts';
import { KIND_ORDER, kindOf, type Kind } from './kinds.ts';
import { planTable, type PlannedTable } from './plan.ts';
import { sortPiles } from './sort-piles.ts';
import { createTransform } from './transform.ts';

/** What staging needs of the job it runs in. */
export interface StageJob {
  store: Store;
  /** One short transaction outside the log; refuses on a full disk or a read-only project. */
  write: <T>(work: () => T) => T;
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
}

const KEPT_REJECTS = 20_000;
const KEPT_FILE_BYTES = 256 * 1024 * 1024;

/** Reads, matches and stages a delivery: one batch a kind of thing. Nothing is live afterwards. Stopped or failed, it leaves no batch. */
export async function stageDelivery(job: StageJob, request: StageRequest): Promise<number[]> {
  const handed = collectFiles(request.paths).map((file) => hashFile(file, () => job.checkCancel()));
  const opened = openFiles(handed);
  const made: number[] = [];
  try {
    const { tables, doubts } = await openDelivery(opened.files, job.formats);
    const planned = await planAll(job, request, tables);
    if (planned.length === 0) throw nothingUsable(handed, doubts);
    for (const as of KIND_ORDER) {
      const own = planned.filter((table) => table.as.value === as);
      if (own.length === 0) continue;
      made.push(await stageKind(job, request, as, own, handed, doubts));
    }
    return made;
  } catch (error) {
    for (const id of made) job.write(() => sweepStaging(job.store, id));
    throw error;
  } finally {
    opened.close();
  }
}

function nothingUsable(
  handed: HandedIn[],
  doubts: { code: string; message: string; data?: Record<string, unknown> }[],
): GewuError {
  const first = doubts[0];
  const names = handed.map((file) => file.name);
  if (first !== undefined) return new GewuError(first.code, first.message, { ...first.data, files: names });
  return new GewuError(
    'nothing-usable',
    `${names.join(', ')}: no table in it can be recognised; say with --as what its rows are.`,
    {
      files: names,
    },
  );
}

async function planAll(job: StageJob, request: StageRequest, tables: SourceTable[]): Promise<PlannedTable[]> {
  const planned: PlannedTable[] = [];
  for (const [index, table] of tables.entries()) {
    await job.breathe();
    job.progress('looking', index, tables.length);
    const wish = request.plans?.find((plan) => plan.file === table.info.file && plan.table === table.info.name);
    const plan = await planTable(job.environment, table, wish, request.as);
    if (plan.skip || plan.as.value === null || !hasRows(plan)) continue;
    refuseUnsure(plan);
    planned.push(plan);
  }
  return planned;
}

const SURE = 0.8;

/** Text that might be garbled and points that might be misplaced are asked about, never taken on a guess. */
function refuseUnsure(plan: PlannedTable): void {
  const { info } = plan.source;
  if (plan.read.encoding === undefined && info.encoding.name !== null && info.encoding.confidence < SURE) {
    const candidates = info.encoding.candidates.map((candidate) => candidate.name);
    throw new GewuError(
      'encoding-unsure',
      `${info.file}: the bytes do not say clearly which encoding they are in (${candidates.join(', ')}); choose one (--encoding).`,
      { file: info.file, table: info.name, candidates },
    );
  }
  if (plan.crs.candidates.length > 0 && plan.crs.confidence < SURE) {
    const candidates = plan.crs.candidates.map((candidate) => candidate.code);
    throw new GewuError(
      'crs-unsure',
      `${info.file}: it is not sure which coordinate system its points are in (${candidates.join(', ')}); choose one (--crs).`,
      { file: info.file, table: info.name, candidates },
    );
  }
}

/** An empty layer is a fact to report, an empty spreadsheet page is nothing. */
function hasRows(plan: PlannedTable): boolean {
  return plan.source.info.rows > 0 || plan.source.info.geometry !== 'none';
}

interface Tally {
  rows: number;
  rejected: Rejected[];
  rejectedTotal: number;
  warnings: { code: string; message: string; data: Record<string, unknown> }[];
  faults: Map<string, { code: string; column: string | null; count: number; row: number; file: string }>;
}

async function stageKind(
  job: StageJob,
  request: StageRequest,
  as: ImportAs,
  tables: PlannedTable[],
  handed: HandedIn[],
  doubts: { code: string; message: string; data?: Record<string, unknown> }[],
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
  noteEarlier(job.store, files, tally);
  const name = request.name ?? nameOf(handed);
  const id = job.write(() =>
    createBatch(job.store, { name, at: job.now, person: job.person, kind: as, files, digest }),
  );
  try {
    keepOriginals(job, id, handed, tally);
    const stored: StoredTable[] = [];
    const total = tables.reduce((sum, table) => sum + table.source.info.rows, 0);
    for (const [tableNo, table] of tables.entries())
      stored.push(await stageTable(job, kind, id, tableNo, table, tally, total));
    job.progress('matching', 0, null);
    const { store: db, write, accuracyOf, breathe } = job;
    await sortPiles({ db, write, batchId: id, kind, accuracyOf, breathe });
    for (const fault of tally.faults.values()) {
      tally.warnings.push({
        code: fault.code,
        message: `${fault.count} values of ${fault.column ?? 'the shape'} could not be taken as they stand (${fault.code}), first in ${fault.file}, row ${fault.row}; the delivered text is kept.`,
        data: { ...fault },
      });
    }
    job.write(() => {
      finishBatch(job.store, id, { ...tally, tables: stored });
      supersede(job.store, digest, as, id);
    });
    return id;
  } catch (error) {
    job.write(() => sweepStaging(job.store, id));
    throw error;
  }
}

function nameOf(handed: HandedIn[]): string {
  const first = handed[0]?.name ?? '';
  const folder = first.includes('/') ? first.split('/')[0] : null;
  return folder ?? first.replace(/\.[^.]*$/u, '');
}

function noteEarlier(store: Store, files: { name: string; sha256: string }[], tally: Tally): void {
  // A .prj or .cpg is the same in every delivery of a supplier: only files with rows of their own tell.
  for (const file of files.filter(({ name }) => !/\.(prj|cpg|shx)$/iu.test(name))) {
    const before = deliveredBefore(store, file.sha256);
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
  for (const file of handed) {
    job.checkCancel();
    if (file.size <= KEPT_FILE_BYTES) job.write(() => keepFile(job.store, file, batchId, job.now));
    else {
      tally.warnings.push({
        code: 'original-not-kept',
        message: `${file.name} is larger than 256 MB; the project keeps its digest, not its bytes.`,
        data: { file: file.name, size: file.size },
      });
    }
  }
}

async function stageTable(
  job: StageJob,
  kind: Kind,
  batchId: number,
  tableNo: number,
  plan: PlannedTable,
  tally: Tally,
  total: number,
): Promise<StoredTable> {
  const { info } = plan.source;
  const mapping = plan.fields.map(({ field, to }) => ({ field, to }));
  const columns = mapping.flatMap(({ to }) => (to !== null && kind.columns.has(to) && to !== kind.key ? [to] : []));
  const transform = createTransform({
    kind,
    mapping,
    toProject: plan.crs.toProject,
    scheme: plan.componentClass.scheme,
    classCode: plan.componentClass.code,
    catalogue: job.environment.catalogue,
    confirmation: job.environment.dictionary.confirmation,
  });
  const locate = job.environment.project?.locate ?? (() => null);
  const compare = {
    kind,
    tableNo,
    srsId: job.srsId,
    columns,
    accuracyOf: job.accuracyOf,
    streetAt: (at: [number, number]) => locate(at)?.streetCode ?? null,
  };
  for (const doubt of info.doubts) {
    tally.warnings.push({
      code: doubt.code,
      message: `${info.file}: ${doubt.message}`,
      data: { file: info.file, ...doubt.data },
    });
  }
  let rows = 0;
  for await (const block of plan.source.blocks(plan.read)) {
    const ready = block.map(transform).filter((row) => {
      noteFaults(row, info.file, tally);
      if (row.refusal === null) return true;
      reject(row.sourceRow, info, row.refusal, tally);
      return false;
    });
    const keys = ready.flatMap((row) => (row.key === null ? [] : [row.key]));
    const known = existingByKey(job.store, kind.table, kind.key, keys, columns);
    const staged = ready.map((row) => stageRow(row, row.key === null ? [] : (known.get(row.key) ?? []), compare));
    job.write(() => insertRows(job.store, batchId, staged));
    rows += block.length;
    tally.rows += block.length;
    job.progress('reading', tally.rows, total);
    await job.breathe();
  }
  return {
    file: info.file,
    table: info.name,
    rows,
    encoding: plan.read.encoding ?? info.encoding.name,
    crs: plan.crs.code,
    axes: plan.crs.axes,
    classCode: plan.componentClass.code,
    scheme: plan.componentClass.scheme,
    mapping,
  };
}

function noteFaults(row: ReturnType<ReturnType<typeof createTransform>>, file: string, tally: Tally): void {
  for (const fault of row.faults) {
    const key = `${fault.code}\u0000${fault.column ?? ''}`;
    const held = tally.faults.get(key);
    if (held === undefined) tally.faults.set(key, { ...fault, count: 1, row: row.sourceRow, file });
    else held.count += 1;
  }
}

const REFUSALS: Record<string, string> = {
  'no-code-no-place': 'has neither a code nor a place',
  'no-code': 'has no code',
  'no-name': 'has no name',
  'no-geometry': 'has no usable polygon',
};

function reject(
  row: number,
  info: { file: string; name: string },
  refusal: { field: string | null; code: string },
  tally: Tally,
): void {
  tally.rejectedTotal += 1;
  if (tally.rejected.length >= KEPT_REJECTS) return;
  const why = REFUSALS[refusal.code] ?? refusal.code;
  tally.rejected.push({
    row,
    file: info.file,
    table: info.name,
    ...refusal,
    message: `${info.file}, row ${row}: ${why}; it can enter no pile.`,
  });
}
