import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../root.ts';

/** With GEWU_FILM=1 a journey leaves its pictures in docs/journey; the pages there show them. Needs ImageMagick's `convert`. */
const filming = process.env['GEWU_FILM'] === '1';
const COLOURS = '160';

/** One picture of the film, under its number and name. */
export async function film(page: Page, name: string): Promise<void> {
  if (!filming) return;
  // Tiles and figures come when they come; a picture is taken of what a person would look at.
  await page.waitForTimeout(1200);
  const bytes = await page.screenshot({ animations: 'disabled' });
  keep(path.join(root, 'docs', 'journey', `${name}.png`), bytes);
}

/** The picture of the readme. */
export async function portrait(page: Page): Promise<void> {
  if (!filming) return;
  await page.waitForTimeout(1200);
  keep(path.join(root, 'docs', 'screenshot.png'), await page.screenshot({ animations: 'disabled' }));
}

/** A few colours are enough for a screen and a quarter of the bytes. */
function keep(file: string, bytes: Buffer): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const small = execFileSync('convert', ['png:-', '+dither', '-colors', COLOURS, '-strip', 'png8:-'], { input: bytes });
  writeFileSync(file, small);
}
