import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../src/api/client.ts';
import type { Position } from '../../src/model/geometry/types.ts';
import type { Launched } from '../electron/launch.ts';
import { clientOfServer, hearComplaints, pictureFailures, SOON } from './desk.ts';
import { around } from './acts.ts';
import { launchServer } from './launch-server.ts';
import { findDragging } from './nodes.ts';
import { copyOfSample } from './samples.ts';

/** More presses of Tab than any screen has places to stop. */
const MANY = 400;
/** A screen that shows the same for so long has what it shows. */
const QUIET_MS = 700;
const SCREENS = ['总览', '导入', '部件', '网格', '质检', '报表', '历史'];

describe('everything by keyboard', () => {
  const sample = copyOfSample();
  let server: Launched;
  let page: Page;
  let client: Client;
  let complaints: string[];

  beforeAll(async () => {
    server = await launchServer({ project: sample.project, by: '李静' });
    ({ page } = server);
    complaints = hearComplaints(page);
    client = clientOfServer(page);
    await page.locator('.ov-head').waitFor(SOON);
  });
  afterAll(async () => {
    await server.close();
    sample.remove();
  });
  pictureFailures(() => page);

  const screenShown = () => page.locator('nav.rail [aria-current=page]').textContent();

  it('numbers lead to the screens', async () => {
    const items = await page.locator('nav.rail .rail-item[title]').allTextContents();
    for (const [i, name] of SCREENS.entries()) {
      expect(items[i]).toContain(name);
      await page.keyboard.press(String(i + 1));
      await expect.poll(screenShown, SOON).toContain(name);
    }
  });

  it('Tab reaches every control of every screen, and the focus can be seen', async () => {
    for (const [i, name] of SCREENS.entries()) {
      await page.keyboard.press(String(i + 1));
      await expect.poll(screenShown, SOON).toContain(name);
      await screenQuiet(page);
      const { missed, unseen } = await walk(page);
      expect([name, missed]).toEqual([name, []]);
      expect([name, unseen]).toEqual([name, []]);
    }
  });

  it('Ctrl K finds a component and a grid, and commands', async () => {
    const { viewId } = await client.call('component.view', { filter: null, sort: [] });
    const [row] = (await client.call('component.rows', { viewId, offset: 7, limit: 1 })).rows;
    const code = String(row?.cells['code']);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: '搜索部件、单位、网格、命令' }).waitFor();
    await page.keyboard.type(code);
    await page.getByRole('option', { name: code }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('aside.side .code-groups', { hasText: code }).waitFor();
    expect(await screenShown()).toContain('部件');
    await page.keyboard.press('1');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('110108012030002');
    await page.getByRole('option', { name: '110108012030002' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('aside.side .code-groups', { hasText: '110108012030002' }).waitFor();
    expect(await screenShown()).toContain('网格');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('历史');
    await page.getByRole('option', { name: '历史' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(screenShown, SOON).toContain('历史');
  });

  it('Esc closes what is open and gives the focus back', async () => {
    await page.keyboard.press('3');
    // What the history chose is let go: while several are chosen an arrow chooses none.
    await page.keyboard.press('Escape');
    await page.getByText('没有选中').waitFor(SOON);
    // As soon as the table is there, and before its rows: the choice waits for the row.
    await page.locator('[data-grid]').waitFor();
    await page.keyboard.press('t');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute('data-grid')), SOON).toBe(true);
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowDown');
    await page.locator('aside.side .code-groups').waitFor(SOON);
    await page.keyboard.press('Escape');
    await page.getByText('没有选中').waitFor();
  });

  it('the sheet under ? lists what the keys do', async () => {
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: '键盘操作' });
    await sheet.waitFor();
    for (const words of ['撤销', '添加部件', '到筛选', '停用所选部件', '放大', '显示全部']) {
      expect(await sheet.getByText(words, { exact: true }).count()).toBe(1);
    }
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  });

  it('F, M, T lead to filter, map and table; + and − zoom', async () => {
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await page.keyboard.press('f');
    await expect.poll(focused).toBe('包含文字');
    await page.keyboard.press('Escape');
    await page.keyboard.press('m');
    await expect.poll(focused).toBe('地图');
    const scale = async () => /1:[\d\s]+/u.exec((await page.locator('.statusbar').textContent()) ?? '')?.[0];
    const before = await scale();
    await page.keyboard.press('+');
    await expect.poll(scale, SOON).not.toBe(before);
    await page.keyboard.press('t');
    await expect.poll(focused).toBe('部件表');
  });

  it('adds a component without the mouse', async () => {
    const { viewId } = await client.call('component.view', { filter: null, sort: [] });
    const [row] = (await client.call('component.rows', { viewId, offset: 3, limit: 1 })).rows;
    const { at } = await client.call('component.get', { id: row?.id ?? 0 });
    await page.keyboard.press('n');
    await page.getByRole('dialog', { name: '添加部件' }).waitFor();
    await page.keyboard.type('01037');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type(`${(at?.[0] ?? 0) + 6}, ${(at?.[1] ?? 0) + 6}`);
    await page.keyboard.press('Enter');
    const last = async () => (await client.call('history.list', { offset: 0, limit: 1 })).revisions[0];
    await expect.poll(async () => (await last())?.command, SOON).toBe('component.add');
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await last())?.undoOf, SOON).not.toBeNull();
  });

  it('moves nodes of a grid without the mouse: by steps, to a typed place, refused and put back', async () => {
    const [east = 0, north = 0, right = 0, top = 0] = (await client.call('project.info', {}))?.extent ?? [];
    const [x, y] = [(east + right) / 2, (north + top) / 2];
    const free = await findDragging(client, [x - 600, y - 600, x + 600, y + 600], null);
    const code = free.codes[0] ?? '';
    const last = async () => (await client.call('history.list', { offset: 0, limit: 1 })).revisions[0];
    const start = (await last())?.id;
    await page.keyboard.press('4');
    await expect.poll(screenShown, SOON).toContain('网格');
    await page.keyboard.press('f');
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    await page.locator('aside.side .code-groups', { hasText: code }).waitFor();
    // In the field of the search keys are text.
    await page.keyboard.press('Tab');
    await page.keyboard.press('m');
    const field = page.getByLabel('坐标（东, 北，米）');
    const said = page.locator('.map > [role=status]').first();
    const takeNode = async () => {
      for (let i = 0; i < 60; i += 1) {
        await page.keyboard.press(']');
        await field.waitFor(SOON);
        await expect.poll(() => said.textContent(), SOON).toMatch(/^节点/u);
        const [atEast, atNorth] = (await field.inputValue()).split(', ').map(Number);
        if (Math.hypot((atEast ?? 0) - free.at[0], (atNorth ?? 0) - free.at[1]) < 0.001) return;
      }
      throw new Error('The node was not among those of its grid.');
    };
    const nodeAt = async (place: Position) => {
      const { faces } = await client.call('grid.network', { bbox: around(place, 1) });
      return faces.some(({ rings }) => rings.flat(2).some(([a, b]) => Math.hypot(a - place[0], b - place[1]) < 0.001));
    };
    await takeNode();
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => said.textContent(), SOON).toContain('可以写入');
    expect((await last())?.id).toBe(start);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await last())?.command, SOON).toBe('grid.edit');
    expect(await nodeAt([free.at[0] + 3, free.at[1] + 0.1])).toBe(true);
    await page.keyboard.press('Control+z');
    await expect.poll(() => nodeAt(free.at), SOON).toBe(true);

    const undone = (await last())?.id;
    await takeNode();
    // Far beyond its neighbours: refused, said, and nothing is written.
    for (let i = 0; i < 400 && !/相交|翻转|太近/u.test((await said.textContent()) ?? ''); i += 1)
      await page.keyboard.press('Alt+ArrowRight');
    expect(await said.textContent()).toMatch(/相交|翻转|太近/u);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await field.waitFor({ state: 'detached' });
    expect((await last())?.id).toBe(undone);

    await takeNode();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: '键盘操作' }).getByText('键入坐标', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('c');
    await page.keyboard.type(`${free.at[0] + 2}, ${free.at[1] + 1}`);
    await page.keyboard.press('Enter');
    await expect.poll(() => nodeAt([free.at[0] + 2, free.at[1] + 1]), SOON).toBe(true);
    await page.keyboard.press('Control+z');
    await expect.poll(() => nodeAt(free.at), SOON).toBe(true);
  });

  it('said nothing in the console', () => {
    expect(complaints).toEqual([]);
  });
});

