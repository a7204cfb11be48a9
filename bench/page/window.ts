import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '../../tools/machine/chromium.ts';

const root = join(import.meta.dirname, '..', '..');
/** Drawing by the processor, as on a desk without a graphics card. */
const FLAGS = ['--disable-gpu', '--no-sandbox', '--disable-background-networking', '--disable-component-update'];

export interface AppWindow {
  page: Page;
  browser: Browser;
  close(): Promise<void>;
}

/** Opens a project in the built page, served by the loopback shell, at 1440 × 900. @throws Error where something to run it is missing */
export async function openWindow(project: string): Promise<AppWindow> {
  const program = findChromium();
  if (program === null) throw new Error('No Chromium was found; name one in GEWU_CHROMIUM.');
  if (!existsSync(join(root, 'dist', 'ui', 'index.html'))) throw new Error('The page is not built: npx vite build.');
  const config = mkdtempSync(join(tmpdir(), 'gewu-bench-config-'));
  const server = spawn(
    process.execPath,
    [join(root, 'src', 'server', 'main.ts'), project, '--no-open', '--by', 'bench'],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, GEWU_CONFIG_DIR: config } },
  );
  const address = await launchAddress(server);
  const browser = await chromium.launch({ executablePath: program, args: FLAGS });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(address);
  await ask(page, 'app.setPerson', { name: 'bench' });
  await page.reload();
  await page.locator('.map canvas').first().waitFor({ state: 'attached', timeout: 60_000 });
  return {
    page,
    browser,
    async close() {
      await browser.close();
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await ended;
      rmSync(config, { recursive: true, force: true });
    },
  };
}

/** Asks the engine from within the page. @throws Error with the engine's words when it refuses */
export function ask(page: Page, method: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    async (call) => {
      const answer = await fetch('/call', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id: crypto.randomUUID(), window: 'bench', ...call }),
      });
      const reply = (await answer.json()) as { ok: boolean; value?: unknown; error?: { message: string } };
      if (!reply.ok) throw new Error(reply.error?.message ?? 'The engine refused.');
      return reply.value;
    },
    { method, input },
  );
}

function launchAddress(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.once('exit', () => reject(new Error(`The server ended: ${said}`)));
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const found = /http:\S+/u.exec(said);
      if (found !== null) resolve(found[0]);
    });
  });
}
