import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { buildAll } from '../../tools/build/build.ts';
import { findChromium } from '../../tools/machine/chromium.ts';
import type { Launched } from '../electron/launch.ts';
import { root } from '../root.ts';
import { setTimeout as pause } from 'node:timers/promises';

export interface LaunchServerOptions {
  /** A project to open at the start. */
  project?: string;
  /** The name changes carry; without it the page asks. */
  by?: string;
  viewport?: { width: number; height: number };
}

export const WIDE = { width: 1440, height: 900 };
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
];
/** Page and engine stand in the same place. */
const ZONE = 'Asia/Shanghai';
const STOP_MS = 15_000;

/** Runs the loopback server in a home of its own and opens its page in a Chromium: what `npm start` does where there is no Electron. */
export async function launchServer(options: LaunchServerOptions = {}): Promise<Launched> {
  const program = findChromium();
  if (program === null) throw new Error('The journeys need a Chromium: apt-get install chromium.');
  await buildAll();
  const folder = mkdtempSync(path.join(tmpdir(), 'gewu-journey-'));
  const home = path.join(folder, 'home');
  mkdirSync(home);
  const server = await startServer(folder, home, options);
  const browser = await chromium.launch({ executablePath: program, args: FLAGS });
  const context = await browser.newContext({
    viewport: options.viewport ?? WIDE,
    deviceScaleFactor: 1,
    locale: 'zh-CN',
    timezoneId: ZONE,
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  const page = await openPage(context, server.address);
  return {
    page,
    home,
    async close() {
      await browser.close();
      await stop(server.process);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function openPage(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(address);
  return page;
}

interface Server {
  process: ChildProcess;
  address: string;
}

/** @throws Error with what the server wrote when it ends before it serves */
async function startServer(folder: string, home: string, { project, by }: LaunchServerOptions): Promise<Server> {
  const args = [path.join(root, 'src/server/main.ts'), '--no-open'];
  if (by !== undefined) args.push('--by', by);
  if (project !== undefined) args.push(project);
  const child = spawn(process.execPath, args, {
    env: { ...process.env, TZ: ZONE, HOME: home, USERPROFILE: home, GEWU_CONFIG_DIR: path.join(folder, 'config') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (part: Buffer) => {
      said += part.toString();
      const address = /http:\/\/\S+/u.exec(said)?.[0];
      if (address !== undefined) resolve({ process: child, address });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`The server ended with ${String(code)}: ${said}`)));
  });
}

/** A server that does not stop when told to is a fault, not something to wait for. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', () => resolve(true)));
  child.kill('SIGTERM');
  const stopped = await Promise.race([ended, pause(STOP_MS, false, { ref: false })]);
  if (stopped === true) return;
  child.kill('SIGKILL');
  throw new Error('The server did not stop.');
}
