import { fork, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findChromium } from '../../tools/machine/chromium.ts';
import type { Order, Orders } from './stand-in/control.ts';

const START_MS = 30_000;
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0',
];

/** Asks again until there is an answer. @throws Error with `why()` when there is none in time or `over()` says it is no use */
export async function until<T>(
  look: () => T | undefined,
  why: () => string,
  over: () => boolean = () => false,
): Promise<T> {
  for (let waited = 0; waited < START_MS && !over(); waited += 50) {
    const found = look();
    if (found !== undefined) return found;
    await pause(50);
  }
  throw new Error(why());
}

export interface Browser {
  process: ChildProcess;
  /** Of its debugging port, which the stand-in and the test both use. */
  address: string;
}

export async function startChromium(folder: string): Promise<Browser> {
  const program = findChromium();
  if (program === null) throw new Error('The stand-in needs a Chromium: apt-get install chromium.');
  const child = spawn(program, [...FLAGS, `--user-data-dir=${folder}`, 'about:blank'], { stdio: 'ignore' });
  const note = path.join(folder, 'DevToolsActivePort');
  const port = await until(
    () => (existsSync(note) ? readFileSync(note, 'utf8').split('\n')[0] : undefined) || undefined,
    () => 'Chromium did not start.',
    () => child.exitCode !== null,
  );
  return { process: child, address: `http://127.0.0.1:${port}` };
}

export function ended(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

export interface Main {
  process: ChildProcess;
  ended: Promise<number>;
  /** What the shell and its engine wrote to stderr so far. */
  complaints: () => string;
  /** Files a second start handed over before it left. */
  handedOver: () => unknown;
  order: <N extends keyof Orders>(name: N, input?: Parameters<Orders[N]>[0]) => Promise<Awaited<ReturnType<Orders[N]>>>;
}

export interface MainOptions {
  entry: string;
  args: string[];
  folder: string;
  home: string;
  /** Of the browser's debugging port; without it this is a second start, which shows no page. */
  browser: string | null;
}

/** The stand-in's main process. Home, settings and temporary files lie in folders of its own. */
export function startMain(options: MainOptions): Main {
  const { entry, args, folder, home, browser } = options;
  mkdirSync(home, { recursive: true });
  const child = fork(new URL('./stand-in/start.ts', import.meta.url), [entry, ...args], {
    execArgv: ['--import', new URL('./stand-in/register.ts', import.meta.url).href],
    env: {
      ...process.env,
      HOME: home,
      USERPROFILE: home,
      GEWU_CONFIG_DIR: path.join(folder, 'config'),
      GEWU_STAND_IN: 'main',
      ...(browser === null ? { GEWU_STAND_IN_SECOND: '1' } : { GEWU_STAND_IN_BROWSER: browser }),
    },
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr?.on('data', (part: Buffer) => {
    complaints += part.toString();
  });
  let handedOver: unknown = null;
  let last = 0;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  child.on('message', (message: { id: number; value?: unknown; error?: string; secondInstance?: unknown }) => {
    if (message.secondInstance !== undefined) handedOver = message.secondInstance;
    else if (message.error === undefined) waiting.get(message.id)?.resolve(message.value);
    else waiting.get(message.id)?.reject(new Error(message.error));
  });
  child.once('exit', () => waiting.forEach((one) => one.reject(new Error('The stand-in has ended.'))));
  return {
    process: child,
    ended: ended(child),
    complaints: () => complaints,
    handedOver: () => handedOver,
    order: (name, input) =>
      new Promise((resolve, reject) => {
        last += 1;
        // Each order is answered by what its own function returned.
        waiting.set(last, { resolve: (value) => resolve(value as never), reject });
        child.send({ id: last, name, input } satisfies Order);
      }),
  };
}
