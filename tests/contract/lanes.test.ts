import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient, type Client } from '../../src/api/client.ts';
import type { EngineEvent } from '../../src/api/contract.ts';
import { GewuError } from '../../src/api/error.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import { covers, DEADLY_KIND } from './district.ts';

let folder: string;
let engine: Engine;
let client: Client;
let events: EngineEvent[];

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'gewu-lanes-'));
  events = [];
  engine = createEngine({
    shell: 'server',
    version: '0',
    home: folder,
    configDir: path.join(folder, 'config'),
    laneEntry: new URL('./dying-lane.ts', import.meta.url),
    person: '李静',
    onEvent: (event) => events.push(event),
  });
  client = createClient(
    {
      send: (request) => engine.handle(request),
      cancel: (id) => engine.cancel(id),
      listen: (hear) => engine.listen(hear),
    },
    'w',
  );
  await client.call('project.new', {
    folder: engine.files.add(folder),
    name: 'p',
    district: '110108',
    crs: 'EPSG:4548',
    scheme: 'GB/T 47678.5-2026',
  });
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

async function refusalOf(work: Promise<unknown>): Promise<GewuError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof GewuError) return error;
  throw new Error('was not refused');
}
/** A delivery long enough to be under way while other things are asked. */
function longDelivery(rows: number) {
  const file = path.join(folder, 'long.csv');
  writeFileSync(file, covers(rows, ''));
  return {
    files: [engine.files.add(file)],
    as: 'component' as const,
    plans: [{ file: 'long.csv', table: 'long', crs: 'EPSG:4548' }],
  };
}
async function underWay(method: string): Promise<void> {
  const runs = () => events.some((e) => e.event === 'task' && e.task.method === method && e.task.state === 'running');
  await expect.poll(runs, { timeout: 20_000 }).toBe(true);
}

describe('lanes', () => {
  it("answers a dead lane's requests with a fault, starts it anew and loses nothing acknowledged", async () => {
    const { id } = await client.call('unit.add', { name: '甲' });
    const [deadly, beside] = await Promise.all([
      refusalOf(client.call('unit.add', { name: '乙', kind: DEADLY_KIND })),
      refusalOf(client.call('unit.add', { name: '丙' })),
    ]);
    expect([deadly.code, beside.code]).toEqual(['fault', 'fault']);
    expect(deadly.data).toMatchObject({ lane: 'write', log: path.join(folder, 'config', 'gewu.log') });
    expect(readFileSync(path.join(folder, 'config', 'gewu.log'), 'utf8')).toContain('The write lane stopped');
    const after = await client.call('unit.add', { name: '丁' });
    expect(after.id).toBe(id + 1);
    expect((await client.call('unit.list', { limit: 9 })).units.map((unit) => unit.name)).toEqual(['丁', '甲']);
  });

  it('acknowledges an edit while a delivery is staged, and keeps it when that is stopped', async () => {
    const stop = new AbortController();
    const job = refusalOf(client.call('delivery.stage', longDelivery(15_000), { signal: stop.signal }));
    await underWay('delivery.stage');
    await client.call('unit.add', { name: '甲' });
    stop.abort();
    expect((await job).code).toBe('cancelled');
    expect((await client.call('unit.list', { limit: 9 })).total).toBe(1);
    expect((await client.call('batch.list', {})).length).toBe(0);
    const tasks = await client.call('task.list', {});
    expect(tasks.find((task) => task.method === 'delivery.stage')).toMatchObject({ state: 'cancelled' });
  });

  it('reads what was committed last while a delivery is accepted, and nothing half', async () => {
    const { batches } = await client.call('delivery.stage', longDelivery(8_000));
    const id = batches[0]?.id ?? 0;
    const accept = client.call('batch.accept', { id, piles: ['new'] });
    const seen = new Set<number>();
    let done = false;
    void accept.finally(() => (done = true));
    while (!done) seen.add((await client.call('stats.get', {})).components);
    await accept;
    seen.add((await client.call('stats.get', {})).components);
    expect([...seen].toSorted((a, b) => a - b)).toEqual([0, 8_000]);
  });

  it('shows a command as waiting while an accept holds the lane, and answers it after', async () => {
    const { batches } = await client.call('delivery.stage', longDelivery(8_000));
    const accept = client.call('batch.accept', { id: batches[0]?.id ?? 0, piles: ['new'] });
    await underWay('batch.accept');
    const order: string[] = [];
    await Promise.all([
      accept.then(() => order.push('accept')),
      client.call('unit.add', { name: '甲' }).then(() => order.push('edit')),
    ]);
    expect(order).toEqual(['accept', 'edit']);
  });

  it('stops an accept before its commit and leaves nothing', async () => {
    const { batches } = await client.call('delivery.stage', longDelivery(8_000));
    const stop = new AbortController();
    const id = batches[0]?.id ?? 0;
    const accept = refusalOf(client.call('batch.accept', { id, piles: ['new'] }, { signal: stop.signal }));
    await underWay('batch.accept');
    stop.abort();
    expect((await accept).code).toBe('cancelled');
    expect((await client.call('stats.get', {})).components).toBe(0);
    expect((await client.call('batch.get', { id })).state).toBe('staged');
    expect((await client.call('history.list', { offset: 0, limit: 9 })).total).toBe(0);
  });

  it('never starts what was stopped while it waited', async () => {
    const first = new AbortController();
    const second = new AbortController();
    const one = refusalOf(client.call('delivery.stage', longDelivery(8_000), { signal: first.signal }));
    const two = refusalOf(client.call('check.run', {}, { signal: second.signal, taskId: 'waiting-check' }));
    second.abort();
    await underWay('delivery.stage');
    first.abort();
    expect([(await one).code, (await two).code]).toEqual(['cancelled', 'cancelled']);
    const states = events.flatMap((e) => (e.event === 'task' && e.task.id === 'waiting-check' ? [e.task.state] : []));
    expect(states).toEqual(['waiting', 'cancelled']);
  });

  it('tells progress at most ten times a second and a stage', async () => {
    await client.call('delivery.stage', longDelivery(8_000));
    const told = events.flatMap((e) => (e.event === 'task' && e.task.method === 'delivery.stage' ? [e.task] : []));
    const [first, last] = [told[0]?.startedAt ?? 0, Date.now()];
    const stages = new Set(told.map((task) => task.stage)).size;
    // Each stage may tell its beginning and its end besides.
    expect(told.length).toBeLessThanOrEqual(((last - first) / 1000) * 10 + 3 * stages + 3);
  });

  it('refuses to change the project under a running job', async () => {
    const stop = new AbortController();
    const job = refusalOf(client.call('delivery.stage', longDelivery(8_000), { signal: stop.signal }));
    await underWay('delivery.stage');
    expect((await refusalOf(client.call('project.close', {}))).code).toBe('busy');
    stop.abort();
    await job;
  });

  it('closes to one file, also in the middle of a job', async () => {
    const job = refusalOf(client.call('delivery.stage', longDelivery(15_000)));
    await underWay('delivery.stage');
    await engine.close();
    expect((await job).code).toBe('cancelled');
    for (const suffix of ['-wal', '-shm', '-journal'])
      expect(existsSync(path.join(folder, `p.gpkg${suffix}`))).toBe(false);
  });
});
