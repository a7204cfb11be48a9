import { writeFileSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Launched } from '../electron/launch.ts';
import { makeOlderRegister, makeSupplement } from './delivery.ts';
import { clientOfServer, drop, hearComplaints, pictureFailures, settleMap, SOON } from './desk.ts';
import { launchServer, WIDE } from './launch-server.ts';
import { copyOfSample } from './samples.ts';

const NARROW = { width: 1280, height: 720 };
const SCREENS = ['overview', 'import', 'components', 'grids', 'checks', 'reports', 'history'] as const;
const LOOKS = [
  { language: 'zh', theme: 'light' },
  { language: 'zh', theme: 'dark' },
  { language: 'en', theme: 'light' },
  { language: 'en', theme: 'dark' },
] as const;

describe('every screen in both themes and both languages', () => {
  const sample = copyOfSample();
  let server: Launched;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    server = await launchServer({ project: sample.project, by: '李静' });
    ({ page } = server);
    complaints = hearComplaints(page);
    await page.locator('.ov-head').waitFor(SOON);
  });
  afterAll(async () => {
    await server.close();
    sample.remove();
  });
  pictureFailures(() => page);

  for (const { language, theme } of LOOKS) {
    it(`${language}, ${theme}: accessible, nothing cut off, wide and narrow`, async () => {
      await wear(page, language, theme);
      const faults: string[] = [];
      for (const [i, screen] of SCREENS.entries()) {
        await page.keyboard.press(String(i + 1));
        await page.locator(`nav.rail .rail-item:nth-child(${i + 1})[aria-current=page]`).waitFor();
        if (screen === 'components') await chooseFirst(page);
        faults.push(...(await lookAt(page, screen)));
      }
      expect(faults).toEqual([]);
    });
  }

  it('a delivery on its way, from evidence to piles', async () => {
    const supplement = await makeSupplement(clientOfServer(page));
    const file = path.join(server.home, supplement.name);
    writeFileSync(file, supplement.zip);
    await drop(page, [file]);
    const onward = page.getByRole('button', { name: /^(继续比对|Compare)$/u });
    await onward.waitFor();
    const faults = await inEveryLook(page, 'evidence');
    await onward.click();
    await page.locator('[data-pile]').first().waitFor();
    for (const pile of ['changed', 'new']) {
      await page.locator(`[data-pile=${pile}]`).click();
      faults.push(...(await inEveryLook(page, `pile ${pile}`)));
    }
    expect(faults).toEqual([]);
  });

  it('a delivery on an older datum, from the question to the shift', async () => {
    const { name, csv, rows } = await makeOlderRegister(clientOfServer(page));
    const file = path.join(server.home, name);
    writeFileSync(file, csv);
    await drop(page, [file]);
    const panel = page.locator('.datum');
    await panel.locator('.datum-table').waitFor(SOON);
    const faults = await inEveryLook(page, 'shift offered');
    // By keyboard: the ways to say a shift follow one another, and so does what each of them needs.
    const [known, points, parameters] = await panel.locator('.seg').first().getByRole('button').all();
    await points?.press('Enter');
    await panel.locator('textarea').waitFor();
    faults.push(...(await lookAt(page, 'control points')));
    await parameters?.press('Enter');
    faults.push(...(await lookAt(page, 'parameters')));
    await known?.press('Enter');
    await panel.getByRole('button', { name: /^(采用|Apply)$/u }).press('Enter');
    await panel.getByRole('button', { name: /^(取消转换|Take it away)$/u }).waitFor(SOON);
    expect(await panel.locator('caption').textContent()).toContain(String(rows));
    await page.getByRole('button', { name: /^(继续比对|Compare)$/u }).click();
    await page.locator('[data-pile=same]', { hasText: String(rows) }).waitFor(SOON);
    expect(faults).toEqual([]);
  });

  it('findings, grids and places in the inspector', async () => {
    await page.keyboard.press('5');
    await page.locator('[data-row="0"] [data-col="2"]').click();
    await page.locator('.chk-finding').waitFor();
    const faults = await inEveryLook(page, 'finding');
    await page.keyboard.press('4');
    await page.locator('[data-row="3"] [data-col="2"]').click();
    await page.locator('aside.side .code-groups').waitFor();
    faults.push(...(await inEveryLook(page, 'grid')));
    expect(faults).toEqual([]);
  });

  it('dialogs are accessible in both themes', async () => {
    const faults: string[] = [];
    for (const theme of ['light', 'dark'] as const) {
      await wear(page, 'zh', theme);
      await page.keyboard.press('3');
      for (const key of ['?', 'Control+k', 'n']) {
        await page.keyboard.press(key);
        await page.getByRole('dialog').waitFor();
        // The list of a field that has the focus is open; the first Esc closes it.
        if (key === 'n') {
          await page.getByRole('listbox').waitFor();
          await page.keyboard.press('Escape');
          await page.getByRole('listbox').waitFor({ state: 'hidden' });
        }
        faults.push(...(await barriers(page)).map((one) => `${theme} ${key}: ${one}`));
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
    }
    expect(faults).toEqual([]);
  });

  it('the start screen', async () => {
    await page.locator('button.proj').click();
    await page.getByRole('menuitem').last().click();
    await page.locator('.way').first().waitFor();
    expect(await inEveryLook(page, 'start')).toEqual([]);
  });

  it('said nothing in the console', () => {
    expect(complaints).toEqual([]);
  });
});

