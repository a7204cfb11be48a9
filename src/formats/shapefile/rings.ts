import type { PolygonRings, Position, Ring } from '../../model/geometry/types.ts';
import { ringArea2 } from './shp-write.ts';

interface Outer {
  ring: Ring;
  size: number;
  box: [number, number, number, number];
  holes: Ring[];
}

/** Vertices looked at while holes are placed, per shape; beyond it a hole goes to the outer ring written before it. */
const BUDGET = 20_000_000;

function boxOf(ring: Ring): Outer['box'] {
  const box: Outer['box'] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring) {
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
  return box;
}

/** Even-odd test; a point on the border may fall either way. */
function holds(ring: Ring, [x, y]: Position): boolean {
  let inside = false;
  let [ax, ay] = ring.at(-1) ?? [0, 0];
  for (const [bx, by] of ring) {
    if (by > y !== ay > y && x < ((ax - bx) * (y - by)) / (ay - by) + bx) inside = !inside;
    ax = bx;
    ay = by;
  }
  return inside;
}

const boxHolds = (box: Outer['box'], [x, y]: Position): boolean =>
  x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];

/** Whether a hole lies in an outer ring: most of a few of its vertices do, since single ones may touch the border. */
function contains(outer: Outer, hole: Ring): boolean {
  const step = Math.max(1, Math.floor(hole.length / 5));
  let yes = 0;
  let no = 0;
  for (let i = 0; i < hole.length; i += step) {
    const position = hole[i];
    if (!position) continue;
    if (boxHolds(outer.box, position) && holds(outer.ring, position)) yes++;
    else no++;
  }
  return yes > no;
}

/**
 * Puts the closed rings of one shapefile polygon together. There, outer rings run clockwise and holes the other way; a hole
 * belongs to the smallest outer ring around it, and one that lies in none becomes an outer ring. A shape whose every ring
 * runs the wrong way is read with the largest ring as outer. Results run as in a project: outer counter-clockwise.
 */
export function assembleRings(rings: readonly Ring[]): PolygonRings[] {
  const areas = rings.map(ringArea2);
  const allWrong = rings.length > 0 && areas.every((area) => area > 0);
  const widest = allWrong ? areas.indexOf(areas.reduce((a, b) => Math.max(a, b), 0)) : -1;
  const outers: Outer[] = [];
  const holes: { ring: Ring; before: number }[] = [];
  rings.forEach((ring, i) => {
    const area = areas[i] ?? 0;
    if (area <= 0 || i === widest) outers.push({ ring, size: Math.abs(area), box: boxOf(ring), holes: [] });
    else holes.push({ ring, before: outers.length - 1 });
  });
  let work = 0;
  const bySize = outers.toSorted((a, b) => a.size - b.size);
  for (const { ring, before } of holes) {
    let home: Outer | undefined;
    if (work < BUDGET) {
      home = bySize.find((outer) => {
        work += 1 + (ring[0] && boxHolds(outer.box, ring[0]) ? outer.ring.length : 0);
        return contains(outer, ring);
      });
    } else home = outers[Math.max(0, before)];
    if (home) home.holes.push(ring);
    else outers.push({ ring, size: 0, box: boxOf(ring), holes: [] });
  }
  return outers.map(({ ring, holes: inner }) => [turn(ring, true), ...inner.map((hole) => turn(hole, false))]);
}

const turn = (ring: Ring, counterClockwise: boolean): Ring =>
  ringArea2(ring) > 0 === counterClockwise ? ring : ring.toReversed();
