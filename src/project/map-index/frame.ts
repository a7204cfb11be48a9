import { tileSize } from '../../model/tile.ts';
import type { Bbox, Position } from '../../model/geometry/types.ts';

/** The square all tiles of a project divide: `origin` its upper left corner, `size` its side, project CRS metres. */
export interface Frame {
  origin: Position;
  size: number;
}

/** Side of the frame of a project without any geometry, metres; of no meaning but that it is one. */
const EMPTY_SIZE = 65_536;
/** Room left around the data, so that what is added at the edge does not move the frame. */
const MARGIN = 1.1;
const SMALLEST = 1024;

/** A frame around an extent: a power of two of metres, placed on whole sixty-fourths of its side so that it seldom moves. */
export function frameAround(extent: Bbox | null): Frame {
  if (extent === null) return { origin: [0, EMPTY_SIZE], size: EMPTY_SIZE };
  const side = Math.max(extent[2] - extent[0], extent[3] - extent[1]) * MARGIN;
  let size = 2 ** Math.ceil(Math.log2(Math.max(side, SMALLEST)));
  for (;;) {
    const step = size / 64;
    const left = Math.floor(((extent[0] + extent[2]) / 2 - size / 2) / step) * step;
    const top = Math.ceil(((extent[1] + extent[3]) / 2 + size / 2) / step) * step;
    const frame: Frame = { origin: [left, top], size };
    if (holdsBox(frame, extent)) return frame;
    size *= 2;
  }
}

/** True when the box lies within the frame, its right and lower edge excluded (tiles are half open). */
export function holdsBox({ origin: [left, top], size }: Frame, box: Bbox): boolean {
  return box[0] >= left && box[2] < left + size && box[3] <= top && box[1] > top - size;
}

/** Box of a tile. */
export function boxOfTile({ origin: [left, top], size }: Frame, z: number, x: number, y: number): Bbox {
  const side = tileSize(size, z);
  return [left + x * side, top - (y + 1) * side, left + (x + 1) * side, top - y * side];
}

/** Column (or row, counted downwards) of a coordinate at a level. */
export function columnAt(frame: Frame, z: number, x: number): number {
  return Math.floor(((x - frame.origin[0]) / frame.size) * 2 ** z);
}
export function rowAt(frame: Frame, z: number, y: number): number {
  return Math.floor(((frame.origin[1] - y) / frame.size) * 2 ** z);
}
