import { GewuError } from '../../api/error.ts';
import {
  countPiles,
  deliveredBefore,
  getBatch,
  listBatches,
  setBatchState,
  sweepStaging,
  type StoredBatch,
} from '../../project/batches/batches.ts';
import { decideRows } from '../../project/batches/decide.ts';
import { batchFacets, pageRows } from '../../project/batches/pages.ts';
import { unitNames } from '../../project/batches/match.ts';
import { describeCoverage, setCoverage } from '../intake/coverage.ts';
import { acceptBatch } from '../intake/accept.ts';
import { describeBatch, describeRow } from '../intake/describe-batch.ts';
import { accuracyByClass, deliveryFormats, projectEnvironment } from '../intake/in-project.ts';
import { loadEnvironment } from '../intake/environment.ts';
import { inspectDelivery } from '../intake/inspect.ts';
import { receiptOf } from '../intake/receipt.ts';
import { writeReceipt } from '../intake/receipt-sheets.ts';
import { writeReturns } from '../intake/returns.ts';
import { saveMappings } from '../intake/saved-mappings.ts';
import { takeRepairs } from '../intake/repairs.ts';
import { reencodeBatch } from '../intake/reencode/index.ts';
import { batchTexts } from '../intake/reencode/texts.ts';
import { stageDelivery, type StageJob } from '../intake/stage.ts';
import type { LaneContext } from '../lanes/context.ts';
import type { AsideHandlers, CommandHandlers, ReadHandlers, WriteJobHandlers } from '../lanes/handlers.ts';
import { writeTo } from '../write-to.ts';
import { undoBatch } from './history.ts';

function batchOf(ctx: LaneContext, id: number): StoredBatch {
  const batch = getBatch(ctx.project.db, id);
  if (batch === null)
    throw new GewuError('not-found', `There is no delivery ${id} in this project.`, { reason: 'batch', id });
  return batch;
}

export const deliveryReads: Pick<
  ReadHandlers,
  'batch.list' | 'batch.get' | 'batch.receipt' | 'batch.rows' | 'batch.facets' | 'batch.coverage'
> = {
  'batch.list': (ctx) => listBatches(ctx.project.db).map((batch) => describeBatch(ctx.project.db, batch)),
  'batch.get': (ctx, { id }) => describeBatch(ctx.project.db, batchOf(ctx, id)),
  'batch.receipt': (ctx, { id }) =>
    receiptOf(ctx.project.db, batchOf(ctx, id), loadEnvironment(ctx.resources, null).catalogue),
  'batch.rows': (ctx, { id, offset, limit, ...filter }) => {
    const batch = batchOf(ctx, id);
    const catalogue = loadEnvironment(ctx.resources, null).catalogue;
    const { rows, total } = pageRows(ctx.project.db, id, filter, { offset, limit });
    const unitName = (unit: number) => unitNames(ctx.project.db, [unit]).get(unit)?.[0] ?? null;
    return { rows: rows.map((row) => describeRow(batch, catalogue, row, unitName)), total };
  },
  'batch.coverage': (ctx, { id }) =>
    describeCoverage(ctx.project.db, batchOf(ctx, id), loadEnvironment(ctx.resources, null).catalogue),
  'batch.facets': (ctx, { id, pile }) => {
    batchOf(ctx, id);
    const catalogue = loadEnvironment(ctx.resources, null).catalogue;
    const { classes, ...others } = batchFacets(ctx.project.db, id, pile);
    const named = classes.map((entry) => ({
      ...entry,
      name: entry.value === null ? null : (catalogue.byCode(entry.value)[0]?.name ?? null),
    }));
    return { classes: named, ...others };
  },
};

export const deliveryAside: Pick<
  AsideHandlers,
  'delivery.inspect' | 'batch.returns' | 'batch.writeReceipt' | 'batch.texts'
> = {
  'delivery.inspect': async (ctx, { files, plans }) => {
    const project = ctx.projectOrNull;
    const job = {
      environment: loadEnvironment(ctx.resources, project === null ? null : projectEnvironment(project)),
      formats: deliveryFormats(),
      deliveredBefore: (sha256: string) => (project === null ? null : deliveredBefore(project.db, sha256)),
      progress: ctx.progress,
      checkCancel: ctx.checkCancel,
      breathe: ctx.breathe,
    };
    return inspectDelivery(
      job,
      files.map((file) => ctx.files.path(file.ref)),
      plans ?? [],
    );
  },
  'batch.texts': async (ctx, { id }) => {
    const environment = loadEnvironment(ctx.resources, projectEnvironment(ctx.project));
    const formats = { ...deliveryFormats(), vocabulary: environment.names().vocabulary };
    const { temp, breathe } = ctx;
    return { tables: await batchTexts({ store: ctx.project.db, temp, formats, breathe }, batchOf(ctx, id)) };
  },
  'batch.returns': async (ctx, { id, target, language }) => {
    const batch = batchOf(ctx, id);
    const { temp, person, breathe } = ctx;
    const now = new Date().toISOString();
    const store = ctx.project.db;
    const job = { store, temp, formats: deliveryFormats(), breathe, language: language ?? 'zh', person, now } as const;
    return writeTo(ctx, target, (path) => writeReturns(job, batch, path));
  },
  'batch.writeReceipt': async (ctx, { id, target, language }) => {
    const store = ctx.project.db;
    const batch = batchOf(ctx, id);
    const receipt = receiptOf(store, batch, loadEnvironment(ctx.resources, null).catalogue);
    return writeTo(ctx, target, (path) => writeReceipt(store, batch, receipt, language ?? 'zh', path));
  },
};

