import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../src/api/client.ts';
import type { Output } from '../../src/api/contract.ts';
import type { ComponentDetail } from '../../src/api/component.ts';
import type { Filter } from '../../src/model/filter.ts';
import type { Launched } from '../electron/launch.ts';
import {
  clientOfServer,
  downloaded,
  drag,
  drop,
  goTo,
  hearComplaints,
  numberIn,
  pictureFailures,
  readMap,
  settleMap,
  SOON,
  tellName,
} from './desk.ts';
import { readBook } from './book.ts';
import { makeSupplement } from './delivery.ts';
import { film } from './film.ts';
import { launchServer } from './launch-server.ts';
import { findDragging, type Dragging } from './nodes.ts';

const SAMPLE_MS = 120_000;

type Stats = Output<'stats.get'>;

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
  const areasOf = async (codes: readonly string[]) => {
    const grids = await Promise.all(codes.map((code) => client.call('grid.byCode', { code })));
    const details = await Promise.all(grids.map((grid) => client.call('grid.get', { id: grid?.id ?? 0 })));
    return new Map(details.map(({ cells }) => [String(cells['code']), Number(cells['area_m2'])]));
  };

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
    const { viewId } = await client.call('component.view', { filter: LACKS_ITS_OWNER, sort: [] });
    const { rows } = await client.call('component.rows', { viewId, offset: 0, limit: 1 });
    chosen = await client.call('component.get', { id: rows[0]?.id ?? 0 });
    const code = String(chosen.cells['code']);
    await page.keyboard.press('f');
    await page.keyboard.type(code);
    await page.locator('.g-row', { hasText: code }).locator('[data-col="2"]').click();
    await page.locator('aside.side .code-groups', { hasText: code }).waitFor();
    await page.getByRole('button', { name: '在图上看', exact: true }).click();
    await settleMap(page);
    await film(page, '03-unclear');
  });

  it('settles its owner in the inspector, and the rate follows', async () => {
    const owner = page.locator('.role', { hasText: '权属单位' });
    await owner.getByRole('button', { name: '选择单位' }).click();
    await page.keyboard.type('排水集团');
    const option = page.getByRole('option').first();
    await option.waitFor();
    await film(page, '04-owner');
    const name = (await option.locator('.cut').first().textContent()) ?? '';
    await option.click();
    await expect.poll(() => owner.locator('.rv').textContent(), SOON).toBe(name);
    await page.locator('aside.side .badge', { hasText: '明晰' }).waitFor();
    await page.getByRole('button', { name: '清除筛选' }).first().click();
    await goTo(page, '总览');
    await expect.poll(clearShown, SOON).toBe(before.clear + 1);
    expect((await client.call('stats.get', {})).clear).toBe(before.clear + 1);
    await film(page, '05-clear');
  });

  it('drags a node of the unit grids and every neighbour follows', async () => {
    const [east, north] = chosen.at ?? [0, 0];
    node = await findDragging(client, [east - 900, north - 900, east + 900, north + 900], null);
    areasBefore = await areasOf(node.codes);
    await goTo(page, '网格');
    await page.keyboard.press('f');
    await page.keyboard.type(node.codes[0] ?? '');
    await page.keyboard.press('Enter');
    await page.locator('aside.side .code-groups').waitFor();
    await settleMap(page);
    await page.keyboard.press('Escape');
    const map = await readMap(page);
    const [from, to] = [map.pixelOf(node.at), map.pixelOf(node.to)];
    await page.mouse.move(from[0], from[1], { steps: 5 });
    await page.waitForTimeout(800);
    await page.mouse.down();
    await page.mouse.move(to[0], to[1], { steps: 12 });
    await page.locator('.map-note').waitFor();
    await film(page, '06-drag');
    await page.mouse.up();
    await page.locator('.edit-state', { hasText: '已应用' }).waitFor(SOON);
    const after = await areasOf(node.codes);
    for (const code of node.codes) expect(after.get(code)).not.toBe(areasBefore.get(code));
    const sum = (areas: Map<string, number>) => [...areas.values()].reduce((all, area) => all + area, 0);
    expect(sum(after)).toBeCloseTo(sum(areasBefore), 3);
    await film(page, '07-dragged');
  });

  it('refuses to move a node of a community border, and says why', async () => {
    const [east, north] = node.at;
    const border = await findDragging(
      client,
      [east - 900, north - 900, east + 900, north + 900],
      'on-community-border',
    );
    const areas = await areasOf(border.codes);
    const { total } = await client.call('history.list', { offset: 0, limit: 1 });
    await page.getByLabel('查找网格').fill(border.codes[0] ?? '');
    await page.getByLabel('查找网格').press('Enter');
    await settleMap(page);
    const map = await readMap(page);
    await page.mouse.move(...map.pixelOf(border.at), { steps: 5 });
    await page.waitForTimeout(800);
    await drag(page, map.pixelOf(border.at), map.pixelOf(border.to));
    await expect.poll(() => page.locator('.map-note').textContent(), SOON).toContain('在社区界上，不能单独移动');
    await film(page, '08-refused');
    expect((await client.call('history.list', { offset: 0, limit: 1 })).total).toBe(total);
    expect(await areasOf(border.codes)).toEqual(areas);
  });

  it('takes both back with Ctrl Z, and everything is as it was', async () => {
    await page.locator('.map-canvas').focus();
    await page.keyboard.press('Control+z');
    await page.locator('.toast', { hasText: '撤销：移动节点' }).waitFor(SOON);
    await page.keyboard.press('Control+z');
    await page.locator('.toast', { hasText: '权属单位' }).waitFor(SOON);
    expect(await areasOf(node.codes)).toEqual(areasBefore);
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
