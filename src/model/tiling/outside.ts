import { BoxIndex } from '../geometry/index.ts';
import { STEPS_PER_METRE, toLattice } from '../geometry/lattice.ts';
import { rayCrossing, segmentsMeet, squaredDistanceToSegment } from '../geometry/predicates.ts';
import type { PolygonRings, Position } from '../geometry/types.ts';
import { CLEARANCE, metres } from './edit.ts';
import { faceArea } from './faces.ts';
import { faultOf, type TilingFault } from './fault.ts';
import { at, DISTRICT, type LooseEdges } from './loose-edges.ts';
import { sharedArea, soupOf } from './overlap-area.ts';
import { eachEdge, latticeOf, latticeRings, placeOf, type Tiling } from './tiling.ts';

/** A border that is asked about many points: its edges indexed. Lattice steps. */
export class Border {
  readonly #edges: [Position, Position][] = [];
  readonly #index: BoxIndex;
  readonly #right: number;

  /** `polygons` in metres. */
  constructor(polygons: readonly PolygonRings[]) {
    for (const ring of polygons.flat()) {
      for (let i = 1; i < ring.length; i++) {
        const a = ring[i - 1];
        const b = ring[i];
        if (!a || !b) continue;
        this.#edges.push([
          [toLattice(a[0]), toLattice(a[1])],
          [toLattice(b[0]), toLattice(b[1])],
        ]);
      }
    }
    this.#index = new BoxIndex(
      this.#edges.map(([a, b]) => [
        Math.min(a[0], b[0]),
        Math.min(a[1], b[1]),
        Math.max(a[0], b[0]),
        Math.max(a[1], b[1]),
      ]),
    );
    this.#right = this.#edges.reduce((x, [a, b]) => Math.max(x, a[0], b[0]), -Infinity);
  }

  /** True when the point lies beyond the border by more than 1 mm. */
  isBeyond([x, y]: Position): boolean {
    for (const n of this.#index.search([x - CLEARANCE, y - CLEARANCE, x + CLEARANCE, y + CLEARANCE])) {
      const edge = this.#edges[n];
      if (edge && squaredDistanceToSegment(x, y, edge[0], edge[1]) < CLEARANCE * CLEARANCE) return false;
    }
    let inside = false;
    for (const n of this.#index.search([x, y, Math.max(x, this.#right), y])) {
      const edge = this.#edges[n];
      if (edge && rayCrossing(x, y, edge[0][0], edge[0][1], edge[1][0], edge[1][1]) > 0) inside = !inside;
    }
    return !inside;
  }

  /** True when the segment crosses the border properly, no end of either within 1 mm of the other. */
  isCrossedBy(p: Position, q: Position): boolean {
    const box = [Math.min(p[0], q[0]), Math.min(p[1], q[1]), Math.max(p[0], q[0]), Math.max(p[1], q[1])] as const;
    const clear = ([x, y]: Position, s: Position, t: Position): boolean =>
      squaredDistanceToSegment(x, y, s, t) >= CLEARANCE * CLEARANCE;
    return this.#index.search([...box]).some((n) => {
      const edge = this.#edges[n];
      if (!edge || segmentsMeet(p, q, edge[0], edge[1]) !== 'cross') return false;
      return clear(p, ...edge) && clear(q, ...edge) && clear(edge[0], p, q) && clear(edge[1], p, q);
    });
  }
}

/** Grids with ground beyond the district. */
export function findOutside(tiling: Tiling, loose: LooseEdges, district: readonly PolygonRings[]): TilingFault[] {
  const border = new Border(district);
  const suspects = new Set<number>();
  const onBorder = new Set<number>();
  for (const edge of loose.edges) {
    if (edge.owner === DISTRICT) continue;
    onBorder.add(edge.owner);
    if (!suspects.has(edge.owner) && edgeLeaves(border, at(loose.nodes, edge.a), at(loose.nodes, edge.b)))
      suspects.add(edge.owner);
  }
  // A face all of whose neighbours are here may still lie beyond with them; one corner off the border tells.
  tiling.faces.forEach((face, number) => {
    if (onBorder.has(number)) return;
    const node = face.polygons[0]?.[0]?.[0];
    if (node !== undefined && border.isBeyond(latticeOf(tiling, node))) suspects.add(number);
  });
  const soup = soupOf(district.flat().map((ring) => ring.map(([x, y]): Position => [toLattice(x), toLattice(y)])));
  return [...suspects]
    .sort((a, b) => a - b)
    .flatMap((number) => {
      const face = tiling.faces[number];
      if (!face) return [];
      const within = sharedArea(soupOf(latticeRings(tiling, face)), soup).area / (STEPS_PER_METRE * STEPS_PER_METRE);
      const area = faceArea(tiling, face) - within;
      return area > 1e-4 ? [faultOf(tiling, placeBeyond(tiling, border, number), [number], area)] : [];
    });
}

function edgeLeaves(border: Border, p: Position, q: Position): boolean {
  return (
    border.isBeyond(p) ||
    border.isBeyond(q) ||
    border.isBeyond([(p[0] + q[0]) / 2, (p[1] + q[1]) / 2]) ||
    border.isCrossedBy(p, q)
  );
}

/** A corner beyond the border, or the middle of an edge that crosses it; metres. */
function placeBeyond(tiling: Tiling, border: Border, number: number): Position {
  const face = tiling.faces[number];
  let place: Position | null = null;
  if (face)
    eachEdge(face, (a, b) => {
      if (place) return;
      const [p, q] = [latticeOf(tiling, a), latticeOf(tiling, b)];
      if (border.isBeyond(p)) place = placeOf(tiling, a);
      else if (edgeLeaves(border, p, q)) place = metres([(p[0] + q[0]) / 2, (p[1] + q[1]) / 2]);
    });
  return place ?? placeOf(tiling, face?.polygons[0]?.[0]?.[0] ?? -1);
}