function stageJob(ctx: LaneContext): StageJob {
  const { project } = ctx;
  return {
    store: project.db,
    write: <T>(work: () => T): T => project.write(work),
    tidy: <T>(work: () => T): T => project.tidy(work),
    environment: loadEnvironment(ctx.resources, projectEnvironment(project)),
    srsId: project.info().crs.srsId,
    person: ctx.person,
    now: new Date().toISOString(),
    accuracyOf: accuracyByClass(project.db),
    formats: deliveryFormats(),
    progress: ctx.progress,
    checkCancel: ctx.checkCancel,
    breathe: ctx.breathe,
  };
}

export const deliveryJobs: Pick<WriteJobHandlers, 'delivery.stage' | 'batch.accept' | 'batch.reencode'> = {
  'delivery.stage': async (ctx, input) => {
    const { project } = ctx;
    const job = stageJob(ctx);
    const { files, ...request } = input;
    const { ids, decided } = await stageDelivery(job, {
      ...request,
      paths: files.map((file) => ctx.files.path(file.ref)),
    });
    const batches = ids.map((id) => describeBatch(project.db, batchOf(ctx, id)));
    if (input.saveMapping === true && input.dryRun !== true) saveMappings(ctx, batches[0]?.name ?? '', decided);
    if (input.dryRun === true) for (const id of ids) project.tidy((db) => sweepStaging(db, id));
    return { batches };
  },
  'batch.accept': (ctx, { id, piles }) => {
    const { project, person, window, today } = ctx;
    const job = { project, person, window, today, progress: ctx.progress, checkCancel: ctx.checkCancel };
    const { revision, rows } = acceptBatch(job, id, piles ?? []);
    return { revision, rows, batch: describeBatch(project.db, batchOf(ctx, id)) };
  },
  'batch.reencode': async (ctx, { id, encoding, file, dryRun }) => {
    const { project, window, temp } = ctx;
    const job = { ...stageJob(ctx), project, window, temp };
    const done = await reencodeBatch(job, { id, encoding, file, dryRun: dryRun === true });
    return { ...done.told, batch: describeBatch(project.db, batchOf(ctx, done.batchId)) };
  },
};

/** Decisions about staged rows touch nothing live, so they make no revision. */
export const deliveryCommands: Pick<
  CommandHandlers,
  'batch.decide' | 'batch.repair' | 'batch.setCoverage' | 'batch.discard' | 'batch.undo'
> = {
  'batch.decide': (ctx, { id, select, decision }) => {
    const batch = batchOf(ctx, id);
    if (batch.state !== 'staged' && batch.state !== 'accepted') throw notOpen(batch);
    return { revision: null, rows: ctx.project.write((db) => decideRows(db, id, select, decision)) };
  },
  'batch.repair': (ctx, { id, take, ...select }) => {
    const batch = batchOf(ctx, id);
    if (batch.state !== 'staged' && batch.state !== 'accepted') throw notOpen(batch);
    return { revision: null, cells: ctx.project.write((db) => takeRepairs(db, id, select, take)) };
  },
  'batch.setCoverage': (ctx, { id, coverage }) => {
    const batch = batchOf(ctx, id);
    if (batch.state !== 'staged' && batch.state !== 'accepted') throw notOpen(batch);
    ctx.project.write((db) => setCoverage(db, batch, coverage));
    return { revision: null, gone: countPiles(ctx.project.db, id).piles.gone };
  },
  'batch.discard': (ctx, { id }) => {
    const batch = batchOf(ctx, id);
    if (batch.state !== 'staged') throw notOpen(batch);
    ctx.project.write((db) => setBatchState(db, id, 'discarded'));
    return { revision: null };
  },
  'batch.undo': (ctx, { id }) => {
    const batch = batchOf(ctx, id);
    if (batch.state !== 'accepted') throw notOpen(batch);
    return undoBatch(ctx, id);
  },
};

function notOpen(batch: StoredBatch): GewuError {
  const { id, state, name } = batch;
  return new GewuError('refused', `Delivery ${id} (${name}) is ${state}; this cannot be done with it.`, {
    reason: 'batch-state',
    id,
    state,
    name,
  });
}
