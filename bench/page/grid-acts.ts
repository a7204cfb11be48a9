import type { Page } from 'playwright-core';
import type { Position } from '../../src/model/geometry/types.ts';
import { scaleNow, wheel, type Place } from './map-acts.ts';
import { ask } from './window.ts';

/** Where the plane of the project lies on the screen. */
export interface OnScreen {
  pixelOf(at: Position): Place;
  /** Metres a pixel. */
  resolution: number;
}

/** The coordinates the status bar tells for a place of the pointer. */
async function coordinatesAt(page: Page, { x, y }: Place): Promise<Position> {
  await page.mouse.move(x + 3, y + 3);
  await page.waitForTimeout(120);
  await page.mouse.move(x, y);
  await page.waitForTimeout(250);
  const text = await page.locator('.st-en').innerText();
  const [east, north] = text
    .replaceAll(/[^\d.N]/gu, '')
    .split('N')
    .map(Number);
  if (east === undefined || north === undefined || !(east > 0 && north > 0))
    throw new Error(`No coordinates in “${text}”.`);
  return [east, north];
}

/** Learns from two places of the pointer where things are. */
export async function onScreen(page: Page, middle: Place): Promise<OnScreen> {
  const other = { x: middle.x + 200, y: middle.y + 100 };
  const [first, second] = [await coordinatesAt(page, middle), await coordinatesAt(page, other)];
  const resolution = (second[0] - first[0]) / (other.x - middle.x);
  return {
    resolution,
    pixelOf: ([x, y]) => ({ x: middle.x + (x - first[0]) / resolution, y: middle.y - (y - first[1]) / resolution }),
  };
}

/** Goes nearer, or away, until the scale is about 1 : `scale`. */
export async function zoomAbout(page: Page, at: Place, scale: number): Promise<void> {
  for (let i = 0; i < 60; i++) {
    const now = await scaleNow(page);
    if (now > 0 && now <= scale && now > scale / 2.2) return;
    await wheel(page, at, now > scale ? -1 : 1, 320);
  }
  throw new Error(`The scale 1 : ${scale} was not reached.`);
}

interface Face {
  communityCode: string | null;
  /** Polygons → rings → positions. */
  rings: Position[][][];
}

/** A node where three grids or more of one community meet, the nearest to a place of the screen: on a community's border it may not be moved alone. */
export async function nodeNear(page: Page, screen: OnScreen, middle: Place): Promise<Position> {
  const reach = 110 * screen.resolution;
  const [x, y] = await coordinatesAt(page, middle);
  const bbox = [x - reach, y - reach, x + reach, y + reach];
  const { faces } = (await ask(page, 'grid.network', { bbox })) as { faces: Face[] };
  const corners = faces.flatMap(({ rings, communityCode }) =>
    rings.flat().flatMap((ring) => ring.slice(0, -1).map((at) => ({ at, communityCode }))),
  );
  const nodes = [...Map.groupBy(corners, ({ at }) => at.join(' ')).values()]
    .filter((same) => same.length >= 3 && new Set(same.map((one) => one.communityCode)).size === 1)
    .flatMap(([first]) => (first === undefined ? [] : [first.at]));
  nodes.sort((a, b) => Math.hypot(a[0] - x, a[1] - y) - Math.hypot(b[0] - x, b[1] - y));
  const [nearest] = nodes;
  if (nearest === undefined) throw new Error('No node of three grids of one community is on the screen.');
  return nearest;
}

declare global {
  var gewuSteps: number[] | undefined;
}

/** Times in the page what one move of the pointer costs, from the first listener to the last. */
export async function timeSteps(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const steps: number[] = [];
    globalThis.gewuSteps = steps;
    let began = 0;
    window.addEventListener('pointermove', () => (began = performance.now()), { capture: true });
    window.addEventListener('pointermove', () => steps.push(performance.now() - began));
  });
  await act();
  return page.evaluate(() => globalThis.gewuSteps ?? []);
}

/** Presses at a place, goes there and about in small steps, and stays pressed. */
export async function dragAbout(page: Page, from: Place, by: number): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.waitForTimeout(200);
  await page.mouse.down();
  for (const [dx, dy] of [
    [by, by / 2],
    [-by / 2, by],
    [-by, -by / 3],
    [by / 2, by / 3],
  ] as const) {
    await page.mouse.move(from.x + dx, from.y + dy, { steps: 20 });
  }
}