interface Walked {
  /** Controls a person sees that Tab never came to and that no widget around them answers for. */
  missed: string[];
  /** Places the focus came to where nothing shows it. */
  unseen: string[];
}

/** Waits until nothing on the screen comes or goes any more: a control that appears behind the walker would seem to be missed. */
async function screenQuiet(page: Page): Promise<void> {
  let before = '';
  await expect
    .poll(
      async () => {
        const now = await page.evaluate(
          () => `${document.querySelectorAll('button, input, [role]').length} ${document.body.innerText}`,
        );
        const same = now === before;
        before = now;
        return same;
      },
      { ...SOON, interval: QUIET_MS },
    )
    .toBe(true);
}

/** Presses Tab until it comes round, noting where it stops. */
async function walk(page: Page): Promise<Walked> {
  await page.evaluate(() => {
    document.querySelectorAll('[data-walked]').forEach((one) => one.removeAttribute('data-walked'));
    (document.activeElement as HTMLElement | null)?.blur();
  });
  const unseen = new Set<string>();
  for (let i = 0; i < MANY; i += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const at = document.activeElement;
      if (at === null || at === document.body) return null;
      const before = at.getAttribute('data-walked') !== null;
      at.setAttribute('data-walked', '');
      const look = (one: Element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
      };
      // A field inside a frame shows the focus on its frame.
      const shown = look(at) || look(at.parentElement ?? at) || at.matches('[role=grid],[role=listbox]');
      return {
        before,
        shown,
        name: `${at.tagName} ${at.className} ${at.getAttribute('aria-label') ?? at.textContent ?? ''}`.slice(0, 90),
      };
    });
    if (stop === null || stop.before) break;
    if (!stop.shown) unseen.add(stop.name);
  }
  const missed = await page.evaluate(() => {
    const controls = 'button, a[href], input, select, textarea, [role=button], [role=tab], [role=menuitem]';
    // Inside these the arrow keys move, and one stop is all they take.
    const answered = '[role=grid],[role=tablist],[role=listbox],[role=radiogroup],[role=toolbar][data-arrows]';
    return [...document.querySelectorAll<HTMLElement>(controls)]
      .filter((one) => one.offsetParent !== null && !one.hasAttribute('data-walked') && !one.matches(':disabled'))
      .filter((one) => one.closest(answered) === null && one.closest('[inert],[aria-hidden=true]') === null)
      .map((one) =>
        `${one.tagName} ${one.className} ${one.getAttribute('aria-label') ?? one.textContent ?? ''}`.slice(0, 90),
      );
  });
  return { missed, unseen: [...unseen] };
}
