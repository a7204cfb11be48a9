import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { decodeGpkg } from '../../src/model/geometry/wkb.ts';
import { openProject } from '../../src/project/open.ts';
import { record, type Frames } from './frames.ts';
import { pan, wheel } from './map-acts.ts';
import type { PeerData } from './peer-map.ts';

const POINTS = 20_000;
const ROWS = 5_000;
const CELLS = 12;
const ORIGIN = 'http://peer.localhost';

/** The grids and some components of the same file, for the layers the peer draws. To be read before the window opens the file. */
export function peerData(path: string): PeerData {
  const file = openProject(path, { mode: 'read', today: '2026-11-23', person: 'bench' });
  const shapes = (sql: string) =>
    file.db
      .prepare<[], { geom: Uint8Array }>(sql)
      .all()
      .map(({ geom }) => decodeGpkg(geom).shape);
  const polygons = shapes("SELECT geom FROM unit_grid WHERE status = 'active'");
  const points = shapes(`SELECT geom FROM component WHERE geom IS NOT NULL ORDER BY id LIMIT ${POINTS}`);
  file.close();
  return {
    polygons: polygons.flatMap((shape) => (shape?.type === 'MultiPolygon' ? [shape.coordinates] : [])),
    points: points.flatMap((shape) => (shape?.type === 'Point' ? [shape.coordinates] : [])),
  };
}

async function bundled(): Promise<string> {
  const bundle = await rolldown({ input: join(import.meta.dirname, 'peer-map.ts'), logLevel: 'silent' });
  const { output } = await bundle.generate({ format: 'iife' });
  await bundle.close();
  return output[0].code;
}

async function peerPage(
  browser: Browser,
  answers: Record<string, { type: string; body: string }>,
  path = '/',
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.route(`${ORIGIN}/**`, (route) => {
    const answer = answers[new URL(route.request().url()).pathname];
    return answer === undefined
      ? route.fulfill({ status: 404 })
      : route.fulfill({ contentType: answer.type, body: answer.body });
  });
  await page.goto(`${ORIGIN}${path}`);
  return page;
}

async function mapPage(
  browser: Browser,
  data: PeerData,
  [width, height]: [number, number],
  path: string,
): Promise<Page> {
  const style = `margin:0;width:${width}px;height:${height}px`;
  const body = `<body style="margin:0"><div id="map" style="${style}"></div><script src="/map.js"></script>`;
  const answers = {
    [path]: { type: 'text/html', body },
    '/map.js': { type: 'text/javascript; charset=utf-8', body: await bundled() },
    '/peer.json': { type: 'application/json', body: JSON.stringify(data) },
  };
  const page = await peerPage(browser, answers, path);
  await page.locator('body.ready').waitFor({ timeout: 60_000 });
  return page;
}

/** A plain vector layer of OpenLayers of the size our map has on its screen. */
export async function peerMap(browser: Browser, data: PeerData, size: [number, number]): Promise<Frames[]> {
  const page = await mapPage(browser, data, size, '/');
  const at = { x: size[0] / 2, y: size[1] / 2 };
  const frames = [
    await record(page, 'peer, plain vector layers: pan, everything', () => pan(page, at)),
    await record(page, 'peer, plain vector layers: zoom', () => wheel(page, at, -16, 320)),
    await record(page, 'peer, plain vector layers: pan, near', () => pan(page, at)),
  ];
  await page.close();
  return frames;
}

/** OpenLayers' own Modify over all grids, with a node in the middle to be dragged. */
export async function peerModify<T>(
  browser: Browser,
  data: PeerData,
  drag: (page: Page, node: { x: number; y: number }) => Promise<T>,
): Promise<T> {
  const size: [number, number] = [1000, 700];
  const page = await mapPage(browser, data, size, '/modify');
  const told = await drag(page, { x: size[0] / 2, y: size[1] / 2 });
  if ((await page.locator('body.modified').count()) === 0) throw new Error('The peer had hold of no node.');
  await page.close();
  return told;
}

/** A plain table element with 5,000 rows: what one scrolls when nothing is virtual. */
export async function peerTable(browser: Browser, [width, height]: [number, number]): Promise<Frames[]> {
  const row = `<tr>${Array.from({ length: CELLS }, (_, i) => `<td>北京市海淀区 ${i}</td>`).join('')}</tr>`;
  const box = `width:${width}px;height:${height}px;overflow:auto`;
  const body = `<meta charset="utf-8"><body style="margin:0"><div id="box" style="${box}"><table>${row.repeat(ROWS)}</table></div>`;
  const page = await peerPage(browser, { '/': { type: 'text/html; charset=utf-8', body } });
  await page.mouse.move(width / 2, height / 2);
  const frames = [
    await record(page, `peer, a table of ${ROWS} rows: wheel, 60 notches`, async () => {
      for (let i = 0; i < 60; i++) {
        await page.mouse.wheel(0, 240);
        await page.waitForTimeout(16);
      }
    }),
    await record(page, `peer, a table of ${ROWS} rows: sort it`, () => page.evaluate(sortRows)),
  ];
  await page.close();
  return frames;
}

/** Runs in the page. */
function sortRows(): void {
  const body = document.querySelector('tbody');
  const rows = [...document.querySelectorAll('tr')];
  const keys = new Map(rows.map((row, i) => [row, (i * 7919) % rows.length]));
  rows.sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
  body?.append(...rows);
}
