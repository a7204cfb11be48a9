import { COMPONENTS, sampleFile } from './page/cached-file.ts';
import { STALL_MS, summary, type Frames } from './page/frames.ts';
import { mapActs } from './page/map-acts.ts';
import { peerData, peerMap, peerTable } from './page/peers.ts';
import { tableActs } from './page/table-acts.ts';
import { openWindow } from './page/window.ts';

const MAP = '.map-slot .map-canvas';

/** The window on a large project: gaps between frames while panning, zooming, scrolling, sorting and filtering. */
export async function run(print: (line: string) => void): Promise<void> {
  const project = await sampleFile(COMPONENTS);
  const data = peerData(project);
  const app = await openWindow(project);
  try {
    await app.page.locator('.rail-item', { hasText: '部件' }).click();
    await app.page.locator('[data-grid] .g-row').first().waitFor({ timeout: 60_000 });
    const map = await sizeOf(app.page.locator(MAP));
    const table = await sizeOf(app.page.locator('[data-grid]'));
    print(`\nThe window with ${COMPONENTS} components, 1440 × 900, drawn without a graphics card; ms between frames`);
    const peers = { map: await peerMap(app.browser, data, map), table: await peerTable(app.browser, table) };
    const own = [...(await mapActs(app.page, MAP)), ...(await tableActs(app.page))];
    head(print);
    for (const one of [...peers.map, ...peers.table]) print(line(one, null));
    for (const one of own) print(line(one, peerOf(one, peers)));
    const stalls = own.filter((one) => summary(one).verdict === 'FAIL').length;
    print(`  ${stalls === 0 ? 'PASS' : 'FAIL'}: ${stalls} of ${own.length} acts with a stall over ${STALL_MS} ms`);
  } finally {
    await app.close();
  }
}

async function sizeOf(place: {
  boundingBox(): Promise<{ width: number; height: number } | null>;
}): Promise<[number, number]> {
  const box = await place.boundingBox();
  if (box === null) throw new Error('The map or the table is not on the screen.');
  return [Math.round(box.width), Math.round(box.height)];
}

/** The peer's act most like this one. */
function peerOf({ act }: Frames, peers: { map: Frames[]; table: Frames[] }): Frames | null {
  const like = act.startsWith('map: pan') ? 'pan, everything' : act.startsWith('map: zoom') ? 'zoom' : null;
  if (like !== null) return peers.map.find((peer) => peer.act.endsWith(like)) ?? null;
  const table = act.startsWith('table: sort') ? 'sort it' : act.startsWith('table: wheel') ? 'notches' : null;
  return table === null ? null : (peers.table.find((peer) => peer.act.endsWith(table)) ?? null);
}

function head(print: (text: string) => void): void {
  print(
    `  ${'act'.padEnd(52)} ${['frames', 'median', 'p95', 'worst', 'task', 'answer', '× peer'].map((text) => text.padStart(7)).join(' ')}`,
  );
}

/** `task` is the longest one on the page's main thread, `× peer` the worst gap relative to the peer's. */
function line(one: Frames, peer: Frames | null): string {
  const { act, frames, median, p95, worst, task, answered, verdict } = summary(one);
  const ratio = peer === null ? '' : (worst / summary(peer).worst).toFixed(2);
  const cells = [
    String(frames),
    median.toFixed(1),
    p95.toFixed(1),
    worst.toFixed(0),
    task === 0 ? '' : task.toFixed(0),
    answered === null ? '' : answered.toFixed(0),
    ratio,
  ];
  return `  ${act.padEnd(52)} ${cells.map((cell) => cell.padStart(7)).join(' ')}  ${act.startsWith('peer') ? '' : verdict}`;
}
