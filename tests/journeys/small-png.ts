import { crc32, deflateSync } from 'node:zlib';

export interface Picture {
  width: number;
  height: number;
  /** Four bytes a pixel. */
  rgba: Uint8Array;
}

/** Colours are counted in steps of this many levels a channel. */
const STEP_BITS = 4;
const COLOURS = 256;

/**
 * A PNG of 256 colours: a screen has few, and a quarter of the bytes shows it as well. The commonest colours stay exact; every other becomes the
 * nearest of them, and those that are far from all get their own.
 */
export function smallPng({ width, height, rgba }: Picture): Buffer {
  const pixels = new Uint32Array(width * height);
  for (let i = 0; i < pixels.length; i += 1) {
    pixels[i] = ((rgba[4 * i] ?? 0) << 16) | ((rgba[4 * i + 1] ?? 0) << 8) | (rgba[4 * i + 2] ?? 0);
  }
  const palette = paletteOf(pixels);
  const known = new Map<number, number>();
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = pixels[y * width + x] ?? 0;
      let index = known.get(colour);
      if (index === undefined) known.set(colour, (index = nearest(palette, colour)));
      rows[y * (width + 1) + 1 + x] = index;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8);
  const colours = Buffer.from(palette.flatMap((colour) => channels(colour)));
  const parts = [chunk('IHDR', head), chunk('PLTE', colours), chunk('IDAT', deflateSync(rows, { level: 9 }))];
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), ...parts, chunk('IEND', Buffer.alloc(0))]);
}

/** The commonest exact colour of each step, in the order of how much of the picture the step covers. */
function paletteOf(pixels: Uint32Array): number[] {
  const exact = new Map<number, number>();
  for (const colour of pixels) exact.set(colour, (exact.get(colour) ?? 0) + 1);
  const flat = [...exact].toSorted((a, b) => b[1] - a[1]);
  const steps = new Map<number, { colour: number; count: number }>();
  for (const [colour, count] of flat) {
    const key = channels(colour).reduce((sum, level) => (sum << (8 - STEP_BITS)) | (level >> STEP_BITS), 0);
    const step = steps.get(key);
    if (step === undefined) steps.set(key, { colour, count });
    else step.count += count;
  }
  const spread = [...steps.values()].toSorted((a, b) => b.count - a.count).map((step) => step.colour);
  // Half for what is there most, half for what is there at all: small marks keep their colours.
  const most = flat.slice(0, COLOURS / 2).map(([colour]) => colour);
  return [...new Set([...most, ...spread])].slice(0, COLOURS);
}

const channels = (colour: number): [number, number, number] => [colour >> 16, (colour >> 8) & 255, colour & 255];

function nearest(palette: readonly number[], colour: number): number {
  const [red, green, blue] = channels(colour);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  palette.forEach((candidate, i) => {
    const [r, g, b] = channels(candidate);
    const away = 2 * (r - red) ** 2 + 4 * (g - green) ** 2 + 3 * (b - blue) ** 2;
    if (away < least) [best, least] = [i, away];
  });
  return best;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
