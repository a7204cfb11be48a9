import { fromLattice } from '../geometry/lattice.ts';
import { crossingPoint, pointInRing, segmentsMeet, squaredDistanceToSegment } from '../geometry/predicates.ts';
import type { Position } from '../geometry/types.ts';
import { CLEARANCE, codesOf, metres, refuse, type Refusal } from './edit.ts';
import { eachEdge, latticeOf, placeOf, ringDoubledArea, type Face, type Tiling } from './tiling.ts';

/**
 * Whether grids still tile after nodes moved; null when they do. It is enough to look at the grids around those nodes: their
 * common outline stays, so the windings of their rings still add up to one inside it and to none outside; if each of them is still a
 * simple polygon of its old direction, each winds once around its own ground, and so they neither overlap nor leave anything out.
 */
export function whyUnsound(tiling: Tiling, moved: readonly number[], faces: readonly number[]): Refusal | null {
  return whyClose(tiling, moved, faces) ?? whyCrossed(tiling, moved, faces) ?? whyInverted(tiling, moved, faces);
}

function whyClose(tiling: Tiling, moved: readonly number[], faces: readonly number[]): Refusal | null {
  for (const number of faces) {
    for (const ring of tiling.faces[number]?.polygons.flat() ?? []) {
      for (const other of ring) {
        for (const node of moved) {
          if (node === other) continue;
          const [x, y] = latticeOf(tiling, node);
          const [ox, oy] = latticeOf(tiling, other);
          const distance = Math.hypot(x - ox, y - oy);
          if (distance < CLEARANCE)
            return refuse('too-close', placeOf(tiling, other), { metres: fromLattice(distance) });
        }
      }
    }
  }
  return null;
}

/** Undirected edges that end in a moved node, each once. */
function movedEdges(tiling: Tiling, moved: readonly number[]): [number, number][] {
  const set = new Set(moved);
  const edges: [number, number][] = [];
  for (const a of moved) {
    const leaving = tiling.out[a] ?? [];
    for (let i = 0; i < leaving.length; i += 2) {
      const b = leaving[i] ?? -1;
      if (!(set.has(b) && b < a)) edges.push([a, b]);
    }
  }
  return edges;
}

function whyCrossed(tiling: Tiling, moved: readonly number[], faces: readonly number[]): Refusal | null {
  const edges = movedEdges(tiling, moved);
  for (const number of faces) {
    const face = tiling.faces[number];
    if (!face) continue;
    let refusal: Refusal | null = null;
    eachEdge(face, (p, q) => {
      for (const [a, b] of edges) refusal ??= whyMeet(tiling, a, b, p, q, number);
    });
    if (refusal) return refusal;
  }
  return null;
}

/** How a moved edge a–b stands to an edge p–q of face `number`. Edges that share a node may only meet there. */
function whyMeet(tiling: Tiling, a: number, b: number, p: number, q: number, number: number): Refusal | null {
  if ((a === p && b === q) || (a === q && b === p)) return null;
  const [A, B, P, Q] = [latticeOf(tiling, a), latticeOf(tiling, b), latticeOf(tiling, p), latticeOf(tiling, q)];
  if (farApart(A, B, P, Q)) return null;
  const shared = a === p || a === q || b === p || b === q;
  const meeting = segmentsMeet(A, B, P, Q);
  const beside = (): string[] => {
    const leaving = tiling.out[a] ?? [];
    const own: number[] = [];
    for (let i = 0; i < leaving.length; i += 2) if (leaving[i] === b) own.push(leaving[i + 1] ?? -1);
    return codesOf(tiling, new Set([...own, number]));
  };
  if (meeting === 'cross') return refuse('would-cross', metres(crossingPoint(A, B, P, Q)), { codes: beside() });
  if (meeting === 'overlap' || (meeting !== 'disjoint' && !shared))
    return refuse('would-cross', metres(touchingEnd(A, B, P, Q)), { codes: beside() });
  const ends: [Position, number, Position, Position, number, number][] = [
    [A, a, P, Q, p, q],
    [B, b, P, Q, p, q],
    [P, p, A, B, a, b],
    [Q, q, A, B, a, b],
  ];
  for (const [end, id, s, t, sId, tId] of ends) {
    if (id === sId || id === tId) continue;
    const d = squaredDistanceToSegment(end[0], end[1], s, t);
    if (d < CLEARANCE * CLEARANCE) return refuse('too-close', metres(end), { metres: fromLattice(Math.sqrt(d)) });
  }
  return null;
}

function farApart(a: Position, b: Position, p: Position, q: Position): boolean {
  return (
    Math.max(a[0], b[0]) + CLEARANCE < Math.min(p[0], q[0]) ||
    Math.max(p[0], q[0]) + CLEARANCE < Math.min(a[0], b[0]) ||
    Math.max(a[1], b[1]) + CLEARANCE < Math.min(p[1], q[1]) ||
    Math.max(p[1], q[1]) + CLEARANCE < Math.min(a[1], b[1])
  );
}

/** The end of one segment that lies on the other, an end they share only where there is none else. */
function touchingEnd(a: Position, b: Position, p: Position, q: Position): Position {
  const ends: [Position, Position, Position][] = [
    [p, a, b],
    [q, a, b],
    [a, p, q],
    [b, p, q],
  ];
  const same = (u: Position, v: Position): boolean => u[0] === v[0] && u[1] === v[1];
  const own = ends.filter(([end, s, t]) => !same(end, s) && !same(end, t));
  const distance = ([end, s, t]: [Position, Position, Position]): number =>
    squaredDistanceToSegment(end[0], end[1], s, t);
  return (own.length > 0 ? own : ends).toSorted((u, v) => distance(u) - distance(v))[0]?.[0] ?? a;
}

function whyInverted(tiling: Tiling, moved: readonly number[], faces: readonly number[]): Refusal | null {
  for (const number of faces) {
    const face = tiling.faces[number];
    if (!face || isWellFormed(tiling, face)) continue;
    const own = new Set(face.polygons.flat(2));
    const node = moved.find((n) => own.has(n)) ?? moved[0] ?? -1;
    return refuse('would-invert', placeOf(tiling, node), { codes: [face.code] });
  }
  return null;
}

/** Outer rings counter-clockwise, holes clockwise and within their ring, parts beside one another; crossings are looked for elsewhere. */
function isWellFormed(tiling: Tiling, face: Face): boolean {
  const placed = face.polygons.map((rings) => rings.map((ring) => ring.map((n) => latticeOf(tiling, n))));
  for (const rings of face.polygons)
    for (const [i, ring] of rings.entries()) {
      const area = ringDoubledArea(ring, tiling.xs, tiling.ys);
      if (i === 0 ? area <= 0n : area >= 0n) return false;
    }
  for (const [i, rings] of placed.entries()) {
    const outer = rings[0] ?? [];
    if (rings.slice(1).some((hole) => liesIn(hole, outer) === false)) return false;
    for (const [j, other] of placed.entries())
      if (
        i !== j &&
        liesIn(other[0] ?? [], outer) === true &&
        !rings.slice(1).some((hole) => liesIn(other[0] ?? [], hole) === true)
      )
        return false;
  }
  return true;
}

/** Whether a ring lies in another it does not cross: told by its first corner off the other's line; null when all are on it. */
function liesIn(ring: readonly Position[], outer: readonly Position[]): boolean | null {
  for (const [x, y] of ring) {
    const place = pointInRing(x, y, outer);
    if (place !== 'boundary') return place === 'inside';
  }
  return null;
}
