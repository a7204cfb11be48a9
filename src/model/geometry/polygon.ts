import { pointInPolygon } from './predicates.ts';
import { ringArea } from './ring.ts';
import type { MultiLineStringShape, MultiPolygonShape, PolygonRings, Position } from './types.ts';

/** Planar area of one polygon, outer ring less holes, in square units of the CRS (m² in a project). */
export function polygonArea(rings: PolygonRings): number {
  return rings.reduce((sum, ring, i) => sum + (i === 0 ? ringArea(ring) : -ringArea(ring)), 0);
}

/** Planar area of every polygon of the shape together. */
export function shapeArea(shape: MultiPolygonShape): number {
  return shape.coordinates.reduce((sum, rings) => sum + polygonArea(rings), 0);
}

/** Length of all lines together. */
export function shapeLength(shape: MultiLineStringShape): number {
  return shape.coordinates.reduce((sum, line) => sum + lineLength(line), 0);
}

function lineLength(line: readonly Position[]): number {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += step(line, i);
  return sum;
}

function step(line: readonly Position[], i: number): number {
  const a = line[i - 1];
  const b = line[i];
  return a && b ? Math.hypot(b[0] - a[0], b[1] - a[1]) : 0;
}

/** The position half-way along the longest line of the shape; null when there is none. */
export function lineMidpoint(shape: MultiLineStringShape): Position | null {
  let longest: Position[] = [];
  let length = -1;
  for (const line of shape.coordinates) {
    const own = line.length > 0 ? lineLength(line) : -1;
    if (own > length) [longest, length] = [line, own];
  }
  let left = length / 2;
  for (let i = 1; i < longest.length; i++) {
    const own = step(longest, i);
    const a = longest[i - 1];
    const b = longest[i];
    if (a && b && own > 0 && left <= own)
      return [a[0] + ((b[0] - a[0]) * left) / own, a[1] + ((b[1] - a[1]) * left) / own];
    left -= own;
  }
  const first = longest[0];
  return first ? [first[0], first[1]] : null;
}

/** Levels of the scan lines tried, as shares of the polygon's height: the middle first, then ever nearer the ends. */
const LEVELS = [1 / 2, 1 / 4, 3 / 4, 1 / 8, 3 / 8, 5 / 8, 7 / 8, 1 / 16, 5 / 16, 11 / 16, 15 / 16];

/**
 * A point strictly inside the largest polygon of the shape: the middle of the widest run of a horizontal line through it, verified
 * exactly. A polygon without inside (a sliver thinner than double precision tells apart) gives its first position; null when empty.
 */
export function pointOnSurface(shape: MultiPolygonShape): Position | null {
  let best: PolygonRings | null = null;
  let bestArea = -1;
  for (const rings of shape.coordinates) {
    const area = polygonArea(rings);
    if (area > bestArea && (rings[0]?.length ?? 0) > 0) [best, bestArea] = [rings, area];
  }
  if (!best) return null;
  const ys = (best[0] ?? []).map((p) => p[1]);
  const low = Math.min(...ys);
  const high = Math.max(...ys);
  for (const level of LEVELS) {
    const found = widestRun(best, avoidVertices(ys, low + (high - low) * level));
    if (found && pointInPolygon(found[0], found[1], best) === 'inside') return found;
  }
  const first = best[0]?.[0];
  return first ? [first[0], first[1]] : null;
}

/** Half-way between the vertex levels around `y`, so that the scan line passes through no vertex of the outer ring. */
function avoidVertices(ys: readonly number[], y: number): number {
  let below = -Infinity;
  let above = Infinity;
  for (const v of ys) {
    if (v <= y && v > below) below = v;
    if (v > y && v < above) above = v;
  }
  return Number.isFinite(below) && Number.isFinite(above) ? (below + above) / 2 : y;
}

function widestRun(rings: PolygonRings, y: number): Position | null {
  const xs: number[] = [];
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const a = ring[i - 1];
      const b = ring[i];
      if (a && b && a[1] > y !== b[1] > y) xs.push(a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]));
    }
  }
  xs.sort((p, q) => p - q);
  let best: Position | null = null;
  let width = -1;
  for (let i = 0; i + 1 < xs.length; i += 2) {
    const from = xs[i] ?? 0;
    const to = xs[i + 1] ?? 0;
    if (to - from > width) [best, width] = [[(from + to) / 2, y], to - from];
  }
  return best;
}
