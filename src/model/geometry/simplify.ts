import { squaredDistanceToSegment } from './predicates.ts';
import type { Position } from './types.ts';

/**
 * The line without the positions that lie within `tolerance` of it (Douglas–Peucker); both ends stay. Each line is thinned alone:
 * use `thinRing` where borders are shared.
 */
export function simplifyLine(line: readonly Position[], tolerance: number): Position[] {
  const keep = new Uint8Array(line.length);
  if (line.length > 0) keep[0] = keep[line.length - 1] = 1;
  const open: [number, number][] = [[0, line.length - 1]];
  const limit = tolerance * tolerance;
  for (let range = open.pop(); range; range = open.pop()) {
    const [from, to] = range;
    const a = line[from];
    const b = line[to];
    let far = -1;
    let farthest = limit;
    for (let i = from + 1; a && b && i < to; i++) {
      const p = line[i];
      const d = p ? squaredDistanceToSegment(p[0], p[1], a, b) : 0;
      if (d > farthest) [far, farthest] = [i, d];
    }
    if (far < 0) continue;
    keep[far] = 1;
    open.push([from, far], [far, to]);
  }
  return line.filter((_, i) => keep[i] === 1);
}

/**
 * A ring drawn on a raster of `cell`: each position goes to its cell's corner and runs within one cell become one position. What
 * becomes of a position depends on nothing but itself, so neighbours keep their shared border. Fewer than 4 positions left: null.
 */
export function thinRing(ring: readonly Position[], cell: number): Position[] | null {
  const out: Position[] = [];
  let lastX = NaN;
  let lastY = NaN;
  for (const [x, y] of ring) {
    const cx = Math.round(x / cell) * cell;
    const cy = Math.round(y / cell) * cell;
    if (cx === lastX && cy === lastY) continue;
    out.push([cx, cy]);
    lastX = cx;
    lastY = cy;
  }
  return out.length >= 4 ? out : null;
}
