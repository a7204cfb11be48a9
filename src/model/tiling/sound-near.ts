import { bboxesMeet, growBbox } from '../geometry/bbox.ts';
import { toLattice } from '../geometry/lattice.ts';
import { pointInPolygons } from '../geometry/predicates.ts';
import { orientPolygon } from '../geometry/ring.ts';
import type { Bbox, PolygonRings } from '../geometry/types.ts';
import { CLEARANCE } from './edit.ts';
import { boxOf, eachEdge, facesAround, placeOf, type Face, type Tiling } from './tiling.ts';

/**
 * Whether the tiling is beyond doubt sound at these grids, judged from their surroundings alone: every edge of theirs, and every edge of
 * others near them, has exactly one face on each side or the district's border beyond it, coordinates agree to the last digit, and no
 * corner lies outside the district. False means only that `findFaults` has to look at the whole.
 *
 * @param tiling the grids, all others whose boxes come within 1 mm of theirs, and all that come near those
 * @param ids grids asked about; ids that are not in the tiling are not asked about
 * @param district streets that meet the boxes of the grids (metres); null in a project without streets
 */
export function isSoundNear(tiling: Tiling, ids: readonly number[], district: readonly PolygonRings[] | null): boolean {
  const asked = new Set(ids.flatMap((id) => tiling.numberOf.get(id) ?? []));
  if (tiling.twins.some(([node]) => facesAround(tiling, node).some((number) => asked.has(number)))) return false;
  const border = borderEdges(district ?? []);
  const answered = (a: number, b: number): boolean => {
    if (countTo(tiling, a, b) !== 1) return false;
    const beyond = countTo(tiling, b, a);
    return beyond === 1 || (beyond === 0 && border.has(edgeKey(tiling, a, b)));
  };
  const near = new Set<number>();
  for (const number of asked) {
    const face = tiling.faces[number];
    if (!face || !allEdges(face, answered) || !isWithin(tiling, face, district)) return false;
    for (const other of tiling.index.search(growBbox(boxOf(face, tiling.xs, tiling.ys), CLEARANCE))) near.add(other);
  }
  const boxes = [...asked].flatMap((number) => {
    const face = tiling.faces[number];
    return face ? [boxOf(face, tiling.xs, tiling.ys)] : [];
  });
  return [...near].every((number) => {
    const face = tiling.faces[number];
    const far = (a: number, b: number): boolean => !boxes.some((box) => bboxesMeet(box, aroundEdge(tiling, a, b)));
    return !face || asked.has(number) || allEdges(face, (a, b) => far(a, b) || answered(a, b));
  });
}

function allEdges(face: Face, holds: (a: number, b: number) => boolean): boolean {
  let all = true;
  eachEdge(face, (a, b) => {
    all &&= holds(a, b);
  });
  return all;
}

function countTo(tiling: Tiling, from: number, to: number): number {
  const leaving = tiling.out[from] ?? [];
  let count = 0;
  for (let i = 0; i < leaving.length; i += 2) if (leaving[i] === to) count++;
  return count;
}

/** Box of an edge in lattice steps, 1 mm wider. */
function aroundEdge(tiling: Tiling, a: number, b: number): Bbox {
  const [ax, ay, bx, by] = [tiling.xs[a] ?? NaN, tiling.ys[a] ?? NaN, tiling.xs[b] ?? NaN, tiling.ys[b] ?? NaN];
  return [
    Math.min(ax, bx) - CLEARANCE,
    Math.min(ay, by) - CLEARANCE,
    Math.max(ax, bx) + CLEARANCE,
    Math.max(ay, by) + CLEARANCE,
  ];
}

function edgeKey(tiling: Tiling, a: number, b: number): string {
  return `${tiling.xs[a]} ${tiling.ys[a]} ${tiling.xs[b]} ${tiling.ys[b]}`;
}

/** Directed edges of the district's own border: those of its parts that no other part answers. */
function borderEdges(parts: readonly PolygonRings[]): Set<string> {
  const edges = new Set<string>();
  for (const rings of parts) {
    for (const ring of orientPolygon(rings)) {
      const nodes = ring.map(([x, y]) => `${toLattice(x)} ${toLattice(y)}`);
      for (const [i, b] of nodes.entries()) {
        const a = nodes[i - 1];
        if (a !== undefined && a !== b && !edges.delete(`${b} ${a}`)) edges.add(`${a} ${b}`);
      }
    }
  }
  return edges;
}

function isWithin(tiling: Tiling, face: Face, district: readonly PolygonRings[] | null): boolean {
  if (district === null) return true;
  return face.polygons.flat(2).every((node) => {
    const [x, y] = placeOf(tiling, node);
    return pointInPolygons(x, y, district) !== 'outside';
  });
}
