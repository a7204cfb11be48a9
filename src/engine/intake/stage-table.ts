import type { Position } from '../../model/geometry/types.ts';
import type { Rejected, Store, StoredTable } from '../../project/batches/batches.ts';
import { existingByKey, unitNames, withShapes, type Existing } from '../../project/batches/match.ts';
import { createUnitResolver } from '../../project/batches/resolve-units.ts';
import { insertRows, type StagedRow } from '../../project/batches/rows.ts';
import { SHOWN_FROM, shownWords } from '../../project/batches/shown.ts';
import { stageRow, type CompareOptions } from './compare.ts';
import type { Kind } from './kinds.ts';
import { matchPhotos, type DeliveredPhotos } from './photos.ts';
import type { PlannedTable } from './plan.ts';
import type { StageJob } from './stage.ts';
import { weighRows } from './weigh.ts';
import { createTransform, type Transformed, type TransformPlan } from './transform.ts';

/** What is counted and noted while a batch is staged, over all its tables. */
export interface Tally {
  rows: number;
  rejected: Rejected[];
  rejectedTotal: number;
  warnings: { code: string; message: string; data: Record<string, unknown> }[];
  faults: Map<string, { code: string; column: string | null; count: number; row: number; file: string }>;
}

const KEPT_REJECTS = 20_000;
/** Rows written in one short transaction. */
const BLOCK = 2000;

/** Staged rows on their way into the file: small tables share a transaction. */
export interface RowWriter {
  add: (rows: StagedRow[]) => void;
  flush: () => void;
}

export function createRowWriter(job: Pick<StageJob, 'store' | 'write'>, batchId: number): RowWriter {
  let waiting: StagedRow[] = [];
  const flush = () => {
    if (waiting.length > 0) job.write(() => insertRows(job.store, batchId, waiting));
    waiting = [];
  };
  return {
    add(rows) {
      waiting = waiting.concat(rows);
      if (waiting.length >= BLOCK) flush();
    },
    flush,
  };
}

export interface TableTask {
  job: StageJob;
  kind: Kind;
  /** Place of the table in the batch. */
  tableNo: number;
  plan: PlannedTable;
  tally: Tally;
  /** Rows of the whole batch, for progress. */
  total: number;
  writer: RowWriter;
  /** Revision whose state the delivery was made from; null where nobody knows. */
  basedOn: number | null;
  photos: DeliveredPhotos;
}

/** Fields and columns as they are stored; what a delivery may clear is only ever said anew. */
function usedMapping(plan: PlannedTable): Mapping {
  const allBlanks = plan.wish?.blanks === 'clear';
  return plan.fields.map(({ field, to, change, blanks }) => ({
    field,
    to,
    ...(change === false ? { change } : {}),
    ...(to !== null && (allBlanks || blanks === 'clear') ? { blanks: 'clear' as const } : {}),
  }));
}

