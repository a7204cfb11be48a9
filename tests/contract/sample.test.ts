import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type Client } from '../../src/api/client.ts';
import type { EngineEvent } from '../../src/api/contract.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';

const COMPONENTS = 1000;
const home = mkdtempSync(path.join(tmpdir(), 'gewu-sample-test-'));
let engine: Engine;
let client: Client;
const events: EngineEvent[] = [];

beforeAll(() => {
  engine = createEngine({
    shell: 'server',
    version: '0',
    home,
    configDir: path.join(home, 'config'),
    sampleModule: new URL('../../fixtures/district/index.ts', import.meta.url),
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
});
afterAll(async () => {
  await engine.close();
  rmSync(home, { recursive: true, force: true });
});

describe('the sample district', () => {
  it('leaves nothing behind when it is stopped', async () => {
    const stop = new AbortController();
    const made = client
      .call('project.sample', { components: COMPONENTS }, { signal: stop.signal })
      .catch((error: unknown) => error);
    await expect
      .poll(() => events.some((e) => e.event === 'task' && e.task.stage === 'matching'), { timeout: 60_000 })
      .toBe(true);
    stop.abort();
    expect(await made).toMatchObject({ code: 'cancelled' });
    expect(readdirSync(path.join(home, 'Gewu'))).toEqual([]);
    expect(await client.call('project.info', {})).toBeNull();
  });

  it('comes in through the ordinary import and is opened', async () => {
    const project = await client.call('project.sample', { components: COMPONENTS, seed: 3 });
    expect(project).toMatchObject({ name: '示例区', district: '110108', counts: { unitGrid: 8562, street: 28 } });
    const batches = await client.call('batch.list', {});
    expect(batches.every((batch) => batch.state === 'accepted')).toBe(true);
    const brought = batches.filter((batch) => batch.as === 'component');
    const rows = brought.reduce((sum, { piles }) => sum + piles.new + piles.unclear, 0);
    expect(rows + brought.reduce((sum, batch) => sum + batch.rejectedTotal, 0)).toBe(COMPONENTS);
    const stats = await client.call('stats.get', {});
    expect(stats).toMatchObject({ grids: 8562, streets: 28, components: project.counts.component });
    expect(Math.abs(stats.districtAreaM2 / 430_800_000 - 1)).toBeLessThan(0.0005);
    expect((await client.call('check.rules', {})).checkedAt).not.toBeNull();
  });

  it('is opened again as it was left, and made anew only when asked', async () => {
    await client.call('unit.add', { name: '自己加的单位' });
    await client.call('project.close', {});
    const again = await client.call('project.sample', {});
    expect((await client.call('unit.list', { text: '自己加的', limit: 5 })).total).toBe(1);
    expect(again.name).toBe('示例区');
    expect(readdirSync(path.join(home, 'Gewu')).filter((name) => name.includes('part'))).toEqual([]);
  });
});
