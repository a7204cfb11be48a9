import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient, type Client } from '../../src/api/client.ts';
import type { EngineEvent } from '../../src/api/contract.ts';
import type { FileRef } from '../../src/api/shared.ts';
import { httpTransport } from '../../src/api/http.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import { covers, SCHEME } from './district.ts';

let folder: string;
let project: string;
const running: ChildProcess[] = [];

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'gewu-kill-'));
  project = path.join(folder, 'p.gpkg');
  await withEngine(async (client, engine) => {
    const place = { folder: engine.files.add(folder), name: 'p' };
    await client.call('project.new', { ...place, district: '110108', crs: 'EPSG:4548', scheme: SCHEME });
  });
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function withEngine<T>(work: (client: Client, engine: Engine) => Promise<T>): Promise<T> {
  const engine = createEngine({ shell: 'cli', version: '0', configDir: path.join(folder, 'config'), person: '李静' });
  try {
    const transport = {
      send: (request: Parameters<Engine['handle']>[0]) => engine.handle(request),
      cancel: (id: string) => engine.cancel(id),
      listen: (hear: (event: EngineEvent) => void) => engine.listen(hear),
    };
    return await work(createClient(transport, 'test'), engine);
  } finally {
    await engine.close();
  }
}

interface Served {
  child: ChildProcess;
  client: Client;
  upload: (file: string, text: string) => Promise<FileRef>;
}

/** The real server in a process of its own. */
async function serve(): Promise<Served> {
  const main = fileURLToPath(new URL('../../src/server/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, project, '--no-open', '--by', '王强'], {
    env: { ...process.env, GEWU_CONFIG_DIR: path.join(folder, 'config') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.on('exit', () => reject(new Error('The server ended before it said where it is.')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /http:\S+/u.exec(line)?.[0];
      if (found !== undefined) resolve(found);
    });
  });
  const launched = await fetch(url, { redirect: 'manual' });
  const cookie = (launched.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const withCookie: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('cookie', cookie);
    return fetch(input, { ...init, headers });
  };
  const { origin } = new URL(url);
  const client = createClient(httpTransport({ origin, fetch: withCookie }), 'window');
  const upload = async (name: string, body: string) => {
    const headers = { 'content-type': 'application/octet-stream' };
    const answer = await withCookie(`${origin}/files?name=${name}`, { method: 'POST', headers, body });
    return (await answer.json()) as FileRef;
  };
  return { child, client, upload };
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.on('exit', (code) => resolve(code));
  });

describe('the server as a process', () => {
  it('keeps an edit acknowledged during a job, though the job is stopped and the process killed', async () => {
    const { child, client, upload } = await serve();
    const file = await upload('long.csv', covers(15_000, ''));
    const events: EngineEvent[] = [];
    client.listen((event) => events.push(event));
    const stop = new AbortController();
    const plans = [{ file: 'long.csv', table: 'long', crs: 'EPSG:4548' }];
    const job = client.call('delivery.stage', { files: [file], as: 'component', plans }, { signal: stop.signal });
    const outcome = job.then(
      () => 'done',
      (error: unknown) => (error as { code?: string }).code,
    );
    await expect
      .poll(() => events.some((e) => e.event === 'task' && e.task.state === 'running'), { timeout: 20_000 })
      .toBe(true);
    const unit = await client.call('unit.add', { name: '甲' });
    stop.abort();
    await outcome;
    child.kill('SIGKILL');
    await ended(child);

    await withEngine(async (again, engine) => {
      const opened = await engine.openPath(project);
      expect(opened.counts).toMatchObject({ unit: 1, component: 0 });
      const { revisions } = await again.call('history.list', { offset: 0, limit: 9 });
      expect(revisions.map(({ id, person, command }) => [id, person, command])).toEqual([
        [unit.revision, '王强', 'unit.add'],
      ]);
      expect(await again.call('batch.list', {})).toEqual([]);
    });
  });

  it('sweeps what a killed job had staged, and opens whole', async () => {
    const { child, client, upload } = await serve();
    const file = await upload('long.csv', covers(15_000, ''));
    const events: EngineEvent[] = [];
    client.listen((event) => events.push(event));
    const plans = [{ file: 'long.csv', table: 'long', crs: 'EPSG:4548' }];
    void client.call('delivery.stage', { files: [file], as: 'component', plans }).catch(() => undefined);
    await expect.poll(() => events.some((e) => e.event === 'task' && e.task.done > 0), { timeout: 20_000 }).toBe(true);
    child.kill('SIGKILL');
    await ended(child);
    await withEngine(async (again, engine) => {
      await engine.openPath(project);
      expect(await again.call('batch.list', {})).toEqual([]);
    });
    expect(readdirSync(folder).filter((name) => /-(wal|shm|journal)$/u.test(name))).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('closes the project to one file on %s', async (signal) => {
    const { child, client } = await serve();
    await client.call('unit.add', { name: '甲' });
    expect(existsSync(`${project}-wal`)).toBe(true);
    child.kill(signal);
    expect(await ended(child)).toBe(0);
    expect(readdirSync(folder).filter((name) => name.startsWith('p.gpkg'))).toEqual(['p.gpkg']);
  });

  it('says in one sentence who has a project open', async () => {
    await serve();
    const main = fileURLToPath(new URL('../../src/server/main.ts', import.meta.url));
    const second = spawn(process.execPath, [main, project, '--no-open'], { stdio: ['ignore', 'ignore', 'pipe'] });
    running.push(second);
    let said = '';
    second.stderr.on('data', (part: Buffer) => (said += part.toString()));
    expect(await ended(second)).toBe(2);
    expect(said).toContain('in use by 王强');
  });
});
