import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { createClient, type Client, type Reply } from '../../src/api/client.ts';
import type { Position } from '../../src/model/geometry/types.ts';

/** Errors and warnings of the page from now on, failed requests too. */
export function hearComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  return complaints;
}

/** What the page looked like when a step failed, in the folder for temporary files. */
export function pictureFailures(page: () => Page): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const folder = path.join(tmpdir(), 'gewu-failed-journeys');
    mkdirSync(folder, { recursive: true });
    await page().screenshot({ path: path.join(folder, `${task.name.replaceAll(/\W+/gu, ' ')}.png`) });
  });
}

/** The engine behind a page of the loopback server, by the page's own session. */
export function clientOfServer(page: Page): Client {
  return createClient(
    {
      send: (request) =>
        page.evaluate(async (body) => {
          const headers = { 'content-type': 'application/json' };
          const response = await fetch('/call', { method: 'POST', headers, body: JSON.stringify(body) });
          return (await response.json()) as Reply;
        }, request),
      cancel: () => undefined,
      listen: () => () => undefined,
    },
    'journey',
  );
}

/** Goes to a screen by its item on the rail. */
export async function goTo(page: Page, screen: string): Promise<void> {
  await page.locator('nav.rail .rail-item', { hasText: screen }).click();
  await page.locator('nav.rail [aria-current=page]', { hasText: screen }).waitFor();
}

/** Answers 'who are you' when it is asked, which happens once an account. */
export async function tellName(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(name);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

/** Where places of the project CRS lie on the screen. */
export interface MapScreen {
  pixelOf(at: Position): [x: number, y: number];
  metresPerPixel: number;
}

/** In the title bar, where the pointer means nothing. */
const AWAY = [300, 8] as const;
/** A busy machine may take its time; a wrong answer stays wrong. */
export const SOON = { timeout: 30_000 };
const COORDINATE = /E\s*([\d ]+\.\d+)\s*N\s*([\d ]+\.\d+)/u;

/** Reads the coordinates the status bar shows under the pointer at two places; between them the map is linear. */
export async function readMap(page: Page): Promise<MapScreen> {
  await settleMap(page);
  const box = await mapBox(page);
  const [ax, ay] = [Math.round(box.x + box.width * 0.3), Math.round(box.y + box.height * 0.3)];
  const [bx, by] = [Math.round(box.x + box.width * 0.65), Math.round(box.y + box.height * 0.6)];
  const [aEast, aNorth] = await coordinateAt(page, ax, ay);
  const [bEast, bNorth] = await coordinateAt(page, bx, by);
  const [perX, perY] = [(bx - ax) / (bEast - aEast), (by - ay) / (bNorth - aNorth)];
  return {
    pixelOf: ([east, north]) => [ax + (east - aEast) * perX, ay + (north - aNorth) * perY],
    metresPerPixel: 1 / perX,
  };
}

async function mapBox(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await page.locator('.map-canvas').boundingBox();
  if (box === null) throw new Error('There is no map on this screen.');
  return box;
}

async function coordinateAt(page: Page, x: number, y: number): Promise<Position> {
  const shown = page.locator('.statusbar .code').first();
  const read = async () => COORDINATE.exec((await shown.textContent()) ?? '');
  // Away from the map none are shown; the first ones after that are those of the one place pointed at.
  await page.mouse.move(...AWAY);
  await expect.poll(read, SOON).toBeNull();
  await page.mouse.move(x, y);
  await expect.poll(read, SOON).not.toBeNull();
  const found = await read();
  const [east, north] = [found?.[1], found?.[2]].map((text) => Number(text?.replaceAll(/\s/gu, '')));
  if (east === undefined || north === undefined) throw new Error('The status bar shows no coordinates.');
  return [east, north];
}

/** The map has come to rest when its scale and its picture stay as they are. */
export async function settleMap(page: Page): Promise<void> {
  await page.mouse.move(...AWAY);
  const scale = page.locator('.statusbar');
  let before = '';
  await expect
    .poll(
      async () => {
        const now = `${await scale.textContent()}`;
        const same = now === before;
        before = now;
        return same;
      },
      { ...SOON, interval: 250 },
    )
    .toBe(true);
}

/** Presses what makes the browser download something, and answers where it lies. */
export async function downloaded(page: Page, press: () => Promise<void>): Promise<{ name: string; path: string }> {
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), press()]);
  return { name: download.suggestedFilename(), path: await download.path() };
}

/** Drops files on the middle of the window, as a file manager does. */
export async function drop(page: Page, files: readonly string[]): Promise<void> {
  const pointer = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 720 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const data = { items: [], files: [...files], dragOperationsMask: 1 };
    await pointer.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
  }
  await pointer.detach();
}

/** The number a person reads in a text such as '14,208' or '82.4'. */
export function numberIn(text: string | null): number {
  return Number((text ?? '').replaceAll(/[^\d.]/gu, ''));
}

/** The value beside a name in the inspector's lists. */
export function valueBeside(page: Page, name: string): Locator {
  return page.locator(`aside.side dt:text-is("${name}") + dd`);
}
