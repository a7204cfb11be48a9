import {
  FLAG_FINDING,
  FLAG_OUTSIDE,
  FLAG_SHAPE,
  TILE_HEADER,
  TILE_MAGIC,
  TILE_PIXELS,
  TILE_POINT,
  tileSize,
} from '../../model/tile.ts';
import type { MapArea } from './areas.ts';
import type { Frame } from './frame.ts';
import type { Looks } from './looks.ts';
import type { PointStore } from './points.ts';

/** Which tile, and which features pass the filter (null: all). */
export interface TilePlace {
  z: number;
  x: number;
  y: number;
}
export type Inside = ((id: number) => boolean) | null;

function header(view: DataView, kind: 1 | 2, count: number, total: number, originX: number, originY: number): void {
  view.setUint32(0, TILE_MAGIC, true);
  view.setUint32(4, kind, true);
  view.setUint32(8, count, true);
  view.setUint32(12, total, true);
  view.setFloat64(16, originX, true);
  view.setFloat64(24, originY, true);
}

function originOf(frame: Frame, { z, x, y }: TilePlace): [number, number] {
  const side = tileSize(frame.size, z);
  return [frame.origin[0] + x * side, frame.origin[1] - y * side];
}

/** A tile of points, as `model/tile.ts` lays it out. */
export function encodePoints(points: PointStore, looks: Looks, place: TilePlace, inside: Inside): Uint8Array {
  const { slots, total } = points.tile(place.z, place.x, place.y, inside);
  const bytes = new Uint8Array(TILE_HEADER + slots.length * TILE_POINT);
  const view = new DataView(bytes.buffer);
  const [originX, originY] = originOf(points.frame, place);
  header(view, 1, slots.length, total, originX, originY);
  let at = TILE_HEADER;
  for (const slot of slots) {
    const id = points.ids[slot] ?? 0;
    view.setUint32(at, id, true);
    view.setFloat32(at + 4, (points.xs[slot] ?? 0) - originX, true);
    view.setFloat32(at + 8, originY - (points.ys[slot] ?? 0), true);
    bytes[at + 12] = looks.classOf(id);
    bytes[at + 13] = looks.clarityOf(id);
    bytes[at + 14] =
      (inside === null || inside(id) ? 0 : FLAG_OUTSIDE) |
      (looks.hasFinding(id) ? FLAG_FINDING : 0) |
      (looks.hasShape(id) ? FLAG_SHAPE : 0);
    at += TILE_POINT;
  }
  return bytes;
}

/** Simplification finer than this draws nothing differently: coordinates then go as they are. Metres. */
const FINEST = 0.01;

/** A tile of whole polygons, as `model/tile.ts` lays it out. */
export function encodeAreas(
  frame: Frame,
  areas: readonly MapArea[],
  shades: ReadonlyMap<string, number>,
  place: TilePlace,
  inside: Inside,
): Uint8Array {
  const cell = tileSize(frame.size, place.z) / TILE_PIXELS / 2;
  const [originX, originY] = originOf(frame, place);
  const drawn = areas.map((area) => ({
    area,
    rings: cell < FINEST ? exactRings(area, frame) : rasterRings(area, frame, cell),
  }));
  const size = drawn.reduce(
    (sum, { rings }) => sum + 12 + rings.reduce((all, ring) => all + 4 + 4 * ring.length, 0),
    TILE_HEADER,
  );
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  header(view, 2, drawn.length, drawn.length, originX, originY);
  const [shiftX, shiftY] = [originX - frame.origin[0], frame.origin[1] - originY];
  let at = TILE_HEADER;
  for (const { area, rings } of drawn) {
    const shade = area.community === null ? 0 : (shades.get(area.community) ?? 0);
    view.setUint32(at, area.id, true);
    view.setUint32(at + 4, (inside === null || inside(area.id) ? 0 : FLAG_OUTSIDE) | (shade << 8), true);
    view.setUint32(at + 8, rings.length, true);
    at += 12;
    for (const ring of rings) {
      view.setUint32(at, ring.length / 2, true);
      at += 4;
      for (let i = 0; i < ring.length; i += 2) {
        view.setFloat32(at, (ring[i] ?? 0) - shiftX, true);
        view.setFloat32(at + 4, (ring[i + 1] ?? 0) - shiftY, true);
        at += 8;
      }
    }
  }
  return bytes;
}

/** Rings as right and down from the frame's corner, metres, unchanged. */
function exactRings({ coordinates: c, ends }: MapArea, { origin: [left, top] }: Frame): number[][] {
  let start = 0;
  return [...ends].map((end) => {
    const ring: number[] = [];
    for (let i = start; i < end; i += 2) ring.push((c[i] ?? 0) - left, top - (c[i + 1] ?? 0));
    start = end;
    return ring;
  });
}

/**
 * Rings on the raster of half pixels that begins at the frame's corner. Where a position goes depends on itself alone, and positions in
 * line between their neighbours go without moving the line: so a border two areas share stays shared, at every level.
 */
function rasterRings(area: MapArea, frame: Frame, cell: number): number[][] {
  const [left, bottom, right, top] = area.box;
  if (right - left < cell && top - bottom < cell) return [boxRing(area, frame)];
  const rings: number[][] = [];
  let start = 0;
  for (const [i, end] of area.ends.entries()) {
    const ring = rasterRing(area.coordinates, start, end, frame, cell);
    if (ring !== null) rings.push(ring);
    // An outer ring that fell flat: the feature is still there to be seen.
    else if (i === 0) rings.push(boxRing(area, frame));
    start = end;
  }
  return rings;
}

function boxRing({ box: [left, bottom, right, top] }: MapArea, { origin }: Frame): number[] {
  const [x, y, u, v] = [left - origin[0], origin[1] - top, right - origin[0], origin[1] - bottom];
  return [x, y, x, v, u, v, u, y, x, y];
}

function rasterRing(c: Float64Array, start: number, end: number, frame: Frame, cell: number): number[] | null {
  const xs: number[] = [];
  const ys: number[] = [];
  // The closing position repeats the first: left out here, put back at the end.
  for (let i = start; i < end - 2; i += 2) {
    const x = Math.round(((c[i] ?? 0) - frame.origin[0]) / cell);
    const y = Math.round((frame.origin[1] - (c[i + 1] ?? 0)) / cell);
    push(xs, ys, x, y);
  }
  // Round the seam: the end may repeat or lie in line with the beginning.
  while (xs.length > 1 && xs.at(-1) === xs[0] && ys.at(-1) === ys[0]) {
    xs.pop();
    ys.pop();
  }
  if (xs.length < 3) return null;
  const ring: number[] = [];
  for (const [i, x] of xs.entries()) ring.push(x * cell, (ys[i] ?? 0) * cell);
  ring.push(ring[0] ?? 0, ring[1] ?? 0);
  return ring;
}

/** Adds a raster position; repeats are left out, and a middle position in line between its neighbours gives way to the later one. */
function push(xs: number[], ys: number[], x: number, y: number): void {
  const n = xs.length;
  const [bx, by] = [xs[n - 1] ?? NaN, ys[n - 1] ?? NaN];
  if (bx === x && by === y) return;
  const [ax, ay] = [xs[n - 2] ?? NaN, ys[n - 2] ?? NaN];
  const inLine = (bx - ax) * (y - ay) === (by - ay) * (x - ax);
  const onward = (bx - ax) * (x - bx) + (by - ay) * (y - by) > 0;
  if (inLine && onward) {
    xs[n - 1] = x;
    ys[n - 1] = y;
  } else {
    xs.push(x);
    ys.push(y);
  }
}
