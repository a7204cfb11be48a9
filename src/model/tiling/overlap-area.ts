import type { Position } from '../geometry/types.ts';

/** A set of rings as flat edges x1, y1, x2, y2 …; inside is where a ray crosses an odd number of them. */
export type EdgeSoup = Float64Array;

/** What two areas share: its area in square units and the middle of its widest horizontal run; place null when they share nothing. */
export interface SharedArea {
  area: number;
  place: Position | null;
}

export function soupOf(rings: Iterable<readonly Position[]>): EdgeSoup {
  const out: number[] = [];
  for (const ring of rings) {
    let a = ring.at(-1);
    for (const b of ring) {
      if (a && (a[0] !== b[0] || a[1] !== b[1])) out.push(a[0], a[1], b[0], b[1]);
      a = b;
    }
  }
  return Float64Array.from(out);
}

/**
 * Area two areas have in common. The plane is cut into horizontal slabs at every corner and crossing; within a slab all edges run
 * straight from floor to ceiling without meeting, so a shared run's width half-way up times the slab's height is its area.
 */
export function sharedArea(a: EdgeSoup, b: EdgeSoup): SharedArea {
  const low = Math.max(bottom(a), bottom(b));
  const high = Math.min(top(a), top(b));
  const ca = clipped(a, low, high);
  const cb = clipped(b, low, high);
  const levels = [low, high];
  for (const soup of [ca, cb])
    for (let i = 1; i < soup.length; i += 2)
      if ((soup[i] ?? 0) > low && (soup[i] ?? 0) < high) levels.push(soup[i] ?? 0);
  levels.push(...crossingLevels(ca, cb).filter((y) => y > low && y < high));
  levels.sort((p, q) => p - q);
  let area = 0;
  let place: Position | null = null;
  let widest = 0;
  for (let i = 1; i < levels.length; i++) {
    const floor = levels[i - 1] ?? 0;
    const height = (levels[i] ?? 0) - floor;
    if (!(height > 0)) continue;
    const y = floor + height / 2;
    for (const [from, to] of commonRuns(runs(ca, y), runs(cb, y))) {
      area += (to - from) * height;
      if ((to - from) * height > widest) {
        widest = (to - from) * height;
        place = [(from + to) / 2, y];
      }
    }
  }
  return { area, place };
}

function bottom(soup: EdgeSoup): number {
  let y = Infinity;
  for (let i = 1; i < soup.length; i += 2) y = Math.min(y, soup[i] ?? y);
  return y;
}

function top(soup: EdgeSoup): number {
  let y = -Infinity;
  for (let i = 1; i < soup.length; i += 2) y = Math.max(y, soup[i] ?? y);
  return y;
}

/** The edges that reach into the band; the others can't matter. */
function clipped(soup: EdgeSoup, low: number, high: number): EdgeSoup {
  const out: number[] = [];
  for (let i = 0; i + 3 < soup.length; i += 4) {
    const y1 = soup[i + 1] ?? 0;
    const y2 = soup[i + 3] ?? 0;
    if (Math.max(y1, y2) > low && Math.min(y1, y2) < high && y1 !== y2)
      out.push(soup[i] ?? 0, y1, soup[i + 2] ?? 0, y2);
  }
  return Float64Array.from(out);
}

function crossingLevels(a: EdgeSoup, b: EdgeSoup): number[] {
  const out: number[] = [];
  for (let i = 0; i + 3 < a.length; i += 4) {
    const [ax, ay, bx, by] = [a[i] ?? 0, a[i + 1] ?? 0, a[i + 2] ?? 0, a[i + 3] ?? 0];
    for (let j = 0; j + 3 < b.length; j += 4) {
      const [cx, cy, dx, dy] = [b[j] ?? 0, b[j + 1] ?? 0, b[j + 2] ?? 0, b[j + 3] ?? 0];
      if (Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)) continue;
      const det = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
      if (det === 0) continue;
      const t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / det;
      const u = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / det;
      if (t > 0 && t < 1 && u > 0 && u < 1) out.push(ay + t * (by - ay));
    }
  }
  return out;
}

/** Where a level line is inside, as from, to, from, to … */
function runs(soup: EdgeSoup, y: number): number[] {
  const xs: number[] = [];
  for (let i = 0; i + 3 < soup.length; i += 4) {
    const y1 = soup[i + 1] ?? 0;
    const y2 = soup[i + 3] ?? 0;
    if (y1 > y === y2 > y) continue;
    const x1 = soup[i] ?? 0;
    xs.push(x1 + ((y - y1) / (y2 - y1)) * ((soup[i + 2] ?? 0) - x1));
  }
  return xs.sort((p, q) => p - q);
}

function commonRuns(a: readonly number[], b: readonly number[]): [number, number][] {
  const out: [number, number][] = [];
  let j = 0;
  for (let i = 0; i + 1 < a.length; i += 2) {
    const [from, to] = [a[i] ?? 0, a[i + 1] ?? 0];
    while (j > 0 && (b[j - 1] ?? 0) > from) j -= 2;
    for (; j + 1 < b.length && (b[j] ?? 0) < to; j += 2) {
      const low = Math.max(from, b[j] ?? 0);
      const high = Math.min(to, b[j + 1] ?? 0);
      if (low < high) out.push([low, high]);
    }
  }
  return out;
}
