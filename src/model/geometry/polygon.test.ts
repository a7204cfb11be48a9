import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoxIndex } from './index.ts';
import { areaOfDoubled, doubledAreaOfRing, fromLattice, snap, toLattice } from './lattice.ts';
import { lineMidpoint, pointOnSurface, polygonArea, shapeArea, shapeLength } from './polygon.ts';
import { pointInPolygons } from './predicates.ts';
import { closeRing, isCounterClockwise, orientPolygon, ringArea, ringCentroid, signedDoubleArea } from './ring.ts';
import type { Position, Ring } from './types.ts';

const square = (x: number, y: number, side: number): Ring => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
];

describe('rings and polygons', () => {
  it('measures area, direction and centroid far from the origin', () => {
    const ring = square(39_447_000.1, 4_417_000.2, 10);
    expect(signedDoubleArea(ring)).toBeCloseTo(200, 5);
    expect(isCounterClockwise(ring)).toBe(true);
    expect(ringArea(ring.toReversed())).toBeCloseTo(100, 5);
    expect(ringCentroid(square(0, 0, 4))).toEqual([2, 2]);
    expect(
      ringCentroid([
        [0, 0],
        [2, 2],
        [0, 0],
      ]),
    ).toEqual([2 / 3, 2 / 3]);
  });

  it('takes holes off and turns rings the way they are held', () => {
    const rings = [square(0, 0, 4).toReversed(), square(1, 1, 1)];
    expect(polygonArea(rings)).toBe(15);
    expect(orientPolygon(rings).map(isCounterClockwise)).toEqual([true, false]);
    expect(orientPolygon([square(0, 0, 1).slice(0, 4)])[0]).toHaveLength(5);
    expect(closeRing([])).toEqual([]);
  });

  it('puts the point on the surface inside: in a ring, a crescent, a polygon with a hole in its middle', () => {
    const crescent: Ring = [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
      [0, 9],
      [9, 9],
      [9, 1],
      [0, 1],
      [0, 0],
    ];
    for (const coordinates of [
      [[crescent]],
      [[square(0, 0, 9), square(1, 1, 7).toReversed()]],
      [[square(0, 0, 1)], [square(5, 5, 3)]],
    ]) {
      const p = pointOnSurface({ type: 'MultiPolygon', coordinates });
      expect(p && pointInPolygons(p[0], p[1], coordinates)).toBe('inside');
    }
    expect(pointOnSurface({ type: 'MultiPolygon', coordinates: [] })).toBeNull();
    expect(shapeArea({ type: 'MultiPolygon', coordinates: [[square(0, 0, 1)], [square(5, 5, 3)]] })).toBe(10);
  });

  it('finds the middle of the longest line', () => {
    const line = (...coordinates: Position[][]) => lineMidpoint({ type: 'MultiLineString', coordinates });
    expect(
      line([
        [0, 0],
        [4, 0],
        [4, 4],
      ]),
    ).toEqual([4, 0]);
    expect(
      line(
        [
          [0, 0],
          [1, 0],
        ],
        [
          [5, 5],
          [5, 9],
        ],
      ),
    ).toEqual([5, 7]);
    expect(line([[3, 3]])).toEqual([3, 3]);
    expect(line()).toBeNull();
    expect(
      shapeLength({
        type: 'MultiLineString',
        coordinates: [
          [
            [0, 0],
            [3, 4],
          ],
          [
            [0, 0],
            [0, 1],
          ],
        ],
      }),
    ).toBe(6);
  });
});

describe('lattice', () => {
  it('holds tenths of a millimetre exactly', () => {
    expect(snap(447000.12344999)).toBe(447000.1234);
    fc.assert(
      fc.property(fc.integer({ min: -4e11, max: 4e11 }), (n) => {
        expect(toLattice(fromLattice(n))).toBe(n);
        expect(snap(fromLattice(n))).toBe(fromLattice(n));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('has an exact area, for small and for huge rings', () => {
    expect(doubledAreaOfRing(square(447000.5, 4417000.5, 10))).toBe(20_000_000_000n);
    expect(areaOfDoubled(20_000_000_000n)).toBe(100);
    const point = fc.tuple(
      fc.integer({ min: -(2 ** 38), max: 2 ** 38 }),
      fc.integer({ min: -(2 ** 38), max: 2 ** 38 }),
    );
    const near = fc.tuple(fc.integer({ min: 0, max: 2 ** 25 }), fc.integer({ min: 0, max: 2 ** 25 }));
    fc.assert(
      fc.property(fc.array(fc.oneof(point, near), { minLength: 3, maxLength: 12 }), (corners) => {
        let slow = 0n;
        corners.forEach(([x, y], i) => {
          const [u, v] = corners[(i + 1) % corners.length] ?? [0, 0];
          slow += BigInt(x) * BigInt(v) - BigInt(u) * BigInt(y);
        });
        const ring = corners.map(([x, y]): Position => [fromLattice(x), fromLattice(y)]);
        expect(doubledAreaOfRing(ring)).toBe(slow);
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});

describe('index', () => {
  it('finds boxes that touch, in order, and the nearest', () => {
    const index = new BoxIndex([
      [0, 0, 1, 1],
      [5, 5, 6, 6],
      [1, 1, 2, 2],
    ]);
    expect(index.search([1, 1, 1, 1])).toEqual([0, 2]);
    expect(index.nearest(7, 7, 1)).toEqual([1]);
    expect(index.nearest(70, 70, 1, 5)).toEqual([]);
    expect(new BoxIndex([]).search([0, 0, 1, 1])).toEqual([]);
    expect(new BoxIndex(Float64Array.of(0, 0, 1, 1)).search([0, 0, 9, 9])).toEqual([0]);
  });
});
