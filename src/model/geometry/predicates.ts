import { orient2d } from 'robust-predicates';
import type { PolygonRings, Position } from './types.ts';

/** Where a point lies relative to a ring or polygon. Decided exactly, for any coordinates. */
export type Place = 'inside' | 'boundary' | 'outside';

/** Positive when c lies left of a→b, negative when right, 0 exactly when the three are in line. */
export function orient(a: Position, b: Position, c: Position): number {
  return -orient2d(a[0], a[1], b[0], b[1], c[0], c[1]);
}

/** True when p lies on the closed segment a–b. */
export function onSegment(px: number, py: number, ax: number, ay: number, bx: number, by: number): boolean {
  return (
    px >= Math.min(ax, bx) &&
    px <= Math.max(ax, bx) &&
    py >= Math.min(ay, by) &&
    py <= Math.max(ay, by) &&
    orient2d(ax, ay, bx, by, px, py) === 0
  );
}

/** Counts how the edge a→b is crossed by a ray from p to the right: 1 crossed, 0 not, -1 when p lies on the edge. */
export function rayCrossing(px: number, py: number, ax: number, ay: number, bx: number, by: number): number {
  if (ay > py === by > py) {
    return ay === py && by === py && px >= Math.min(ax, bx) && px <= Math.max(ax, bx)
      ? -1
      : (px === ax && py === ay) || (px === bx && py === by)
        ? -1
        : 0;
  }
  if (px > ax && px > bx) return 0;
  // Left of an upward edge means the edge is to the right of the point.
  const side = -orient2d(ax, ay, bx, by, px, py);
  if (side === 0) return -1;
  return side > 0 === by > ay ? 1 : 0;
}

/** Exact place of a point relative to a ring, closed or open, of any orientation. */
export function pointInRing(x: number, y: number, ring: readonly Position[]): Place {
  let inside = false;
  let previous = ring.at(-1);
  for (const current of ring) {
    if (previous) {
      const crossing = rayCrossing(x, y, previous[0], previous[1], current[0], current[1]);
      if (crossing < 0) return 'boundary';
      if (crossing > 0) inside = !inside;
    }
    previous = current;
  }
  return inside ? 'inside' : 'outside';
}

/** Exact place of a point relative to an outer ring with holes; the edge of a hole is boundary. */
export function pointInPolygon(x: number, y: number, rings: PolygonRings): Place {
  let place: Place = 'outside';
  for (const [i, ring] of rings.entries()) {
    const found = pointInRing(x, y, ring);
    if (found === 'boundary') return 'boundary';
    if (i === 0) {
      if (found === 'outside') return 'outside';
      place = 'inside';
    } else if (found === 'inside') return 'outside';
  }
  return place;
}

/** Exact place relative to several polygons: inside any, else on the boundary of any, else outside. */
export function pointInPolygons(x: number, y: number, polygons: readonly PolygonRings[]): Place {
  let place: Place = 'outside';
  for (const rings of polygons) {
    const found = pointInPolygon(x, y, rings);
    if (found === 'inside') return found;
    if (found === 'boundary') place = found;
  }
  return place;
}

/**
 * How two closed segments meet: `disjoint`; `endpoint` they share an end point and nothing else; `touch` an end of one lies within the
 * other; `cross` properly, at a point within both; `overlap` along a length.
 */
export type Meeting = 'disjoint' | 'endpoint' | 'touch' | 'cross' | 'overlap';

/** Exact classification of segments a–b and c–d; neither may have zero length. */
export function segmentsMeet(a: Position, b: Position, c: Position, d: Position): Meeting {
  if (
    Math.max(a[0], b[0]) < Math.min(c[0], d[0]) ||
    Math.max(c[0], d[0]) < Math.min(a[0], b[0]) ||
    Math.max(a[1], b[1]) < Math.min(c[1], d[1]) ||
    Math.max(c[1], d[1]) < Math.min(a[1], b[1])
  )
    return 'disjoint';
  const c1 = Math.sign(orient(a, b, c));
  const d1 = Math.sign(orient(a, b, d));
  if (c1 === 0 && d1 === 0) return collinearMeeting(a, b, c, d);
  if (c1 === d1) return 'disjoint';
  const a2 = Math.sign(orient(c, d, a));
  const b2 = Math.sign(orient(c, d, b));
  if (a2 === b2) return 'disjoint';
  if (c1 * d1 < 0 && a2 * b2 < 0) return 'cross';
  return (c1 === 0 || d1 === 0) && (a2 === 0 || b2 === 0) ? 'endpoint' : 'touch';
}

function collinearMeeting(a: Position, b: Position, c: Position, d: Position): Meeting {
  const axis = a[0] === b[0] ? 1 : 0;
  const low = Math.max(Math.min(a[axis], b[axis]), Math.min(c[axis], d[axis]));
  const high = Math.min(Math.max(a[axis], b[axis]), Math.max(c[axis], d[axis]));
  return low < high ? 'overlap' : low === high ? 'endpoint' : 'disjoint';
}

/** Where two segments that `cross` do so, to double precision. */
export function crossingPoint(a: Position, b: Position, c: Position, d: Position): Position {
  const rx = b[0] - a[0];
  const ry = b[1] - a[1];
  const sx = d[0] - c[0];
  const sy = d[1] - c[1];
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / (rx * sy - ry * sx);
  return [a[0] + t * rx, a[1] + t * ry];
}

/** Square of the distance from p to the closed segment a–b. */
export function squaredDistanceToSegment(px: number, py: number, a: Position, b: Position): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length = dx * dx + dy * dy;
  const t = length > 0 ? Math.max(0, Math.min(1, ((px - a[0]) * dx + (py - a[1]) * dy) / length)) : 0;
  const ex = px - a[0] - t * dx;
  const ey = py - a[1] - t * dy;
  return ex * ex + ey * ey;
}
