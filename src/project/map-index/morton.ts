import type { Frame } from './frame.ts';

/** Levels a key tells apart: 16 bits of column and of row, interleaved, so that every tile down to level 16 is one run of sorted keys. */
export const KEY_LEVELS = 16;
const CELLS = 2 ** KEY_LEVELS;

function spread(n: number): number {
  let v = n & 0xffff;
  v = (v | (v << 8)) & 0x00ff00ff;
  v = (v | (v << 4)) & 0x0f0f0f0f;
  v = (v | (v << 2)) & 0x33333333;
  v = (v | (v << 1)) & 0x55555555;
  return v;
}

/** Column and row at a level as one number; column bits low. */
function interleave(column: number, row: number): number {
  return (spread(column) | (spread(row) << 1)) >>> 0;
}

/** The key of a place in the frame; places outside count as at its edge. */
export function keyOf(frame: Frame, x: number, y: number): number {
  const column = Math.floor(((x - frame.origin[0]) / frame.size) * CELLS);
  const row = Math.floor(((frame.origin[1] - y) / frame.size) * CELLS);
  return interleave(Math.min(CELLS - 1, Math.max(0, column)), Math.min(CELLS - 1, Math.max(0, row)));
}

/** First and last-but-one key of a tile at a level up to KEY_LEVELS. The end may be 2 ** 32. */
export function keyRange(z: number, column: number, row: number): [from: number, to: number] {
  const step = 4 ** (KEY_LEVELS - z);
  const from = interleave(column, row) * step;
  return [from, from + step];
}

/** First position in `keys[from..to)` that is not below `key`. */
export function lowerBound(keys: Uint32Array, key: number, from = 0, to = keys.length): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The order that sorts the keys, equal ones as they came: radix sort, 11 bits a pass. */
export function sortedOrder(keys: Uint32Array): Uint32Array {
  let order = new Uint32Array(keys.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  let other = new Uint32Array(keys.length);
  for (const shift of [0, 11, 22]) {
    const starts = new Uint32Array(2049);
    for (const key of keys) {
      const bucket = ((key >>> shift) & 2047) + 1;
      starts[bucket] = (starts[bucket] ?? 0) + 1;
    }
    for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
    for (const item of order) {
      const bucket = ((keys[item] ?? 0) >>> shift) & 2047;
      const at = starts[bucket] ?? 0;
      other[at] = item;
      starts[bucket] = at + 1;
    }
    [order, other] = [other, order];
  }
  return order;
}
