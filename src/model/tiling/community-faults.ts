import type { PolygonRings, Position } from '../geometry/types.ts';
import { metres } from './edit.ts';
import { faultOf, type TilingFault } from './fault.ts';
import { Border } from './outside.ts';
import { eachEdge, latticeOf, type Tiling } from './tiling.ts';

/** A community (or street) that grids must not cross. */
export interface CommunityArea {
  code: string;
  /** Metres of the project CRS. */
  polygons: readonly PolygonRings[];
}

/** Grids that reach more than 1 mm beyond the community they name. Grids that name none, or one not given, are left alone. */
export function findCrossingCommunity(tiling: Tiling, communities: readonly CommunityArea[]): TilingFault[] {
  const areas = new Map(communities.map((c) => [c.code, c]));
  const borders = new Map<string, Border>();
  const known = new Map<string, Map<number, boolean>>();
  const found: TilingFault[] = [];
  tiling.faces.forEach((face, number) => {
    const code = face.communityCode;
    const area = code === null ? undefined : areas.get(code);
    if (code === null || !area) return;
    const border = borders.get(code) ?? new Border(area.polygons);
    borders.set(code, border);
    const beyond = known.get(code) ?? new Map<number, boolean>();
    known.set(code, beyond);
    const isBeyond = (node: number): boolean => {
      const was = beyond.get(node);
      if (was !== undefined) return was;
      const is = border.isBeyond(latticeOf(tiling, node));
      beyond.set(node, is);
      return is;
    };
    let place: Position | null = null;
    eachEdge(face, (a, b) => {
      if (place) return;
      const [p, q] = [latticeOf(tiling, a), latticeOf(tiling, b)];
      const middle: Position = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
      if (isBeyond(a)) place = metres(p);
      else if (border.isBeyond(middle)) place = metres(middle);
    });
    if (place) found.push(faultOf(tiling, place, [number], null));
  });
  return found;
}
