import { crossingPoint, pointInRing, segmentsMeet, squaredDistanceToSegment } from '../geometry/predicates.ts';
import { STEPS_PER_METRE } from '../geometry/lattice.ts';
import type { Position } from '../geometry/types.ts';
import { CLEARANCE, metres } from './edit.ts';
import { faultOf, type TilingFault } from './fault.ts';
import { at, DISTRICT, edgeBox, type LooseEdges } from './loose-edges.ts';
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
  let place: Position | null = null;
  eachEdge(face, (a, b) => {
    const [s, t] = [latticeOf(tiling, a), latticeOf(tiling, b)];
    if (place || segmentsMeet(p, q, s, t) !== 'cross') return;
    const clear = ([x, y]: Position, u: Position, v: Position): boolean =>
      squaredDistanceToSegment(x, y, u, v) >= CLEARANCE * CLEARANCE;
    if (clear(p, s, t) && clear(q, s, t) && clear(s, p, q) && clear(t, p, q)) place = crossingPoint(p, q, s, t);
  });
  if (place) return place;
  const length = Math.hypot(q[0] - p[0], q[1] - p[1]);
  const inset = 2 * CLEARANCE;
  const x = (p[0] + q[0]) / 2 - ((q[1] - p[1]) / length) * inset;
  const y = (p[1] + q[1]) / 2 + ((q[0] - p[0]) / length) * inset;
  return isInside(tiling, face, x, y) ? [x, y] : null;
}

function isInside(tiling: Tiling, face: Face, x: number, y: number): boolean {
  let inside = false;
  for (const rings of face.polygons)
    for (const ring of rings) {
      const place = pointInRing(
        x,
        y,
        ring.map((n) => latticeOf(tiling, n)),
      );
      if (place === 'boundary') return false;
      if (place === 'inside') inside = !inside;
    }
  return inside;
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
