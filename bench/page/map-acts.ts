import type { Page } from 'playwright-core';
import { record, type Frames } from './frames.ts';

export interface Place {
  x: number;
  y: number;
}

/** The middle of an element on the screen. */
export async function middleOf(page: Page, selector: string): Promise<Place> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`Nothing to see of ${selector}.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Drags to and fro, a step a frame or so. */
export async function pan(page: Page, { x, y }: Place): Promise<void> {
  for (const [dx, dy] of [
    [-320, -60],
    [280, 90],
    [-240, 40],
    [300, -70],
  ] as const) {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + dx, y + dy, { steps: 24 });
    await page.mouse.up();
    await page.waitForTimeout(120);
  }
}

/** Turns the wheel so many notches; negative goes nearer. */
export async function wheel(page: Page, { x, y }: Place, notches: number, pause = 60): Promise<void> {
  await page.mouse.move(x, y);
  for (let i = 0; i < Math.abs(notches); i++) {
    await page.mouse.wheel(0, Math.sign(notches) * 120);
    await page.waitForTimeout(pause);
  }
}

/** The denominator of the scale in the status bar, or 0 while none is told. */
export async function scaleNow(page: Page): Promise<number> {
  const text = await page.locator('footer').innerText();
  const found = /1\s*[:∶：]\s*([\d,\s]+\d)/u.exec(text);
  return Number(found?.[1]?.replaceAll(/\D/gu, '') ?? 0);
}

/** Goes nearer until the scale is at most 1 : `scale`. */
export async function zoomUntil(page: Page, at: Place, scale: number): Promise<void> {
  for (let i = 0; i < 60; i++) {
    const now = await scaleNow(page);
    if (now > 0 && now <= scale) return;
    await wheel(page, at, -1, 320);
  }
  throw new Error(`The scale 1 : ${scale} was not reached.`);
}

/** Pans at several scales and zooms between them, from everything to 1 : 3 000 and back. */
export async function mapActs(page: Page, selector: string): Promise<Frames[]> {
  const at = await middleOf(page, selector);
  const frames: Frames[] = [];
  const panHere = async () => {
    frames.push(
      await record(page, `map: pan at 1 : ${Math.round((await scaleNow(page)) / 100) * 100}`, () => pan(page, at)),
    );
  };
  await page.keyboard.press('0');
  await page.waitForTimeout(1500);
  await panHere();
  for (const scale of [60_000, 20_000, 8_000, 3_000]) {
    frames.push(await record(page, `map: zoom to 1 : ${scale}`, () => zoomUntil(page, at, scale)));
    await panHere();
  }
  frames.push(await record(page, 'map: zoom out, quick', () => wheel(page, at, 40, 16)));
  await page.waitForTimeout(1000);
  frames.push(await record(page, 'map: zoom in, quick', () => wheel(page, at, -40, 16)));
  await page.waitForTimeout(1000);
  await page.keyboard.press('0');
  await page.waitForTimeout(1000);
  return frames;
}
