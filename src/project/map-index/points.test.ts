import { describe, expect, it } from 'vitest';
import type { Bbox } from '../../model/geometry/types.ts';
import { seeded } from '../../../tests/made-up-district.ts';
import { boxOfTile, frameAround } from './frame.ts';
import { PointStore } from './points.ts';
import type { PlainPoints } from './read-points.ts';
import { lowest, priorityOf, TILE_POINTS } from './thin.ts';

/** Points crowded towards one corner of a square of 10 km, in an order of their own. */
function crowd(count: number, seed: number): PlainPoints {
  const random = seeded(seed);
  const ids = Int32Array.from({ length: count }, (_, i) => i + 1);
  const xs = Float64Array.from(ids, () => 430_000 + 10_000 * random() ** 3);
  const ys = Float64Array.from(ids, () => 4_420_000 + 10_000 * random() ** 2);
  return { ids, xs, ys };
}
const extent: Bbox = [430_000, 4_420_000, 440_000, 4_430_000];
const frame = frameAround(extent);

function shownAt(store: PointStore, z: number, inside: ((id: number) => boolean) | null = null): Set<number> {
  const shown = new Set<number>();
  for (let x = 0; x < 2 ** z; x++) {
    for (let y = 0; y < 2 ** z; y++) {
      const { slots, total } = store.tile(z, x, y, inside);
      expect(slots.length).toBe(Math.min(total, TILE_POINTS));
      for (const slot of slots) shown.add(store.ids[slot] ?? 0);
    }
  }
  return shown;
}

describe('thinning', () => {
  const points = crowd(30_000, 3);
  const store = new PointStore(frame, points);

  it('only adds when going nearer, until everything is shown', () => {
    let before = new Set<number>();
    for (let z = 0; z <= 5; z++) {
      const shown = shownAt(store, z);
      expect(before.isSubsetOf(shown)).toBe(true);
      expect(shown.size).toBeGreaterThanOrEqual(before.size);
      before = shown;
    }
    expect(before.size).toBe(30_000);
  });

  it('does not depend on the order of the rows', () => {
    const backwards = new PointStore(frame, {
      ids: points.ids.toReversed(),
      xs: points.xs.toReversed(),
      ys: points.ys.toReversed(),
    });
    expect(shownAt(backwards, 1)).toEqual(shownAt(store, 1));
  });

  it('puts what the filter passes before all else, and still only adds', () => {
    const inside = (id: number): boolean => id % 50 === 0;
    const wanted = points.ids.filter(inside);
    expect(new Set(wanted).isSubsetOf(shownAt(store, 0, inside))).toBe(true);
    expect(shownAt(store, 0, inside).isSubsetOf(shownAt(store, 1, inside))).toBe(true);
    const many = (id: number): boolean => id % 3 === 0;
    expect([...shownAt(store, 0, many)].every(many)).toBe(true);
  });

  it('keeps those of lowest priority number', () => {
    const slots = Array.from({ length: 5000 }, (_, i) => i);
    const expected = slots
      .toSorted((a, b) => priorityOf(points.ids[a] ?? 0) - priorityOf(points.ids[b] ?? 0))
      .slice(0, 777)
      .sort((a, b) => a - b);
    expect(lowest(slots, points.ids, 777)).toEqual(expected);
    expect(lowest([], points.ids, 5)).toEqual([]);
    expect(lowest(slots, points.ids, 0)).toEqual([]);
  });
});

describe('points in tile order', () => {
  const store = new PointStore(frame, crowd(3000, 5));

  it.each([0, 3, 6])('every point is in one tile of level %i, the one whose box holds it', (z) => {
    const seen: number[] = [];
    for (let x = 0; x < 2 ** z; x++) {
      for (let y = 0; y < 2 ** z; y++) {
        const [left, bottom, right, top] = boxOfTile(frame, z, x, y);
        for (const slot of store.tile(z, x, y, null).slots) {
          const [px, py] = [store.xs[slot] ?? NaN, store.ys[slot] ?? NaN];
          expect(px >= left && px <= right && py >= bottom && py <= top).toBe(true);
          seen.push(store.ids[slot] ?? 0);
        }
      }
    }
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 3000 }, (_, i) => i + 1));
  });

  it('finds a point by its tile at levels deeper than the keys go', () => {
    for (const slot of [0, 1500, 2999]) {
      const z = 22;
      const x = Math.floor((((store.xs[slot] ?? 0) - frame.origin[0]) / frame.size) * 2 ** z);
      const y = Math.floor(((frame.origin[1] - (store.ys[slot] ?? 0)) / frame.size) * 2 ** z);
      expect(store.tile(z, x, y, null).slots).toContain(slot);
      expect(store.tile(z, x + 1, y, null).slots).not.toContain(slot);
    }
  });

  it('finds what lies in a box, edges included', () => {
    const random = seeded(9);
    for (let i = 0; i < 60; i++) {
      const corner = Math.floor(random() * 3000);
      const [a, b] = [store.xs[corner] ?? 0, store.ys[corner] ?? 0];
      const side = 10 ** (random() * 5);
      const box: Bbox = [a - side * random(), b, a, b + side];
      const found: number[] = [];
      store.eachInBox(box, (slot) => found.push(slot));
      const expected = [...store.ids.keys()].filter((slot) => {
        const [x, y] = [store.xs[slot] ?? NaN, store.ys[slot] ?? NaN];
        return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
      });
      expect(found.sort((p, q) => p - q)).toEqual(expected);
      expect(found).toContain(corner);
    }
  });

  it('takes points away and puts them anew', () => {
    const fresh = {
      ids: Int32Array.of(7, 5000),
      xs: Float64Array.of(431_000, 431_001),
      ys: Float64Array.of(4_421_000, 4_421_001),
    };
    const changed = store.with(new Set([7, 8, 5000]), fresh);
    expect(new Set(changed.ids).size).toBe(3000);
    expect([...changed.ids]).not.toContain(8);
    const found: number[] = [];
    changed.eachInBox([431_000, 4_421_000, 431_001, 4_421_001], (slot) => found.push(changed.ids[slot] ?? 0));
    expect(found.sort((a, b) => a - b)).toEqual([7, 5000]);
  });
});

describe('the frame', () => {
  it('holds the extent with room to spare and seldom moves', () => {
    for (const box of [
      extent,
      [0, 0, 0, 0],
      [-5, -5, 1e6, 3],
      [418_700.3, 4_416_600.7, 448_900.1, 4_447_500.9],
    ] as Bbox[]) {
      const { origin, size } = frameAround(box);
      expect(box[0]).toBeGreaterThanOrEqual(origin[0]);
      expect(box[2]).toBeLessThan(origin[0] + size);
      expect(box[3]).toBeLessThanOrEqual(origin[1]);
      expect(box[1]).toBeGreaterThan(origin[1] - size);
      expect(Math.log2(size) % 1).toBe(0);
    }
    expect(frameAround([430_010, 4_420_010, 439_990, 4_429_990])).toEqual(frame);
  });
});