/** Wide and narrow: what is cut off, and what axe finds. */
async function lookAt(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    await settleMap(page);
    faults.push(...(await cutOff(page)).map((one) => `${name} ${size.width}: ${one}`));
    if (size === WIDE) faults.push(...(await barriers(page)).map((one) => `${name}: ${one}`));
  }
  await page.setViewportSize(WIDE);
  return faults;
}

async function inEveryLook(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  for (const { language, theme } of LOOKS) {
    await wear(page, language, theme);
    faults.push(...(await lookAt(page, `${name}, ${language} ${theme}`)));
  }
  return faults;
}

/** Presses the two switches of the title bar until the page looks as asked. */
async function wear(page: Page, language: 'zh' | 'en', theme: 'light' | 'dark'): Promise<void> {
  const root = page.locator('html');
  if ((await root.getAttribute('lang')) !== (language === 'zh' ? 'zh-CN' : 'en'))
    await page.locator('button.lang').click();
  if ((await root.getAttribute('data-theme')) !== theme) await page.locator('button.lang + button').click();
  await expect.poll(() => root.getAttribute('data-theme'), SOON).toBe(theme);
  await page.mouse.move(300, 8);
}

/** With something in the inspector there is more to look at. */
async function chooseFirst(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByText(/没有选中|Nothing selected/u).waitFor();
  await page.keyboard.press('t');
  await page.keyboard.press('Control+Home');
  await page.locator('[data-row="1"] [data-col="2"]', { hasText: '110108' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.locator('aside.side .code-groups').waitFor();
}

/** What axe finds, a line each. */
async function barriers(page: Page): Promise<string[]> {
  const known = await page.evaluate(() => 'axe' in window);
  if (!known) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => {
    const { run } = (window as unknown as { axe: typeof axe }).axe;
    return run(document, { resultTypes: ['violations'] });
  });
  return violations.flatMap((one) =>
    one.nodes.map((node) => `${one.id} ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  );
}

/** Text that is wider or higher than the room it has, where nothing says that it may be cut; and what sticks out of the window. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const hasText = (one: Element) =>
      [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== '');
    for (const one of document.querySelectorAll<HTMLElement>('.app *')) {
      if (!hasText(one) || one.offsetParent === null || one.closest('.visually-hidden, [inert], svg') !== null)
        continue;
      const style = getComputedStyle(one);
      const name = `${one.className} “${(one.textContent ?? '').trim().slice(0, 40)}”`;
      const mayBeCut = style.textOverflow === 'ellipsis' || ['auto', 'scroll'].includes(style.overflowX);
      if (style.display !== 'inline' && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0 && !mayBeCut) {
        found.push(`wider than its room: ${name}`);
      }
      if (style.overflowY === 'hidden' && one.scrollHeight > one.clientHeight + 2)
        found.push(`higher than its room: ${name}`);
      const box = one.getBoundingClientRect();
      const inside = one.closest('.scroll, .vgrid, .map, [class*=scroll]') !== null;
      if (!inside && (box.right > innerWidth + 1 || box.bottom > innerHeight + 1))
        found.push(`outside of the window: ${name}`);
    }
    if (document.documentElement.scrollWidth > innerWidth) found.push('the window scrolls sideways');
    return [...new Set(found)];
  });
}
