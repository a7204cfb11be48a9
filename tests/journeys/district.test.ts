import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../src/api/client.ts';
import type { Output } from '../../src/api/contract.ts';
import type { ComponentDetail } from '../../src/api/component.ts';
import type { Launched } from '../electron/launch.ts';
import {
  clientOfServer,
  downloaded,
  drop,
  goTo,
  hearComplaints,
  numberIn,
  pictureFailures,
  settleMap,
  SOON,
  tellName,
} from './desk.ts';
import { areasOf, around, chooseByCode, componentWithoutOwner, dragNode, giveOwner, goToGrid } from './acts.ts';
import { readBook } from './book.ts';
import { makeSupplement } from './delivery.ts';
import { film, portrait } from './film.ts';
import { launchServer } from './launch-server.ts';
import { findDragging, type Dragging } from './nodes.ts';

const SAMPLE_MS = 120_000;
/** Metres around a place in which a node to drag is looked for. */
const LOOKED_AT = 900;

type Stats = Output<'stats.get'>;

describe('a district, from opening the sample to handing in the book', () => {
  let server: Launched;
  let page: Page;
  let client: Client;
  let complaints: string[];
  let before: Stats;
  let chosen: ComponentDetail;
  let areasBefore: Map<string, number>;
  let node: Dragging;

  beforeAll(async () => {
    server = await launchServer();
    ({ page } = server);
    complaints = hearComplaints(page);
    client = clientOfServer(page);
  });
  afterAll(async () => {
    await server.close();
  });

  pictureFailures(() => page);

  const clearShown = async () =>
    numberIn(await page.locator('.ov-part', { hasText: '明晰' }).first().locator('b').textContent());
  it(
    'opens the sample district, the first thing an empty window offers',
    async () => {
      await page.getByText('城市部件、权责与单元网格的普查工作台').waitFor();
      await film(page, '01-start');
      await page.locator('.way').first().click();
      await tellName(page, '李静');
      await page.locator('.ov-head').waitFor({ timeout: SAMPLE_MS });
      await expect.poll(() => page.title(), SOON).toBe('示例区 · 格物');
    },
    SAMPLE_MS,
  );

  it('shows what the district holds', async () => {
    before = await client.call('stats.get', {});
    const facts = page.locator('.facts dd');
    await expect.poll(async () => numberIn(await facts.nth(2).textContent()), SOON).toBe(8562);
    expect(numberIn(await facts.nth(4).textContent())).toBe(28);
    const components = numberIn(await facts.nth(0).textContent());
    // Rows nobody could tell apart wait in their pile; together nothing that was delivered is missing.
    const batches = (await client.call('batch.list', {})).filter((batch) => batch.as === 'component');
    const kept = batches.reduce((sum, { piles, rejectedTotal }) => sum + piles.unclear + rejectedTotal, components);
    expect(kept).toBe(14_208);
    const rate = numberIn(await page.locator('.bigfig').textContent());
    expect(rate).toBeGreaterThanOrEqual(80);
    expect(rate).toBeLessThanOrEqual(86);
    expect(rate).toBeCloseTo((before.clarityRate ?? 0) * 100, 1);
    expect(await clearShown()).toBe(before.clear);
    expect(await page.locator('.rkbody button').count()).toBe(28);
    await settleMap(page);
    await film(page, '02-overview');
  });

  it('leads from a cause to an unclear component', async () => {
    const cause = page.locator('.td', { hasText: '权属单位为空' });
    const waiting = numberIn(await cause.locator('b').textContent());
    await cause.click();
    await expect.poll(async () => numberIn(await page.locator('.toolbar .end b').textContent()), SOON).toBe(waiting);
    const confirmation = page.locator('.facet', { has: page.getByRole('button', { name: '确权状态' }) });
    await confirmation.getByRole('button', { name: '确权状态' }).click();
    await confirmation.getByText('已确认').click();
    chosen = await componentWithoutOwner(client);
    await chooseByCode(page, String(chosen.cells['code']));
    await page.getByRole('button', { name: '在图上看', exact: true }).click();
    await settleMap(page);
    await film(page, '03-unclear');
    await page.getByLabel('包含文字').fill('');
    await page.getByLabel('包含文字').press('Escape');
    for (const key of ['-', '-']) await page.keyboard.press(key);
    await settleMap(page);
    await portrait(page);
  });

  it('settles its owner in the inspector, and the rate follows', async () => {
    await giveOwner(page, '排水集团', () => film(page, '04-owner'));
    await page.locator('aside.side .badge', { hasText: '明晰' }).waitFor();
    await page.getByRole('button', { name: '清除筛选' }).first().click();
    await goTo(page, '总览');
    await expect.poll(clearShown, SOON).toBe(before.clear + 1);
    expect((await client.call('stats.get', {})).clear).toBe(before.clear + 1);
    await page.keyboard.press('0');
    await settleMap(page);
    await film(page, '05-clear');
  });

  it('drags a node of the unit grids and every neighbour follows', async () => {
    node = await findDragging(client, around(chosen.at ?? [0, 0], LOOKED_AT), null);
    areasBefore = await areasOf(client, node.codes);
    await goTo(page, '网格');
    const map = await goToGrid(page, node.codes[0] ?? '');
    await dragNode(page, map, node, () => film(page, '06-drag'));
    await page.locator('.edit-state', { hasText: '已应用' }).waitFor(SOON);
    const after = await areasOf(client, node.codes);
    for (const code of node.codes) expect(after.get(code)).not.toBe(areasBefore.get(code));
    const sum = (areas: Map<string, number>) => [...areas.values()].reduce((all, area) => all + area, 0);
    expect(sum(after)).toBeCloseTo(sum(areasBefore), 3);
    await film(page, '07-dragged');
  });

  it('refuses to move a node of a community border, and says why', async () => {
    const border = await findDragging(client, around(node.at, LOOKED_AT), 'on-community-border');
    const areas = await areasOf(client, border.codes);
    const { total } = await client.call('history.list', { offset: 0, limit: 1 });
    const map = await goToGrid(page, border.codes[0] ?? '');
    await dragNode(page, map, border);
    await expect.poll(() => page.locator('.map-note').textContent(), SOON).toContain('在社区界上，不能单独移动');
    await film(page, '08-refused');
    expect((await client.call('history.list', { offset: 0, limit: 1 })).total).toBe(total);
    expect(await areasOf(client, border.codes)).toEqual(areas);
  });

  it('takes both back with Ctrl Z, and everything is as it was', async () => {
    await page.locator('.map-canvas').focus();
    await page.keyboard.press('Control+z');
    await page.locator('.toast', { hasText: '撤销：移动节点' }).waitFor(SOON);
    await page.keyboard.press('Control+z');
    await page.locator('.toast', { hasText: '权属单位' }).waitFor(SOON);
    expect(await areasOf(client, node.codes)).toEqual(areasBefore);
    expect(await client.call('stats.get', {})).toEqual(before);
    const again = await client.call('component.get', { id: chosen.id });
    expect([again.cells['owner_id'], again.cells['clarity']]).toEqual([null, chosen.cells['clarity']]);
    await goTo(page, '总览');
    await expect.poll(clearShown, SOON).toBe(before.clear);
  });

  it('tells in the history what was done and what was taken back', async () => {
    await goTo(page, '历史');
    const lines = page.locator('.history-line');
    await expect.poll(() => lines.first().textContent(), SOON).toContain('撤销：');
    const standing = await lines.locator('.history-mark', { hasText: '已撤回' }).count();
    expect(standing).toBe(2);
    await lines.filter({ hasText: '移动节点' }).last().click();
    await page.locator('.history-head', { hasText: '移动节点' }).waitFor();
    await settleMap(page);
    await film(page, '09-history');
  });

  it('hands in the workbook, whose totals are those of the file', async () => {
    await goTo(page, '报表');
    await page.getByRole('tab', { name: '总表' }).click();
    await film(page, '10-report');
    const file = await downloaded(page, () => page.getByRole('button', { name: '导出工作簿' }).click());
    expect(file.name).toMatch(/^城市部件基础数据册_.*\.xlsx$/u);
    const stats = await client.call('stats.get', { by: 'street' });
    const book = await readBook(file.path);
    const { clear, partial, disputed, unclear } = stats.byClarity;
    const figures = [stats.components, stats.inService, clear, partial, disputed, unclear, stats.clarityRate];
    expect(book.line('总表', '全部 All').slice(1, 8)).toEqual(figures);
    expect(book.line('按街道（镇）', '合计 Total').slice(2, 9)).toEqual(figures);
    const streets = stats.groups.map((group) => [group.key, group.name, group.components, group.inService]);
    expect(
      book
        .rows('按街道（镇）')
        .filter(([key]) => /^\d{9}$/u.test(String(key)))
        .map((row) => row.slice(0, 4)),
    ).toEqual(streets.filter(([key]) => key !== null));
  });

  it('brings in a delivery dropped on the window, by its piles', async () => {
    const supplement = await makeSupplement(client);
    const file = path.join(server.home, supplement.name);
    writeFileSync(file, supplement.zip);
    await drop(page, [file]);
    await page.getByRole('button', { name: '继续比对' }).waitFor();
    await page.getByText('GBK').first().waitFor();
    await film(page, '11-evidence');
    await page.getByRole('button', { name: '继续比对' }).click();
    const pile = (name: string) => page.locator(`[data-pile=${name}] b`);
    await expect.poll(() => pile('changed').textContent(), SOON).toBe(String(supplement.changed.length));
    expect(await pile('new').textContent()).toBe(String(supplement.added));
    await page.getByRole('button', { name: /^接受/u }).first().click();
    await page.locator('[data-pile=new]').click();
    await page.getByRole('button', { name: /^接受/u }).first().click();
    await film(page, '12-piles');
    await page.getByRole('button', { name: /^入库/u }).click();
    await page.getByText(/^已入库 .* 行，记为第/u).waitFor(SOON);
    const after = await client.call('stats.get', {});
    expect(after.components).toBe(before.components + supplement.added);
    const states = await Promise.all(supplement.changed.map(({ id }) => client.call('component.get', { id })));
    expect(states.map(({ cells }) => cells['state'])).toEqual(supplement.changed.map(() => '破损'));
    await page.getByRole('button', { name: '撤回整批' }).click();
    await page.locator('.toast', { hasText: '已撤回 补测' }).waitFor(SOON);
    const undone = await Promise.all(supplement.changed.map(({ id }) => client.call('component.get', { id })));
    expect(undone.map(({ cells }) => cells['state'])).toEqual(supplement.changed.map(({ cells }) => cells['state']));
    expect(await client.call('stats.get', {})).toMatchObject({ inService: before.inService, clear: before.clear });
  });

  it('excuses a finding with a reason, and takes that back', async () => {
    await goTo(page, '质检');
    const phase = (name: string) => page.locator('.chk-phases button', { hasText: name });
    const counted = async (name: string) => numberIn(await phase(name).locator('b').textContent());
    await page.locator('.chk-row', { hasText: '单位名称未登记' }).click();
    await page.locator('[data-row="0"] [data-col="2"]').click();
    await page.locator('.chk-finding').waitFor();
    await settleMap(page);
    await film(page, '13-finding');
    const [open, excused] = [await counted('未决'), await counted('例外')];
    await page.getByRole('radio', { name: /^设为例外/u }).check();
    await page.getByRole('textbox', { name: '理由' }).fill('名称待民政局更正，已去函');
    await page.getByRole('button', { name: '设为例外' }).click();
    await expect.poll(() => counted('例外'), SOON).toBe(excused + 1);
    expect(await counted('未决')).toBe(open - 1);
    await phase('例外').click();
    await page.locator('[data-row="0"] [data-col="2"]').click();
    await page.getByRole('button', { name: '取消例外' }).click();
    await expect.poll(() => counted('未决'), SOON).toBe(open);
    expect(await counted('例外')).toBe(excused);
  });

  it('said nothing in the console and leaves one file', async () => {
    expect(complaints).toEqual([]);
    const folder = path.join(server.home, 'Gewu');
    await page.getByRole('button', { name: '示例区' }).click();
    await page.getByRole('menuitem', { name: '关闭项目' }).click();
    await page.getByText('城市部件、权责与单元网格的普查工作台').waitFor();
    expect(existsSync(path.join(folder, '示例区.gpkg'))).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes('.gpkg-'))).toEqual([]);
  });
});
