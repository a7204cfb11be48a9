import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, chromium, type Page } from 'playwright-core';
import { buildAll } from '../../tools/build/build.ts';
import { installedElectron } from '../../tools/machine/electron.ts';
import { root } from '../root.ts';
import { ended, startChromium, startMain, until, type Main } from './processes.ts';

/** A running shell with its first page: what a journey needs, whichever shell it is. */
export interface Launched {
  page: Page;
  /** The account's home folder. */
  home: string;
  /** Quits the app, waits for it, and removes everything made for it, but a `home` that was given. */
  close(): Promise<void>;
}

export interface StandIn extends Launched {
  /** Asks the stand-in's main process; see stand-in/control.ts. */
  order: Main['order'];
  complaints: Main['complaints'];
  /** The exit code, once the app has ended. */
  ended: Promise<number>;
}

export interface LaunchOptions {
  /** Arguments as a person would give them: files to open, `--by NAME`. */
  args?: string[];
  /** A home folder of one's own, empty and made for this launch otherwise. */
  home?: string;
}

/** GEWU_DIST names another folder of built files, to try a build without touching the one everybody uses. */
const dist = process.env['GEWU_DIST'] ?? path.join(root, 'dist');
const entry = path.join(dist, 'electron', 'main.js');

let building: Promise<void> | null = null;

/** Once for all launches of a test file: they all run the same build. */
function built(): Promise<void> {
  building ??= process.env['GEWU_DIST'] === undefined ? buildAll() : Promise.resolve();
  return building;
}

/**
 * Runs the built shell on the stand-in: main, preload and engine as they ship, the module `electron` played by stand-in/, pages in a real
 * Chromium. It proves how they are wired, not that Electron runs them.
 * @throws Error with what the shell wrote to stderr when no page appears
 */
export async function launchStandIn(options: LaunchOptions = {}): Promise<StandIn> {
  await built();
  const folder = mkdtempSync(path.join(tmpdir(), 'gewu-stand-in-'));
  const home = options.home ?? path.join(folder, 'home');
  const browser = await startChromium(path.join(folder, 'browser'));
  const main = startMain({ entry, args: options.args ?? [], folder, home, browser: browser.address });
  const viewer = await chromium.connectOverCDP(browser.address);
  const close = async () => {
    // Quitting may already be under way, or over: then there is nobody left to take the order.
    if (main.process.connected) await main.order('quit').catch(() => undefined);
    await main.ended;
    await viewer.close();
    browser.process.kill();
    await ended(browser.process);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const page = await until(
      () =>
        viewer
          .contexts()[0]
          ?.pages()
          .find((one) => one.url().includes('gewu.app.invalid')),
      () => `The stand-in shows no page. ${main.complaints()}`,
      () => main.process.exitCode !== null,
    );
    return { page, home, close, order: main.order, complaints: main.complaints, ended: main.ended };
  } catch (error) {
    main.process.kill('SIGKILL');
    await close();
    throw error;
  }
}

/** A second start of the app while another runs: what it hands over, and how it ends. */
export async function startSecond(args: string[], home: string): Promise<{ handedOver: unknown; code: number }> {
  await built();
  const folder = mkdtempSync(path.join(tmpdir(), 'gewu-stand-in-'));
  const main = startMain({ entry, args, folder, home, browser: null });
  const code = await main.ended;
  rmSync(folder, { recursive: true, force: true });
  return { handedOver: main.handedOver(), code };
}

/** Whether this machine can show a window of the real Electron. */
export function hasElectron(): boolean {
  const display = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  return display && installedElectron() !== null;
}

/** The same shell on the real Electron. @throws Error where its runtime is not installed; see `hasElectron` */
export async function launchElectron(options: LaunchOptions = {}): Promise<Launched> {
  const program = installedElectron();
  if (program === null || !existsSync(program)) throw new Error("Electron's runtime is not installed.");
  await built();
  const folder = mkdtempSync(path.join(tmpdir(), 'gewu-electron-'));
  const home = options.home ?? folder;
  const inherited = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const app = await _electron.launch({
    executablePath: program,
    args: [entry, ...(options.args ?? [])],
    env: { ...Object.fromEntries(inherited), HOME: home, GEWU_CONFIG_DIR: path.join(folder, 'config') },
  });
  return {
    page: await app.firstWindow(),
    home,
    async close() {
      await app.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
