import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Input, Method, Output } from '../api/contract.ts';
import { GewuError } from '../api/error.ts';
import type { ProjectInfo } from '../api/project.ts';
import { putInPlace, refuseHeldElsewhere } from '../project/put-in-place.ts';
import type { EngineContext } from './handlers/engine.ts';
import type { CallWatch } from './lane-client.ts';
import type { SampleDelivery } from './lanes/handlers.ts';
import { fileIn, projectsFolder } from './places.ts';

const SAMPLE_COMPONENTS = 14_208;
const SAMPLE_NAME = '示例区.gpkg';
/** Measured with deliveries and project together; asked for before the first byte is written. */
const BYTES_PER_COMPONENT = 6_000;
const BYTES_OF_TILING = 150_000_000;

/**
 * Writes the sample district's deliveries to a temporary folder and brings them in through the ordinary import, into a file beside the
 * target that takes its place at the end. An existing sample is opened as it is unless `anew`.
 */
export async function makeSample(ctx: EngineContext, input: Input<'project.sample'>): Promise<ProjectInfo> {
  const folder = input.folder === undefined ? projectsFolder(ctx.home) : ctx.files.path(input.folder.ref);
  const target = fileIn(folder, input.name ?? SAMPLE_NAME, '.gpkg');
  if (existsSync(target) && input.anew !== true) return ctx.desk.open(target);
  if (!ctx.hasSample) throw new GewuError('refused', 'This build carries no sample district.', { reason: 'no-sample' });
  mkdirSync(folder, { recursive: true });
  refuseHeldElsewhere(target);
  const components = input.components ?? SAMPLE_COMPONENTS;
  refuseFullDisk(folder, BYTES_OF_TILING + components * BYTES_PER_COMPONENT);
  const making = `${target.slice(0, -'.gpkg'.length)}.${process.pid}.part.gpkg`;
  const deliveries = mkdtempSync(path.join(tmpdir(), 'gewu-sample-'));
  try {
    await ctx.desk.whileClosed(async () => {
      await fill(ctx, making, deliveries, components, input.seed ?? 1);
      putInPlace(making, target, ctx.person());
    });
  } finally {
    rmSync(deliveries, { recursive: true, force: true });
    for (const left of [making, `${making}-wal`, `${making}-shm`]) rmSync(left, { force: true });
    rmSync(`${making.slice(0, -'.gpkg'.length)}.backups`, { recursive: true, force: true });
  }
  return ctx.desk.open(target);
}

async function fill(
  ctx: EngineContext,
  making: string,
  folder: string,
  components: number,
  seed: number,
): Promise<void> {
  const { session } = ctx;
  const watch: CallWatch = {
    progress: (stage, done, total) => ctx.tasks.progress(ctx.requestId, stage, done, total),
  };
  const written = await session.chore('aside', 'chore.sample', { folder, components, seed }, ctx.cancel, watch);
  await session.chore('write', 'chore.create', {
    path: making,
    district: '110108',
    districtName: '海淀区',
    crs: 'EPSG:4548',
    scheme: 'GB/T 47678.5-2026',
    force: true,
  });
  try {
    await session.open(making);
    for (const delivery of written) await bringIn(ctx, delivery, watch);
    await ask(ctx, 'write', 'check.run', {}, watch);
  } finally {
    await session.close();
  }
}

async function bringIn(ctx: EngineContext, delivery: SampleDelivery, watch: CallWatch): Promise<void> {
  const files = delivery.files.map((file) => ctx.files.add(file));
  const { name, as, options, accept } = delivery;
  // What the delivery's maker must tell, for each of its tables.
  const told = Object.keys(options).length === 0 ? {} : { plans: [{ file: '*', table: '*', ...options }] };
  const { batches } = await ask(ctx, 'write', 'delivery.stage', { files, name, as, ...told }, watch);
  for (const batch of batches) await ask(ctx, 'write', 'batch.accept', { id: batch.id, piles: accept }, watch);
}

/** One ordinary request as part of this job: cancelled with it, its progress shown as this job's. */
async function ask<M extends Method>(
  ctx: EngineContext,
  lane: 'write' | 'aside',
  method: M,
  input: Input<M>,
  watch: CallWatch,
): Promise<Output<M>> {
  const call = {
    requestId: `${ctx.requestId}/${method}`,
    method,
    input,
    window: null,
    person: ctx.person(),
    files: ctx.files.pathsIn(input),
    cancel: ctx.cancel,
  };
  // The lane's handler of `method` is typed to answer exactly this.
  return (await ctx.session.call(lane, call, watch)) as Output<M>;
}

/** @throws GewuError 'disk-full' */
function refuseFullDisk(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  throw new GewuError('disk-full', `${folder} has ${free} bytes free; ${bytes} are needed.`, {
    folder,
    free,
    needed: bytes,
  });
}
