import { BoxIndex } from '../geometry/index.ts';
import { fromLattice, STEPS_PER_METRE, toLattice } from '../geometry/lattice.ts';
import { rayCrossing, segmentsMeet, squaredDistanceToSegment } from '../geometry/predicates.ts';
import type { PolygonRings, Position } from '../geometry/types.ts';
import { CLEARANCE, metres } from './edit.ts';
import { faceArea, faceAt } from './faces.ts';
import { faultOf, type TilingFault } from './fault.ts';
import { at, beside, DISTRICT, type LooseEdges } from './loose-edges.ts';
import { sharedArea, soupOf } from './overlap-area.ts';
import { latticeOf, latticeRings, type Tiling } from './tiling.ts';

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
  const suspects = findSuspects(tiling, loose, new Border(district));
  const soup = soupOf(district.flat().map((ring) => ring.map(([x, y]): Position => [toLattice(x), toLattice(y)])));
  return [...suspects]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([number, place]) => {
      const face = tiling.faces[number];
      if (!face) return [];
      const within = sharedArea(soupOf(latticeRings(tiling, face)), soup).area / (STEPS_PER_METRE * STEPS_PER_METRE);
      const area = faceArea(tiling, face) - within;
      return area > 1e-4 ? [faultOf(tiling, metres(place), [number], area)] : [];
    });
}

/** Faces that seem to reach out, by number, with a place of each in lattice steps. */
function findSuspects(tiling: Tiling, loose: LooseEdges, border: Border): Map<number, Position> {
  const suspects = new Map<number, Position>();
  const bordering = new Set<number>();
  for (const edge of loose.edges) {
    const [p, q] = [at(loose.nodes, edge.a), at(loose.nodes, edge.b)];
    if (edge.owner === DISTRICT) {
      // A grid that stands on the far side of the border, as over a lake the district leaves out, may have no edge near it.
      const beyond = beside(q, p);
      const face = faceAt(tiling, fromLattice(beyond[0]), fromLattice(beyond[1]));
      const number = face ? tiling.numberOf.get(face.id) : undefined;
      if (number !== undefined && !suspects.has(number)) suspects.set(number, beyond);
      continue;
    }
    bordering.add(edge.owner);
    const place = suspects.has(edge.owner) ? null : leavesAt(border, p, q);
    if (place) suspects.set(edge.owner, place);
  }
  // A face all of whose neighbours are here may still lie beyond with them; one corner off the border tells.
  tiling.faces.forEach((face, number) => {
    const node = face.polygons[0]?.[0]?.[0];
    if (bordering.has(number) || node === undefined) return;
    const place = latticeOf(tiling, node);
    if (border.isBeyond(place)) suspects.set(number, place);
  });
  return suspects;
}

/** Where an edge is beyond the border, null when it is not. */
function leavesAt(border: Border, p: Position, q: Position): Position | null {
  const middle: Position = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
  return [p, q, middle].find((place) => border.isBeyond(place)) ?? (border.isCrossedBy(p, q) ? middle : null);
}
