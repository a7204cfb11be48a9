import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { openProject } from '../../src/project/open.ts';
import { dump } from '../../src/project/dump.ts';
import { TODAY } from '../../src/project/testing.ts';
import { systemPython } from '../../tools/machine/machine.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** A folder gone at the end of the test file. */
export function scratch(name: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), `gewu-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Ran {
  status: number | null;
  out: string;
  err: string;
}

/** The command line as a process of its own, in `folder`. */
export function gewu(folder: string, args: string[]): Promise<Ran> {
  const env = { ...process.env, GEWU_CONFIG_DIR: path.join(folder, 'config'), LC_ALL: 'C' };
  const child = spawn(process.execPath, ['--no-warnings', MAIN, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ran: Ran = { status: null, out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (part: string) => (ran.out += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (ran.err += part));
  return new Promise((resolve) => {
    child.on('close', (status) => resolve({ ...ran, status }));
  });
}

/** Runs with --json and answers the one document. @throws Error with everything said, for another exit status than 0 */
export async function gewuJson<T>(folder: string, args: string[]): Promise<T> {
  const ran = await gewu(folder, [...args, '--json']);
  if (ran.status !== 0) throw new Error(`gewu ${args.join(' ')} ended with ${ran.status}: ${ran.err}${ran.out}`);
  return JSON.parse(ran.out) as T;
}

/** Runs another program and answers what it printed. @throws Error with a sentence where it is missing or fails */
export function foreign(program: string, args: string[], input = ''): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONWARNINGS: 'ignore' },
  });
  if (error !== undefined && 'code' in error && error.code === 'ENOENT')
    throw new Error(
      `${program} is not installed (Debian: apt install gdal-bin python3-gdal python3-shapely python3-openpyxl)`,
    );
  if (status !== 0)
    throw new Error(`${program} ${args.join(' ').slice(0, 200)} ended with ${status}: ${stderr}${stdout}`);
  return stdout;
}

/** Runs a Python script that prints one JSON document. */
export function python(script: string, ...args: string[]): unknown {
  return JSON.parse(foreign(systemPython, ['-', ...args], script));
}

/** Every row of every layer and attribute table. */
export function dumpOf(project: string): string {
  const file = openProject(project, { mode: 'read', today: TODAY });
  try {
    return dump(file.db);
  } finally {
    file.close();
  }
}

/** Runs at most two at a time: the machine may have no more processors, and each is a process with threads of its own. */
export async function pairwise<T>(jobs: (() => Promise<T>)[]): Promise<T[]> {
  const done: T[] = [];
  const next = jobs.entries();
  const work = async () => {
    for (const [i, job] of next) done[i] = await job();
  };
  await Promise.all([work(), work()]);
  return done;
}
