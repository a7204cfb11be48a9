import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import fc from 'fast-check';
import GeoJSONReader from 'jsts/org/locationtech/jts/io/GeoJSONReader.js';
import { describe, expect, it } from 'vitest';
import { polygonArea } from './polygon.ts';
import { pointInPolygon } from './predicates.ts';
import type { Position } from './types.ts';

/** A star round the origin: always simple, seldom convex. */
const star = fc
  .array(fc.double({ min: 20, max: 100, noNaN: true }), { minLength: 4, maxLength: 24 })
  .map((radii): Position[] => {
    const corners = radii.map((radius, i): Position => {
      const angle = (2 * Math.PI * i) / radii.length;
      return [Math.round(radius * Math.cos(angle) * 1e4) / 1e4, Math.round(radius * Math.sin(angle) * 1e4) / 1e4];
    });
    const [first] = corners;
    return first === undefined ? corners : [...corners, first];
  });
const place = fc.tuple(
  fc.integer({ min: -1_100_000, max: 1_100_000 }),
  fc.integer({ min: -1_100_000, max: 1_100_000 }),
);

describe('our geometry beside strangers’ on the same shapes', () => {
  it('tells inside from outside as Turf does', () => {
    fc.assert(
      fc.property(star, place, (ring, [x, y]) => {
        const at: Position = [x / 1e4, y / 1e4];
        const ours = pointInPolygon(at[0], at[1], [ring]);
        const theirs = booleanPointInPolygon(at, { type: 'Polygon', coordinates: [ring] });
        // Turf counts the border in; ours tells it apart.
        expect(ours !== 'outside').toBe(theirs);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('measures areas as JSTS does', () => {
    const reader = new GeoJSONReader();
    fc.assert(
      fc.property(star, (ring) => {
        const theirs = reader.read({ type: 'Polygon', coordinates: [ring] }).getArea();
        expect(polygonArea([ring])).toBeCloseTo(theirs, 6);
      }),
      { numRuns: 500, seed: 2 },
    );
  });
});
