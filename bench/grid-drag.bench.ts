import type { Page } from 'playwright-core';
import { medianOf } from './bench.ts';
import { copyOf, sampleFile } from './page/cached-file.ts';
import { percentile, record, summary, STALL_MS } from './page/frames.ts';
import { dragAbout, nodeNear, onScreen, timeSteps, zoomAbout } from './page/grid-acts.ts';
import { middleOf, type Place } from './page/map-acts.ts';
import { peerData, peerModify } from './page/peers.ts';
import { openWindow } from './page/window.ts';

const SAMPLE = 14_208;
const MAP = '.map-slot .map-canvas';
/** Pixels a node is dragged about. */
const BY = 14;

/** Dragging a node of the tiling in the window: what one step of the pointer costs, and how long until it is kept. */
export async function run(print: (line: string) => void): Promise<void> {
  const sample = await sampleFile(SAMPLE);
  const data = peerData(sample);
  const copy = copyOf(sample);
  const app = await openWindow(copy.path);
  try {
    const { page } = app;
    await page.locator('.rail-item', { hasText: '网格' }).click();
    const middle = await middleOf(page, MAP);
    await page.locator('.map-canvas').first().focus();
    await page.keyboard.press('0');
    await page.waitForTimeout(1500);
    await zoomAbout(page, middle, 5000);
    await page.waitForTimeout(1500);
    const screen = await onScreen(page, middle);
    const from = screen.pixelOf(await nodeNear(page, screen, middle));
    print('\nA node of the unit grids dragged about, 80 steps; ms a step in the page');
    const peer = await peerModify(app.browser, data, (other, at) => steps(other, at));
    tell(print, 'peer: OpenLayers Modify over all grids', peer, peer);
    await page.bringToFront();
    tell(print, 'preview: the same function as the commit', await steps(page, from), peer);
    print(`  ${'from letting go until it is in the file'.padEnd(46)} ${(await commit(page)).toFixed(0).padStart(8)}`);
  } finally {
    await app.close();
    copy.remove();
  }
}

interface Steps {
  steps: number[];
  worst: number;
  verdict: string;
}

async function steps(page: Page, from: Place): Promise<Steps> {
  let taken: number[] = [];
  const frames = await record(page, 'drag', async () => {
    taken = await timeSteps(page, () => dragAbout(page, from, BY));
  });
  const { worst, verdict } = summary(frames);
  return { steps: taken, worst, verdict };
}

/** Lets go and waits for the engine's word that it is committed. Milliseconds. */
async function commit(page: Page): Promise<number> {
  const done = page.waitForResponse((response) => response.request().postData()?.includes('"grid.edit"') === true);
  const started = performance.now();
  await page.mouse.up();
  await done;
  return performance.now() - started;
}

function tell(print: (line: string) => void, name: string, own: Steps, peer: Steps): void {
  const median = medianOf([...own.steps]);
  const cells = [median, percentile(own.steps, 0.95), Math.max(...own.steps)].map((ms) => ms.toFixed(2).padStart(8));
  const ratio = (median / medianOf([...peer.steps])).toFixed(2);
  print(
    `  ${name.padEnd(46)} ${cells.join(' ')}  median, p95, worst; ${ratio} × peer; worst gap ${own.worst.toFixed(0)} ms ` +
      (own === peer ? '' : `${own.verdict} (${STALL_MS} ms)`),
  );
}
