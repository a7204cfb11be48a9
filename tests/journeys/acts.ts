import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { ComponentDetail } from '../../src/api/component.ts';
import type { Client } from '../../src/api/client.ts';
import type { Filter } from '../../src/model/filter.ts';
import type { Position } from '../../src/model/geometry/types.ts';
import type { MapScreen } from './desk.ts';
import { readMap, settleMap, SOON } from './desk.ts';
import type { Dragging } from './nodes.ts';

/** Confirmed, three units known, the owner left blank: one choice makes it clear. */
const LACKS_ITS_OWNER: Filter = {
  op: 'and',
  of: [
    { op: '=', column: 'cause', value: 'no-owner' },
    { op: '=', column: 'confirmation', value: 'confirmed' },
    ...['supervisor_id', 'maintainer_id', 'responsible_id'].map((column): Filter => ({
      op: 'not',
      of: { op: 'empty', column },
    })),
  ],
};

/** @throws Error when every confirmed component has its owner */
export async function componentWithoutOwner(client: Client): Promise<ComponentDetail> {
  const { viewId } = await client.call('component.view', { filter: LACKS_ITS_OWNER, sort: [] });
  const { rows } = await client.call('component.rows', { viewId, offset: 0, limit: 1 });
  const [row] = rows;
  if (row === undefined) throw new Error('No component lacks its owner alone.');
  return client.call('component.get', { id: row.id });
}

/** On the screen of components: F, the code, and a click on its row. */
export async function chooseByCode(page: Page, code: string): Promise<void> {
  await page.keyboard.press('f');
  await page.getByLabel('包含文字').fill(code);
  await page.locator('.g-row', { hasText: code }).locator('[data-col="2"]').click();
  await page.locator('aside.side .code-groups', { hasText: code }).waitFor();
}

/** Sets the owner by the unit picker of the inspector, to the first unit the typed words find. `meanwhile` sees the open list. */
export async function giveOwner(page: Page, words: string, meanwhile?: () => Promise<void>): Promise<void> {
  const owner = page.locator('.role', { hasText: '权属单位' });
  await owner.getByRole('button', { name: '选择单位' }).click();
  await page.keyboard.type(words);
  const option = page.getByRole('option').filter({ hasText: words }).first();
  await option.waitFor();
  await meanwhile?.();
  const name = (await option.locator('.cut').first().textContent()) ?? '';
  await option.click();
  await expect.poll(() => owner.locator('.rv').textContent(), SOON).toBe(name);
}

/** On the screen of grids: the code typed where grids are found, and Enter; the map goes there. */
export async function goToGrid(page: Page, code: string): Promise<MapScreen> {
  await page.getByLabel('查找网格').fill(code);
  await page.getByLabel('查找网格').press('Enter');
  await page.locator('aside.side .code-groups', { hasText: code }).waitFor();
  await settleMap(page);
  return readMap(page);
}

/** Takes hold of a node once the map says it can be, and drags it; `held` sees it before it is let go. */
export async function dragNode(page: Page, map: MapScreen, node: Dragging, held?: () => Promise<void>): Promise<void> {
  const [x, y] = map.pixelOf(node.at);
  // A hand is never quite still; the grids around the pointer come after its first move.
  await expect
    .poll(async () => {
      await page.mouse.move(x + 1, y);
      await page.mouse.move(x, y);
      return page.locator('.map-canvas').evaluate(cursorsOf);
    }, SOON)
    .toContain('grab');
  await page.mouse.down();
  await page.mouse.move(...map.pixelOf(node.to), { steps: 12 });
  await page.locator('.map-note').waitFor();
  await held?.();
  await page.mouse.up();
}

/** Runs in the page: the map says by its pointer what may be taken hold of. */
function cursorsOf(canvas: HTMLElement): string[] {
  return [canvas, ...canvas.querySelectorAll<HTMLElement>('*')].map((one) => one.style.cursor);
}

/** Areas in m² by code. */
export async function areasOf(client: Client, codes: readonly string[]): Promise<Map<string, number>> {
  const grids = await Promise.all(codes.map((code) => client.call('grid.byCode', { code })));
  const details = await Promise.all(grids.map((grid) => client.call('grid.get', { id: grid?.id ?? 0 })));
  return new Map(details.map(({ cells }) => [String(cells['code']), Number(cells['area_m2'])]));
}

/** Metres around a place, as a box. */
export function around([east, north]: Position, metres: number): [number, number, number, number] {
  return [east - metres, north - metres, east + metres, north + metres];
}
