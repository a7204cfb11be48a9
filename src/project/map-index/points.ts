import type { Bbox } from '../../model/geometry/types.ts';
import { emptyBbox, extendBbox, isEmptyBbox } from '../../model/geometry/bbox.ts';
import { columnAt, rowAt, type Frame } from './frame.ts';
import { KEY_LEVELS, keyOf, keyRange, lowerBound, sortedOrder } from './morton.ts';
import type { PlainPoints } from './read-points.ts';
import { lowest, TILE_POINTS } from './thin.ts';

/** Below this many points a part of the frame is no longer divided but looked through. */
const LEAF = 256;

/** Points in the order of their tiles: those of any tile lie in one run. Slots are positions in that order. */
export class PointStore {
  readonly ids: Int32Array;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly #keys: Uint32Array;
  readonly frame: Frame;

  constructor(frame: Frame, points: PlainPoints) {
    const count = points.ids.length;
    const keys = new Uint32Array(count);
    for (let i = 0; i < count; i++) keys[i] = keyOf(frame, points.xs[i] ?? 0, points.ys[i] ?? 0);
    const order = sortedOrder(keys);
    this.frame = frame;
    this.#keys = new Uint32Array(count);
    this.ids = new Int32Array(count);
    this.xs = new Float64Array(count);
    this.ys = new Float64Array(count);
    for (let slot = 0; slot < count; slot++) {
      const at = order[slot] ?? 0;
      this.#keys[slot] = keys[at] ?? 0;
      this.ids[slot] = points.ids[at] ?? 0;
      this.xs[slot] = points.xs[at] ?? 0;
      this.ys[slot] = points.ys[at] ?? 0;
    }
  }

  /** The store with the points of some ids put anew; the ids not among `fresh` are gone. */
  with(changed: ReadonlySet<number>, fresh: PlainPoints, frame: Frame = this.frame): PointStore {
    const kept: number[] = [];
    for (const [slot, id] of this.ids.entries()) if (!changed.has(id)) kept.push(slot);
    const [n, m] = [kept.length, fresh.ids.length];
    const all: PlainPoints = { ids: new Int32Array(n + m), xs: new Float64Array(n + m), ys: new Float64Array(n + m) };
    for (const [i, slot] of kept.entries()) {
      all.ids[i] = this.ids[slot] ?? 0;
      all.xs[i] = this.xs[slot] ?? 0;
      all.ys[i] = this.ys[slot] ?? 0;
    }
    all.ids.set(fresh.ids, n);
    all.xs.set(fresh.xs, n);
    all.ys.set(fresh.ys, n);
    return new PointStore(frame, all);
  }

  /** Box of all points, or null when there is none. */
  extent(): Bbox | null {
    return extentOf(this);
  }

  /**
   * Slots to draw in a tile: all, or the TILE_POINTS of lowest priority, those inside the filter before the others. `total`: points there.
   * `inside` tells by id whether a point passes the filter.
   */
  tile(z: number, x: number, y: number, inside: ((id: number) => boolean) | null): { slots: number[]; total: number } {
    const slots = this.#slotsOf(z, x, y);
    if (slots.length <= TILE_POINTS) return { slots: [...slots], total: slots.length };
    if (inside === null) return { slots: lowest(slots, this.ids, TILE_POINTS), total: slots.length };
    const first: number[] = [];
    const then: number[] = [];
    for (const slot of slots) (inside(this.ids[slot] ?? 0) ? first : then).push(slot);
    const chosen = lowest(first, this.ids, TILE_POINTS);
    const rest = TILE_POINTS - chosen.length;
    if (rest > 0) for (const slot of lowest(then, this.ids, rest)) chosen.push(slot);
    return { slots: chosen.sort((a, b) => a - b), total: slots.length };
  }

  #slotsOf(z: number, x: number, y: number): SlotRun | number[] {
    const level = Math.min(z, KEY_LEVELS);
    const up = 2 ** (z - level);
    const [from, to] = keyRange(level, Math.floor(x / up), Math.floor(y / up));
    const run = new SlotRun(lowerBound(this.#keys, from), lowerBound(this.#keys, to));
    if (up === 1) return run;
    return [...run].filter(
      (slot) => columnAt(this.frame, z, this.xs[slot] ?? 0) === x && rowAt(this.frame, z, this.ys[slot] ?? 0) === y,
    );
  }

  /** Visits every slot whose point lies in the box, edges included. */
  eachInBox(box: Bbox, visit: (slot: number) => void): void {
    this.#visit(box, visit, 0, 0, 0, 0, this.ids.length);
  }

  #visit(box: Bbox, visit: (slot: number) => void, z: number, x: number, y: number, from: number, to: number): void {
    if (from >= to) return;
    const side = this.frame.size / 2 ** z;
    const left = this.frame.origin[0] + x * side;
    const top = this.frame.origin[1] - y * side;
    if (left > box[2] || left + side < box[0] || top < box[1] || top - side > box[3]) return;
    if (left >= box[0] && left + side <= box[2] && top <= box[3] && top - side >= box[1]) {
      for (let slot = from; slot < to; slot++) visit(slot);
    } else if (z === KEY_LEVELS || to - from <= LEAF) {
      for (let slot = from; slot < to; slot++) if (this.#lies(slot, box)) visit(slot);
    } else {
      let start = from;
      for (let child = 0; child < 4; child++) {
        const [cx, cy] = [2 * x + (child & 1), 2 * y + (child >> 1)];
        const end = lowerBound(this.#keys, keyRange(z + 1, cx, cy)[1], start, to);
        this.#visit(box, visit, z + 1, cx, cy, start, end);
        start = end;
      }
    }
  }

  #lies(slot: number, box: Bbox): boolean {
    const [x, y] = [this.xs[slot] ?? NaN, this.ys[slot] ?? NaN];
    return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
  }
}

/** Slots from..to-1, without a list of them. */
class SlotRun implements Iterable<number> {
  readonly length: number;
  readonly #from: number;

  constructor(from: number, to: number) {
    this.#from = from;
    this.length = to - from;
  }

  *[Symbol.iterator](): Generator<number> {
    for (let i = 0; i < this.length; i++) yield this.#from + i;
  }
}

export function extentOf(points: PlainPoints): Bbox | null {
  const box = emptyBbox();
  for (const [i, x] of points.xs.entries()) extendBbox(box, x, points.ys[i] ?? NaN);
  return isEmptyBbox(box) ? null : box;
}
