import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../root.ts';
import { smallPng } from './small-png.ts';

/** With GEWU_FILM=1 a journey leaves its pictures in docs/; the pages there show them. */
const filming = process.env['GEWU_FILM'] === '1';
/** Tiles and figures come when they come; a picture is taken of what a person would look at. */
const QUIET_MS = 1200;

/** One picture of the film, under its number and name. */
export async function film(page: Page, name: string): Promise<void> {
  if (filming) await take(page, path.join('journey', `${name}.png`));
}

/** The picture of the readme. */
export async function portrait(page: Page): Promise<void> {
  if (filming) await take(page, 'screenshot.png');
}

async function take(page: Page, file: string): Promise<void> {
  await page.waitForTimeout(QUIET_MS);
  const taken = await page.screenshot({ animations: 'disabled' });
  const { width, height, base64 } = await page.evaluate(pixelsOf, taken.toString('base64'));
  const target = path.join(root, 'docs', file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, smallPng({ width, height, rgba: Buffer.from(base64, 'base64') }));
}

/** Runs in the page: a browser is a reader of PNG. */
async function pixelsOf(png: string): Promise<{ width: number; height: number; base64: string }> {
  const bytes = Uint8Array.from(atob(png), (sign) => sign.codePointAt(0) ?? 0);
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const { width, height } = image;
  const room = new OffscreenCanvas(width, height).getContext('2d');
  room?.drawImage(image, 0, 0);
  const pixels = room?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
  let text = '';
  for (let i = 0; i < pixels.length; i += 30_000) text += String.fromCodePoint(...pixels.subarray(i, i + 30_000));
  return { width, height, base64: btoa(text) };
}
