import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ComponentDetail } from '../../src/api/component.ts';
import type { Client } from '../../src/api/client.ts';
import type { Launched } from '../electron/launch.ts';
import { chooseByCode } from './acts.ts';
import {
  clientOfServer,
  goTo,
  hearComplaints,
  numberIn,
  pictureFailures,
  readMap,
  settleMap,
  SOON,
  valueBeside,
} from './desk.ts';
import { launchServer } from './launch-server.ts';
import { copyOfSample } from './samples.ts';

const LAMP = '01037';

describe('components on the map and in the table, each act taken back', () => {
  const sample = copyOfSample();
  let server: Launched;
  let page: Page;
  let client: Client;
  let complaints: string[];
  let component: ComponentDetail;

  beforeAll(async () => {
    server = await launchServer({ project: sample.project, by: '李静' });
    ({ page } = server);
    complaints = hearComplaints(page);
    client = clientOfServer(page);
    await page.locator('.ov-head').waitFor(SOON);
    await goTo(page, '部件');
  });
  afterAll(async () => {
    await server.close();
    sample.remove();
  });
  pictureFailures(() => page);

  const shown = async () => numberIn(await page.locator('.toolbar .end b').first().textContent());
  const detail = (id: number) => client.call('component.get', { id });
  const latest = async () => (await client.call('history.list', { offset: 0, limit: 1 })).revisions[0];
  const cell = (row: number, column: number) => page.locator(`[data-row="${row}"] [data-col="${column}"]`);
  /** Columns by what stands in the head of the table. */
  const columnOf = async (head: string) => (await page.getByRole('columnheader').allTextContents()).indexOf(head);
  /** Ctrl Z away from any field takes back the latest that still stands, and the history says so. */
  const takeBack = async () => {
    const { revisions } = await client.call('history.list', { offset: 0, limit: 9 });
    const standing = revisions.find((one) => one.undoOf === null && one.undoneBy === null);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await latest())?.undoOf, SOON).toBe(standing?.id);
  };
  const choose = (code: string) => chooseByCode(page, code);

  it('adds one: the class first, then a click on the map', async () => {
    const { total } = await client.call('component.view', { filter: null, sort: [] });
    const { viewId } = await client.call('component.view', {
      filter: { op: '=', column: 'class_code', value: LAMP },
      sort: [{ column: 'code', descending: false }],
    });
    const { rows } = await client.call('component.rows', { viewId, offset: 0, limit: 1 });
    component = await detail(rows[0]?.id ?? 0);
    const [east, north] = component.at ?? [0, 0];
    await choose(String(component.cells['code']));
    await page.getByRole('button', { name: '在图上看', exact: true }).click();
    await settleMap(page);
    const map = await readMap(page);
    await page.getByRole('button', { name: '添加部件' }).click();
    await page.getByRole('dialog').getByRole('combobox', { name: '部件小类' }).fill(LAMP);
    await page.getByRole('option').first().click();
    await page.getByRole('button', { name: '到地图上放置' }).click();
    await page.locator('.tool-hint', { hasText: '单击放置部件' }).waitFor();
    const at = map.pixelOf([east + 12, north + 9]);
    await page.mouse.move(...at, { steps: 4 });
    await page.locator('.map-note', { hasText: '→ 110108' }).waitFor();
    await page.mouse.click(...at);
    await expect.poll(async () => (await latest())?.command, SOON).toBe('component.add');
    const newest = await client.call('component.view', { filter: null, sort: [{ column: 'code', descending: true }] });
    expect(newest.total).toBe(total + 1);
    const code = (await page.locator('aside.side .code-groups').textContent()) ?? '';
    expect(code).toMatch(/^110108\d{11}$/u);
    expect(code.slice(6, 11)).toBe(LAMP);
    const found = await client.call('component.view', {
      filter: { op: '=', column: 'code', value: code },
      sort: [],
    });
    const [row] = (await client.call('component.rows', { viewId: found.viewId, offset: 0, limit: 1 })).rows;
    const made = await detail(row?.id ?? 0);
    expect(Math.hypot((made.at?.[0] ?? 0) - east - 12, (made.at?.[1] ?? 0) - north - 9)).toBeLessThan(
      2 * map.metresPerPixel,
    );
    expect(made.names['grid_code']).toMatch(/^110108\d{9}$/u);
    expect(made.names['street_name']).not.toBeNull();
    expect(made.names['community_name']).not.toBeNull();
    await takeBack();
    expect((await client.call('component.view', { filter: null, sort: [] })).total).toBe(total);
  });

  it('moves one by typed coordinates', async () => {
    await choose(String(component.cells['code']));
    const [east, north] = component.at ?? [0, 0];
    await valueBeside(page, '坐标').getByRole('button').click();
    await page.keyboard.type(`${(east + 2).toFixed(2)}，${(north - 1).toFixed(2)}`);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await latest())?.command, SOON).toBe('component.move');
    const moved = await detail(component.id);
    expect(moved.at?.[0]).toBeCloseTo(east + 2, 2);
    expect(moved.at?.[1]).toBeCloseTo(north - 1, 2);
    await takeBack();
    expect((await detail(component.id)).at).toEqual(component.at);
  });

  it('moves one by dragging it', async () => {
    await choose(String(component.cells['code']));
    await page.getByRole('button', { name: '在图上看', exact: true }).click();
    await settleMap(page);
    const map = await readMap(page);
    const [east, north] = component.at ?? [0, 0];
    await page.getByRole('button', { name: '更多操作' }).click();
    await page.getByRole('menuitem', { name: '移动' }).click();
    await page.locator('.tool-hint', { hasText: '拖动部件到新位置' }).waitFor();
    await page.mouse.move(...map.pixelOf([east, north]), { steps: 4 });
    await page.mouse.down();
    await page.mouse.move(...map.pixelOf([east + 5, north + 5]), { steps: 8 });
    await page.mouse.up();
    await expect.poll(async () => (await latest())?.command, SOON).toBe('component.move');
    const { at } = await detail(component.id);
    expect(Math.hypot((at?.[0] ?? 0) - east - 5, (at?.[1] ?? 0) - north - 5)).toBeLessThan(3 * map.metresPerPixel);
    await takeBack();
    expect((await detail(component.id)).at).toEqual(component.at);
  });

  it('takes one out of service and back in', async () => {
    await choose(String(component.cells['code']));
    await page.keyboard.press('Delete');
    await page.locator('aside.side .badge', { hasText: '不在用' }).waitFor();
    expect((await detail(component.id)).cells['state']).not.toBe(component.cells['state']);
    await page.getByRole('button', { name: '更多操作' }).click();
    await page.getByRole('menuitem', { name: '恢复在用' }).click();
    await expect.poll(async () => (await latest())?.command, SOON).toBe('component.restore');
    await takeBack();
    await takeBack();
    expect((await detail(component.id)).cells).toEqual(component.cells);
  });

  it('gives one another class, and a new code with it', async () => {
    await choose(String(component.cells['code']));
    await page.getByRole('button', { name: '更多操作' }).click();
    await page.getByRole('menuitem', { name: '重新分类…' }).click();
    await page.getByRole('dialog').getByRole('combobox', { name: '新类别' }).fill('01001');
    await page.getByRole('option').first().click();
    await page.getByRole('button', { name: '重新分类', exact: true }).click();
    await expect.poll(async () => (await latest())?.command, SOON).toBe('component.reclassify');
    await page.locator('aside.side .code-groups', { hasText: '11010801001' }).waitFor();
    const old = await detail(component.id);
    expect(old.replacedBy?.code).toMatch(/^11010801001\d{6}$/u);
    await takeBack();
    expect((await detail(component.id)).cells).toEqual(component.cells);
  });

  it('edits in the table with the keyboard alone', async () => {
    await page.getByLabel('包含文字').fill('');
    await expect.poll(shown, SOON).toBeGreaterThan(1);
    await page.keyboard.press('Escape');
    await page.keyboard.press('t');
    await page.keyboard.press('Control+Home');
    const column = await columnOf('变更日期');
    for (let i = 0; i < column; i += 1) await page.keyboard.press('ArrowRight');
    const before = await cell(0, column).textContent();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('2026-02-30');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: '没有这一天' }).waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('２０２６／３／１');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await latest())?.command, SOON).toBe('component.update');
    await expect.poll(() => cell(0, column).textContent(), SOON).toBe('2026-03-01');
    expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-grid'))).toBe(true);
    await takeBack();
    await expect.poll(() => cell(0, column).textContent(), SOON).toBe(before);
  });

  it('changes many at once, and one undo takes it back', async () => {
    await cell(1, 2).click();
    await page.keyboard.down('Shift');
    await cell(4, 2).click();
    await page.keyboard.up('Shift');
    await page.getByRole('heading', { name: '4 个部件' }).waitFor();
    await valueBeside(page, '备注').getByRole('button').click();
    await page.keyboard.type('道路改造期间复核');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await latest())?.rows, SOON).toBe(4);
    await expect.poll(() => valueBeside(page, '备注').textContent(), SOON).toBe('道路改造期间复核');
    await takeBack();
  });

  it('narrows by lists of values, shown as chips, and sorts', async () => {
    const all = await shown();
    const street = page.locator('.facet', { hasText: '街道（镇）' }).locator('li').first();
    const waiting = numberIn(await street.locator('em').textContent());
    await street.locator('input').check();
    await expect.poll(shown, SOON).toBe(waiting);
    const unclear = page.locator('.facet', { hasText: '权责明晰' }).locator('li', { hasText: '不明' });
    const fewer = numberIn(await unclear.locator('em').textContent());
    await unclear.locator('input').check();
    await expect.poll(shown, SOON).toBe(fewer);
    expect(await page.locator('.chip').count()).toBe(2);
    await page.getByRole('button', { name: /^去掉条件：权责明晰/u }).click();
    await expect.poll(shown, SOON).toBe(waiting);
    await page.getByRole('columnheader', { name: '标识码' }).getByRole('button').click();
    const codes = async () =>
      page.locator('.g-row [data-col="2"]').evaluateAll((cells) =>
        cells
          .map((one) => ({
            row: Number(one.closest<HTMLElement>('[data-row]')?.dataset['row']),
            code: one.textContent,
          }))
          .toSorted((a, b) => a.row - b.row)
          .map((one) => one.code),
      );
    await expect.poll(async () => isSorted(await codes(), 1), SOON).toBe(true);
    await page.getByRole('columnheader', { name: '标识码' }).getByRole('button').click();
    await expect.poll(async () => isSorted(await codes(), -1), SOON).toBe(true);
    await page.getByRole('button', { name: '清除筛选' }).click();
    await expect.poll(shown, SOON).toBe(all);
  });

  it('said nothing in the console', () => {
    expect(complaints).toEqual([]);
  });
});

function isSorted(codes: readonly (string | null)[], way: 1 | -1): boolean {
  const sorted = codes.toSorted((a, b) => ((a ?? '') < (b ?? '') ? -way : way));
  return codes.length > 5 && codes.every((code, i) => code === sorted[i]);
}
