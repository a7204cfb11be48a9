import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  crossingPoint,
  onSegment,
  orient,
  pointInPolygon,
  pointInPolygons,
  pointInRing,
  segmentsMeet,
  squaredDistanceToSegment,
  type Meeting,
} from './predicates.ts';
import type { Position, Ring } from './types.ts';

const square: Ring = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
  [0, 0],
];
const hole: Ring = [
  [1, 1],
  [1, 2],
  [2, 2],
  [2, 1],
  [1, 1],
];

/** Rational arithmetic on whole numbers, as an oracle. */
function slowMeeting(a: Position, b: Position, c: Position, d: Position): Meeting {
  const r = [b[0] - a[0], b[1] - a[1]] as const;
  const s = [d[0] - c[0], d[1] - c[1]] as const;
  const q = [c[0] - a[0], c[1] - a[1]] as const;
  const det = r[0] * s[1] - r[1] * s[0];
  if (det === 0) {
    if (q[0] * r[1] - q[1] * r[0] !== 0) return 'disjoint';
    const rr = r[0] * r[0] + r[1] * r[1];
    const t = [q[0] * r[0] + q[1] * r[1], (d[0] - a[0]) * r[0] + (d[1] - a[1]) * r[1]];
    const low = Math.max(0, Math.min(...t));
    const high = Math.min(rr, Math.max(...t));
    return low < high ? 'overlap' : low === high ? 'endpoint' : 'disjoint';
  }
  const sign = Math.sign(det);
  const t = (q[0] * s[1] - q[1] * s[0]) * sign;
  const u = (q[0] * r[1] - q[1] * r[0]) * sign;
  const full = Math.abs(det);
  if (t < 0 || u < 0 || t > full || u > full) return 'disjoint';
  const endT = t === 0 || t === full;
  const endU = u === 0 || u === full;
  return endT && endU ? 'endpoint' : endT || endU ? 'touch' : 'cross';
}

describe('exact predicates', () => {
  it('tells left from right where doubles alone do not', () => {
    expect(orient([0, 0], [1, 0], [0, 1])).toBeGreaterThan(0);
    const near = 0.5 + 2 ** -53;
    expect(orient([12, 12], [24, 24], [near, near])).toBe(0);
    expect(orient([12, 12], [24, 24], [0.5, near])).toBeGreaterThan(0);
    expect(orient([12, 12], [24, 24], [near, 0.5])).toBeLessThan(0);
  });

  it('places points in, on and off a ring, of either direction', () => {
    for (const ring of [square, square.toReversed()]) {
      expect(pointInRing(2, 2, ring)).toBe('inside');
      expect(pointInRing(4, 4, ring)).toBe('boundary');
      expect(pointInRing(0, 3, ring)).toBe('boundary');
      expect(pointInRing(3, 4, ring)).toBe('boundary');
      expect(pointInRing(-1, 4, ring)).toBe('outside');
      expect(pointInRing(5, 0, ring)).toBe('outside');
    }
  });

  it('counts the inside of a hole as outside and its edge as boundary', () => {
    expect(pointInPolygon(1.5, 1.5, [square, hole])).toBe('outside');
    expect(pointInPolygon(1, 1.5, [square, hole])).toBe('boundary');
    expect(pointInPolygon(3, 3, [square, hole])).toBe('inside');
    expect(pointInPolygons(1.5, 1.5, [[square, hole], [hole]])).toBe('inside');
    expect(pointInPolygons(9, 9, [[square]])).toBe('outside');
  });

  it('agrees with rational arithmetic on small whole numbers', () => {
    const n = fc.integer({ min: -3, max: 3 });
    const p = fc.tuple(n, n);
    fc.assert(
      fc.property(p, p, p, p, (a, b, c, d) => {
        fc.pre(String(a) !== String(b) && String(c) !== String(d));
        expect(segmentsMeet(a, b, c, d)).toBe(slowMeeting(a, b, c, d));
      }),
      { seed: 3, numRuns: 3000 },
    );
  });

  it('says on the boundary exactly when on a segment', () => {
    const n = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(n, n), { minLength: 3, maxLength: 7 }), n, n, (ring, x, y) => {
        const on = ring.some((p, i) => {
          const q = ring[(i + 1) % ring.length] ?? p;
          return onSegment(x, y, p[0], p[1], q[0], q[1]);
        });
        expect(pointInRing(x, y, ring) === 'boundary').toBe(on);
      }),
      { seed: 5, numRuns: 2000 },
    );
  });

  it('finds where segments cross and how far a point is', () => {
    expect(crossingPoint([0, 0], [4, 4], [0, 4], [4, 0])).toEqual([2, 2]);
    expect(squaredDistanceToSegment(2, 3, [0, 0], [4, 0])).toBe(9);
    expect(squaredDistanceToSegment(7, 4, [0, 0], [4, 0])).toBe(25);
    expect(squaredDistanceToSegment(3, 4, [0, 0], [0, 0])).toBe(25);
  });
});