/** Reads a table block by block, compares every row with the project, and stages it. */
export async function stageTable(task: TableTask): Promise<StoredTable> {
  const { job, kind, plan, tally, total, writer } = task;
  const { info } = plan.source;
  const mapping = usedMapping(plan);
  const derived = plan.derived.map(({ derivation }) => derivation);
  const filled = [...mapping, ...derived].flatMap(({ to }) => (to === null ? [] : [to]));
  const kept = new Set(mapping.flatMap(({ to, change }) => (change === false ? [to] : [])));
  const columns = filled.filter((to) => kind.columns.has(to) && to !== kind.key && !kept.has(to));
  const transform = createTransform(transformPlan(task, mapping));
  const compare = compareOptions(task, mapping, columns);
  const placeAt = (at: Position) => job.environment.project?.locate(at) ?? null;
  const weighing = { kind, shown: compare.shown, basedOn: task.basedOn, placeAt };
  for (const doubt of [...info.doubts, ...plan.doubts]) {
    tally.warnings.push({
      code: doubt.code,
      message: `${info.file}: ${doubt.message}`,
      data: { file: info.file, ...doubt.data },
    });
  }
  const { photos } = task;
  const withPhotos = kind.as === 'component' && photos.files.length > 0;
  const photoField = mapping.find(({ to }) => to === 'photo')?.field ?? null;
  let rows = 0;
  for await (const block of plan.source.blocks(plan.read)) {
    const ready = block.map(transform).filter((row) => {
      if (withPhotos) matchPhotos(photos, row, photoField);
      noteFaults(row, info.file, tally);
      if (row.refusal === null) return true;
      reject(row.sourceRow, info, row.refusal, task);
      return false;
    });
    const known = knownRows(job.store, kind, ready, columns);
    const staged = ready.map((row) => stageRow(row, row.key === null ? [] : (known.get(row.key) ?? []), compare));
    weighRows(job.store, staged, known, weighing);
    writer.add(staged);
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
    ...datumOf(plan),
    classCode: plan.componentClass.code,
    scheme: plan.componentClass.scheme,
    mapping,
    ...(derived.length === 0 ? {} : { derived }),
    ...(info.headerRow === undefined ? {} : { headerRow: info.headerRow }),
  };
}

/** What was applied, with its parameters: control points and known components are another thing tomorrow. */
function datumOf({ crs }: PlannedTable): Pick<StoredTable, 'datum'> {
  const { applied } = crs.datum;
  return applied === null ? {} : { datum: applied.planar ?? applied.shift };
}

type Mapping = StoredTable['mapping'];

function transformPlan({ job, kind, plan }: TableTask, mapping: Mapping): TransformPlan {
  return {
    kind,
    mapping,
    derived: plan.derived.map(({ derivation }) => derivation),
    toProject: plan.crs.toProject,
    rounded: plan.rounded,
    date1904: plan.source.info.date1904,
    scheme: plan.componentClass.scheme,
    classCode: plan.componentClass.code,
    catalogue: job.environment.catalogue,
    confirmation: job.environment.dictionary.confirmation,
  };
}

function compareOptions({ job, kind, tableNo }: TableTask, mapping: Mapping, columns: string[]): CompareOptions {
  const project = job.environment.project;
  const resolver = createUnitResolver(job.store);
  return {
    kind,
    tableNo,
    srsId: job.srsId,
    columns,
    cleared: new Set(mapping.flatMap(({ to, blanks }) => (blanks === 'clear' && to !== null ? [to] : []))),
    used: new Set(mapping.flatMap(({ field, to }) => (to === null ? [] : [field]))),
    accuracyOf: job.accuracyOf,
    unitNamed: (name) => resolver.resolve(name, null).id,
    shown: kind.as === 'component' ? shownWords(job.store) : () => null,
    streetAt: (at) => project?.locate(at)?.streetCode ?? null,
  };
}

/** Columns needed to compare, though no delivery fills them as they are. */
const ALSO_READ: Partial<Record<Kind['as'], string[]>> = {
  component: ['extra', ...SHOWN_FROM],
  unit: ['parent_id'],
  'unit-grid': ['status'],
};

/** What the project holds under the codes of a block. */
function knownRows(store: Store, kind: Kind, rows: Transformed[], columns: string[]): Map<string, Existing[]> {
  const keys = rows.flatMap((row) => (row.key === null ? [] : [row.key]));
  const also = ALSO_READ[kind.as] ?? [];
  const known = existingByKey(store, kind.table, kind.key, keys, [...columns, ...also]);
  const all = [...known.values()].flat();
  if (kind.as === 'component' && rows.some((row) => row.shape !== null)) withShapes(store, all);
  if (kind.as === 'unit') {
    const names = unitNames(
      store,
      all.map(({ id }) => id),
    );
    for (const entry of all) entry.names = names.get(entry.id) ?? [];
  }
  return known;
}

function noteFaults(row: Transformed, file: string, tally: Tally): void {
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
  { tally, tableNo }: Pick<TableTask, 'tally' | 'tableNo'>,
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
    tableNo,
  });
}
