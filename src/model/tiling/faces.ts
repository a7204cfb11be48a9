import { bboxHolds } from '../geometry/bbox.ts';
import { areaOfDoubled, fromLattice, toLattice } from '../geometry/lattice.ts';
import { rayCrossing, squaredDistanceToSegment, type Place } from '../geometry/predicates.ts';
import type { MultiPolygonShape, Position, Ring } from '../geometry/types.ts';
import {
  boxOf,
  eachEdge,
  faceLeftOf,
  facesAround,
  latticeOf,
  placeOf,
  ringDoubledArea,
  type Face,
  type Tiling,
} from './tiling.ts';

/** The face with this grid id, or null when it is not here. */
export function faceOf(tiling: Tiling, id: number): Face | null {
  return tiling.faces[tiling.numberOf.get(id) ?? -1] ?? null;
}

/** A face as the file holds it: closed rings in metres on the lattice. */
export function faceShape(tiling: Tiling, face: Face): MultiPolygonShape {
  const close = (ring: readonly number[]): Ring => {
    const out = ring.map((n) => placeOf(tiling, n));
    const first = out[0];
    return first ? [...out, [first[0], first[1]]] : out;
  };
  return { type: 'MultiPolygon', coordinates: face.polygons.map((rings) => rings.map(close)) };
}

/** Exact doubled area in square lattice steps, holes taken off. */
export function faceDoubledArea(tiling: Tiling, face: Face): bigint {
  let sum = 0n;
  for (const rings of face.polygons) for (const ring of rings) sum += ringDoubledArea(ring, tiling.xs, tiling.ys);
  return sum;
}

/** Planar area in m². */
export function faceArea(tiling: Tiling, face: Face): number {
  return areaOfDoubled(faceDoubledArea(tiling, face));
}

/** Node ids of a face, each once, in ring order. */
export function nodesOf(face: Face): number[] {
  return [...new Set(face.polygons.flat(2))];
}

/** Ids of the grids that share an edge with this one, ascending. */
export function neighbours(tiling: Tiling, id: number): number[] {
  const face = faceOf(tiling, id);
  const found = new Set<number>();
  if (face)
    eachEdge(face, (a, b) => {
      const other = tiling.faces[faceLeftOf(tiling, b, a)];
      if (other && other.id !== id) found.add(other.id);
    });
  return [...found].sort((a, b) => a - b);
}

/** Numbers of the faces whose box holds the lattice box around a point. */
function facesNear(tiling: Tiling, x: number, y: number, reach: number): number[] {
  const loose = new Set(tiling.loose);
  const found = tiling.index.search([x - reach, y - reach, x + reach, y + reach]).filter((n) => !loose.has(n));
  for (const n of loose) {
    const face = tiling.faces[n];
    if (!face) continue;
    const box = boxOf(face, tiling.xs, tiling.ys);
    if (bboxHolds([box[0] - reach, box[1] - reach, box[2] + reach, box[3] + reach], x, y)) found.push(n);
  }
  return found.sort((a, b) => a - b);
}

/** The node nearest to a place within `tolerance` metres, or -1. */
export function nearestNode(tiling: Tiling, [x, y]: Position, tolerance: number): number {
  const lx = toLattice(x);
  const ly = toLattice(y);
  let best = -1;
  let distance = toLattice(tolerance) ** 2;
  for (const number of facesNear(tiling, lx, ly, toLattice(tolerance))) {
    const face = tiling.faces[number];
    if (!face) continue;
    eachEdge(face, (n) => {
      const d = ((tiling.xs[n] ?? NaN) - lx) ** 2 + ((tiling.ys[n] ?? NaN) - ly) ** 2;
      if (d < distance || (d === distance && (best < 0 || n < best))) [best, distance] = [n, d];
    });
  }
  return best;
}

export interface EdgeHit {
  a: number;
  b: number;
  /** Metres. */
  distance: number;
}

/** The edge nearest to a place within `tolerance` metres, or null. */
export function nearestEdge(tiling: Tiling, [x, y]: Position, tolerance: number): EdgeHit | null {
  const lx = toLattice(x);
  const ly = toLattice(y);
  let best: EdgeHit | null = null;
  let distance = toLattice(tolerance) ** 2;
  for (const number of facesNear(tiling, lx, ly, toLattice(tolerance))) {
    const face = tiling.faces[number];
    if (!face) continue;
    eachEdge(face, (a, b) => {
      const d = squaredDistanceToSegment(lx, ly, latticeOf(tiling, a), latticeOf(tiling, b));
      if (d < distance) {
        distance = d;
        best = { a, b, distance: fromLattice(Math.sqrt(d)) };
      }
    });
  }
  return best;
}

/** Exact place of a point (metres) relative to a face, on the very doubles the file holds. */
function placeInFace(tiling: Tiling, face: Face, x: number, y: number): Place {
  let inside = false;
  let boundary = false;
  eachEdge(face, (a, b) => {
    const crossing = rayCrossing(
      x,
      y,
      fromLattice(tiling.xs[a] ?? NaN),
      fromLattice(tiling.ys[a] ?? NaN),
      fromLattice(tiling.xs[b] ?? NaN),
      fromLattice(tiling.ys[b] ?? NaN),
    );
    if (crossing < 0) boundary = true;
    else if (crossing > 0) inside = !inside;
  });
  return boundary ? 'boundary' : inside ? 'inside' : 'outside';
}

/** The grid a point belongs to: the one that holds it; on a shared border or node the touching one with the lowest code; else null. */
export function faceAt(tiling: Tiling, x: number, y: number): Face | null {
  let best: Face | null = null;
  for (const number of facesNear(tiling, toLattice(x), toLattice(y), 1)) {
    const face = tiling.faces[number];
    if (face && placeInFace(tiling, face, x, y) !== 'outside' && (best === null || face.code < best.code)) best = face;
  }
  return best;
}

export interface TilingPoint {
  id: number;
  x: number;
  y: number;
  /** Grid it belonged to before. */
  gridId: number | null;
}
export interface MovedPoint {
  id: number;
  from: number | null;
  to: number | null;
}

/** Which of the points stand in another grid now that these grids changed. Points of other grids are not looked at. */
export function movedComponents(
  tiling: Tiling,
  points: readonly TilingPoint[],
  changed: readonly number[],
): MovedPoint[] {
  const touched = new Set(changed);
  const moved: MovedPoint[] = [];
  for (const p of points) {
    if (p.gridId === null || !touched.has(p.gridId)) continue;
    const to = faceAt(tiling, p.x, p.y)?.id ?? null;
    if (to !== p.gridId) moved.push({ id: p.id, from: p.gridId, to });
  }
  return moved;
}

/** Ids of the grids that a move of this node would change: to light up before a drag. */
export function gridsAround(tiling: Tiling, node: number): number[] {
  return facesAround(tiling, node).flatMap((n) => tiling.faces[n]?.id ?? []);
}
