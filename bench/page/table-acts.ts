import type { Page } from 'playwright-core';
import { record, type Frames } from './frames.ts';
import { middleOf } from './map-acts.ts';

const GRID = '[data-grid]';
/** Rows on the screen that are still on their way. */
const MISSING = `${GRID} .g-bar`;

/** Answers when the table shows rows and none of them is on its way. */
async function rowsThere(page: Page): Promise<'answered'> {
  await page.waitForFunction(
    ([grid, missing]) => document.querySelector(`${grid} .g-row`) !== null && document.querySelector(missing) === null,
    [GRID, MISSING] as const,
    { timeout: 30_000 },
  );
  return 'answered';
}

/** The first row's text changes when a sort or filter has its answer. */
async function afterChange(page: Page, act: () => Promise<unknown>): Promise<'answered'> {
  const shown = () => page.locator('.counts-shown, .bar .num').first().count();
  await shown();
  const before = await page.evaluate((grid) => document.querySelector(`${grid} .g-rows`)?.textContent ?? '', GRID);
  await act();
  await page.waitForFunction(
    ([grid, was]) => (document.querySelector(`${grid} .g-rows`)?.textContent ?? '') !== was,
    [GRID, before] as const,
    { timeout: 30_000 },
  );
  return rowsThere(page);
}

export async function tableActs(page: Page): Promise<Frames[]> {
  await rowsThere(page);
  return [...(await scrollActs(page)), ...(await sortActs(page)), ...(await filterActs(page))];
}

async function scrollActs(page: Page): Promise<Frames[]> {
  const at = await middleOf(page, GRID);
  const wheel = async (notches: number) => {
    await page.mouse.move(at.x, at.y);
    for (let i = 0; i < notches; i++) {
      await page.mouse.wheel(0, 240);
      await page.waitForTimeout(16);
    }
    return rowsThere(page);
  };
  const key = async (press: string) => {
    await page.locator(GRID).focus();
    await page.keyboard.press(press);
    return rowsThere(page);
  };
  return [
    await record(page, 'table: wheel, 60 notches', () => wheel(60)),
    await record(page, 'table: Ctrl End', () => key('Control+End')),
    await record(page, 'table: Ctrl Home', () => key('Control+Home')),
    await record(page, 'table: PageDown × 10', async () => {
      for (let i = 0; i < 10; i++) await key('PageDown');
      return 'answered';
    }),
    await record(page, 'table: drag the scroll bar', () => dragBar(page)),
    await record(page, 'table: Ctrl Home', () => key('Control+Home')),
  ];
}

/** Headless browsers draw no bar to catch: what a drag does is set the place of the scroller, a step a frame. */
async function dragBar(page: Page): Promise<'answered'> {
  await page.evaluate(async (grid) => {
    const element = document.querySelector(grid);
    if (element === null) return;
    const most = element.scrollHeight - element.clientHeight;
    for (let i = 1; i <= 60; i++) {
      element.scrollTop = (most * i) / 60;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, GRID);
  return rowsThere(page);
}

async function sortActs(page: Page): Promise<Frames[]> {
  const frames: Frames[] = [];
  const heads = page.locator(`${GRID} .g-sort`);
  for (const i of [1, 3]) {
    const name = await heads.nth(i).innerText();
    for (const turn of ['up', 'down']) {
      const sort = () => afterChange(page, () => heads.nth(i).click());
      frames.push(await record(page, `table: sort by ${name.trim()}, ${turn}`, sort));
    }
  }
  return frames;
}

async function filterActs(page: Page): Promise<Frames[]> {
  const value = page.locator('.facets .facet li label').nth(3);
  const field = page.locator('.facets .facet-find input');
  return [
    await record(page, 'filter: tick a facet', () => afterChange(page, () => value.click())),
    await record(page, 'filter: untick it', () => afterChange(page, () => value.click())),
    await record(page, 'filter: type a word', () =>
      afterChange(page, () => field.pressSequentially('中关村', { delay: 90 })),
    ),
    await record(page, 'filter: clear it', () => afterChange(page, () => field.fill(''))),
    await record(page, 'filter: tick a facet, map at 1 : 60 000', () => afterChange(page, () => value.click())),
  ];
}
