import { bboxOfPositions } from '../geometry/bbox.ts';
import { BoxIndex } from '../geometry/index.ts';
import { areaOfDoubled, doubledArea, fromLattice, STEPS_PER_METRE } from '../geometry/lattice.ts';
import { pointOnSurface } from '../geometry/polygon.ts';
import { pointInRing } from '../geometry/predicates.ts';
import type { PolygonRings, Position } from '../geometry/types.ts';
import { CLEARANCE, metres } from './edit.ts';
import { faceAt } from './faces.ts';
import { faultOf, type TilingFault } from './fault.ts';
import { at, DISTRICT, looseEdges, nodeLooseEdges, type LooseEdges, type Noding } from './loose-edges.ts';
import { findOutside } from './outside.ts';
import { findOverlaps } from './overlaps.ts';
import { facesAround, placeOf, type Tiling } from './tiling.ts';
import { voidLoops } from './void-loops.ts';

export interface TilingFaults {
  /** Ground of the district in no grid. Without a district: ground enclosed by grids. */
  gaps: TilingFault[];
  /** One for each pair of grids that share ground. */
  overlaps: TilingFault[];
  /** A corner of one grid on an edge of another that has no corner there. */
  tJunctions: TilingFault[];
  /** Corners that should be one: less than 1 mm apart. */
  nearTwins: TilingFault[];
  /** Grids that reach beyond the district. Empty without a district. */
  outside: TilingFault[];
}

export interface FaultOptions {
  /** The district in one polygon or in parts that meet (its streets), in metres of the project CRS. */
  district?: readonly PolygonRings[];
}

/**
 * Every place where the grids fail to tile. Slivers less than 1 mm wide are not reported as gaps or overlaps: the near twins and
 * T-junctions that make them are. Needs the whole tiling; on a neighbourhood the edge of what is loaded looks like a border.
 */
export function findFaults(tiling: Tiling, options: FaultOptions = {}): TilingFaults {
  const loose = looseEdges(tiling, options.district);
  const noding = nodeLooseEdges(loose);
  return {
    gaps: findGaps(tiling, loose, noding),
    overlaps: findOverlaps(tiling, loose),
    tJunctions: findTJunctions(tiling, loose, noding),
    nearTwins: findNearTwins(tiling, loose, noding),
    outside: options.district ? findOutside(tiling, loose, options.district) : [],
  };
}

function findGaps(tiling: Tiling, loose: LooseEdges, noding: Noding): TilingFault[] {
  const found: { ring: Position[]; faces: number[]; area: number; place: Position }[] = [];
  const inner: { corner: Position; area: number }[] = [];
  for (const { corners, faces } of voidLoops(loose, noding)) {
    const area = areaOfDoubled(
      doubledArea(
        corners.length,
        (i) => corners[i]?.[0] ?? 0,
        (i) => corners[i]?.[1] ?? 0,
      ),
    );
    if (area < 0 && corners[0]) inner.push({ corner: metres(corners[0]), area });
    if (area <= (fromLattice(CLEARANCE) * outline(corners)) / 2) continue;
    const ring = [...corners, corners[0] ?? [0, 0]].map((c): Position => metres([c[0] ?? 0, c[1] ?? 0]));
    const place = uncovered(tiling, ring);
    if (place) found.push({ ring, faces, area, place });
  }
  const index = new BoxIndex(inner.map(({ corner: [x, y] }) => [x, y, x, y]));
  return found.map(({ ring, faces, area, place }) => {
    // Grids standing free within the gap are no part of it.
    const within = index.search(bboxOfPositions(ring)).flatMap((i) => inner[i] ?? []);
    const islands = within.filter(({ corner: [x, y] }) => pointInRing(x, y, ring) === 'inside');
    const ground = islands.reduce((sum, i) => sum + i.area, area);
    return faultOf(tiling, place, faces, ground > 0 ? ground : area);
  });
}

/** Length around, in metres. */
function outline(corners: readonly Position[]): number {
  return corners.reduce((sum, [x, y], i) => {
    const [px, py] = corners.at(i - 1) ?? [x, y];
    return sum + Math.hypot(x - px, y - py) / STEPS_PER_METRE;
  }, 0);
}

/** A place within the ring that no grid covers: its middle, or just inside one of its edges; null when all are covered. */
function uncovered(tiling: Tiling, ring: Position[]): Position | null {
  const middle = pointOnSurface({ type: 'MultiPolygon', coordinates: [[ring]] });
  if (middle && !faceAt(tiling, middle[0], middle[1])) return middle;
  const inset = fromLattice(2 * CLEARANCE);
  for (let i = 1; i < ring.length; i++) {
    const a = ring[i - 1];
    const b = ring[i];
    if (!a || !b) continue;
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const x = (a[0] + b[0]) / 2 - ((b[1] - a[1]) / length) * inset;
    const y = (a[1] + b[1]) / 2 + ((b[0] - a[0]) / length) * inset;
    if (pointInRing(x, y, ring) === 'inside' && !faceAt(tiling, x, y)) return [x, y];
  }
  return null;
}

function findTJunctions(tiling: Tiling, loose: LooseEdges, noding: Noding): TilingFault[] {
  const found: TilingFault[] = [];
  for (const { node, edge } of noding.onEdge) {
    const owner = loose.edges[edge]?.owner ?? DISTRICT;
    const own = loose.tilingNode.get(node);
    if (owner === DISTRICT || own === undefined) continue;
    const around = facesAround(tiling, own);
    if (!around.includes(owner)) found.push(faultOf(tiling, placeOf(tiling, own), [...around, owner], null));
  }
  return found;
}

function findNearTwins(tiling: Tiling, loose: LooseEdges, noding: Noding): TilingFault[] {
  const found: TilingFault[] = [];
  for (const [a, b] of noding.near) {
    const [p, q] = [loose.tilingNode.get(a), loose.tilingNode.get(b)];
    if (p === undefined || q === undefined) continue;
    found.push(
      faultOf(tiling, metres(at(loose.nodes, a)), [...facesAround(tiling, p), ...facesAround(tiling, q)], null),
    );
  }
  const seen = new Set<number>();
  for (const [node] of tiling.twins) {
    if (seen.has(node)) continue;
    seen.add(node);
    found.push(faultOf(tiling, placeOf(tiling, node), facesAround(tiling, node), null));
  }
  return found;
}
