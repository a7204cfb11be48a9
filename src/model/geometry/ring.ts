import type { PolygonRings, Position, Ring } from './types.ts';

/**
 * Twice the signed area, positive when counter-clockwise, in square units of the CRS. Taken about the first position, so that
 * eight-digit eastings lose nothing. Works on closed and open rings alike.
 */
export function signedDoubleArea(ring: readonly Position[]): number {
  const first = ring[0];
  if (!first) return 0;
  const [ox, oy] = first;
  let sum = 0;
  let px = 0;
  let py = 0;
  for (const [x, y] of ring) {
    const cx = x - ox;
    const cy = y - oy;
    sum += px * cy - cx * py;
    px = cx;
    py = cy;
  }
  return sum;
}

/** Planar area of a ring, never negative. */
export function ringArea(ring: readonly Position[]): number {
  return Math.abs(signedDoubleArea(ring)) / 2;
}

export function isCounterClockwise(ring: readonly Position[]): boolean {
  return signedDoubleArea(ring) > 0;
}

/** Centroid of the ring's area; of its positions when the area is zero. */
export function ringCentroid(ring: readonly Position[]): Position {
  const first = ring[0] ?? [NaN, NaN];
  const [ox, oy] = first;
  let area = 0;
  let sx = 0;
  let sy = 0;
  for (let i = 0; i < ring.length; i++) {
    const [ax, ay] = ring[i] ?? first;
    const [bx, by] = ring[i + 1] ?? first;
    const cross = (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
    area += cross;
    sx += (ax + bx - 2 * ox) * cross;
    sy += (ay + by - 2 * oy) * cross;
  }
  if (area !== 0) return [ox + sx / (3 * area), oy + sy / (3 * area)];
  const mean = (axis: 0 | 1): number => ring.reduce((sum, p) => sum + p[axis], 0) / ring.length;
  return [mean(0), mean(1)];
}

function samePosition(a: Position, b: Position): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

function isClosed(ring: readonly Position[]): boolean {
  const first = ring[0];
  const last = ring.at(-1);
  return first !== undefined && last !== undefined && samePosition(first, last);
}

/** The ring with its first position repeated at the end, if it was not. */
export function closeRing(ring: readonly Position[]): Ring {
  const first = ring[0];
  return first && !isClosed(ring) ? [...ring, [first[0], first[1]]] : [...ring];
}

/** The ring turned to run counter-clockwise (`true`) or clockwise; rings without area stay as they are. */
function orientRing(ring: Ring, counterClockwise: boolean): Ring {
  const area = signedDoubleArea(ring);
  return area !== 0 && area > 0 !== counterClockwise ? ring.toReversed() : ring;
}

/** Rings closed, outer counter-clockwise, holes clockwise: the way every polygon of the project is held. */
export function orientPolygon(rings: readonly Ring[]): PolygonRings {
  return rings.map((ring, i) => orientRing(closeRing(ring), i === 0));
}
