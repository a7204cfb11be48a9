import { crossingPoint, rayCrossing, segmentsMeet, squaredDistanceToSegment } from '../geometry/predicates.ts';
import { STEPS_PER_METRE } from '../geometry/lattice.ts';
import type { Position } from '../geometry/types.ts';
import { CLEARANCE, metres } from './edit.ts';
import { faultOf, type TilingFault } from './fault.ts';
import { at, beside, DISTRICT, edgeBox, type LooseEdges } from './loose-edges.ts';
import { sharedArea, soupOf, type EdgeSoup } from './overlap-area.ts';
import { eachEdge, latticeOf, latticeRings, type Face, type Tiling } from './tiling.ts';

/**
 * Pairs of faces that share ground: those with one directed edge in common, and those where an edge without answer crosses the other
 * or has the other on its own side. Faces that overlap anywhere do one of these, for the outline of the shared ground is made of such edges.
 */
export function findOverlaps(tiling: Tiling, loose: LooseEdges): TilingFault[] {
  const pairs = new Map<string, { a: number; b: number; place: Position }>();
  const note = (a: number, b: number, place: Position): void => {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    if (a !== b && !pairs.has(key)) pairs.set(key, { a: Math.min(a, b), b: Math.max(a, b), place });
  };
  tiling.out.forEach((leaving, node) => {
    for (let i = 0; i < leaving.length; i += 2)
      for (let j = 0; j < i; j += 2)
        if (leaving[i] === leaving[j]) note(leaving[i + 1] ?? -1, leaving[j + 1] ?? -1, latticeOf(tiling, node));
  });
  for (const edge of loose.edges) {
    if (edge.owner === DISTRICT) continue;
    const [p, q] = [at(loose.nodes, edge.a), at(loose.nodes, edge.b)];
    for (const number of tiling.index.search(edgeBox(loose.nodes, edge))) {
      const face = tiling.faces[number];
      const place = face && number !== edge.owner ? intrusion(tiling, p, q, face) : null;
      if (place) note(edge.owner, number, place);
    }
  }
  const soups = new Map<number, EdgeSoup>();
  return Array.from(pairs.values(), ({ a, b, place }) => measured(tiling, soups, a, b, place)).filter(
    (f) => f !== null,
  );
}

/** Where the edge p→q, its face on the left, gets into another face by more than 1 mm; null when it does not. */
function intrusion(tiling: Tiling, p: Position, q: Position, face: Face): Position | null {
  const { xs, ys } = tiling;
  const [low, high] = [Math.min(p[0], q[0]), Math.max(p[0], q[0])];
  const [bottom, top] = [Math.min(p[1], q[1]), Math.max(p[1], q[1])];
  const side = beside(p, q);
  let place: Position | null = null;
  let inside = false;
  eachEdge(face, (a, b) => {
    const [ax, ay, bx, by] = [xs[a] ?? NaN, ys[a] ?? NaN, xs[b] ?? NaN, ys[b] ?? NaN];
    if (rayCrossing(side[0], side[1], ax, ay, bx, by) > 0) inside = !inside;
    if (
      place ||
      Math.max(ax, bx) < low ||
      Math.min(ax, bx) > high ||
      Math.max(ay, by) < bottom ||
      Math.min(ay, by) > top
    )
      return;
    place = deepCrossing(p, q, [ax, ay], [bx, by]);
  });
  return place ?? (inside ? side : null);
}

/** Where two edges cross, every end more than 1 mm off the other edge; null when they do not. */
function deepCrossing(p: Position, q: Position, s: Position, t: Position): Position | null {
  if (segmentsMeet(p, q, s, t) !== 'cross') return null;
  const clear = ([x, y]: Position, u: Position, v: Position): boolean =>
    squaredDistanceToSegment(x, y, u, v) >= CLEARANCE * CLEARANCE;
  return clear(p, s, t) && clear(q, s, t) && clear(s, p, q) && clear(t, p, q) ? crossingPoint(p, q, s, t) : null;
}

function measured(
  tiling: Tiling,
  soups: Map<number, EdgeSoup>,
  a: number,
  b: number,
  place: Position,
): TilingFault | null {
  const soup = (number: number): EdgeSoup => {
    const made = soups.get(number) ?? soupOf(latticeRings(tiling, tiling.faces[number]));
    soups.set(number, made);
    return made;
  };
  const shared = sharedArea(soup(a), soup(b));
  const area = shared.area / (STEPS_PER_METRE * STEPS_PER_METRE);
  // Along a shared border rounding alone gives a film of ground; 1 cm² is nobody's grid.
  return area > 1e-4 ? faultOf(tiling, metres(shared.place ?? place), [a, b], area) : null;
}
