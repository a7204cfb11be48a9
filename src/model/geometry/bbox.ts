import type { Bbox, Position, Shape } from './types.ts';

/** The box that holds nothing: extending it by a position gives that position's box. */
export function emptyBbox(): Bbox {
  return [Infinity, Infinity, -Infinity, -Infinity];
}

export function isEmptyBbox(box: Bbox): boolean {
  return !(box[0] <= box[2] && box[1] <= box[3]);
}

/** Widens `box` in place so that it holds the position; NaN coordinates (an empty point) change nothing. */
export function extendBbox(box: Bbox, x: number, y: number): void {
  if (x < box[0]) box[0] = x;
  if (x > box[2]) box[2] = x;
  if (y < box[1]) box[1] = y;
  if (y > box[3]) box[3] = y;
}

export function bboxOfPositions(positions: readonly Position[]): Bbox {
  const box = emptyBbox();
  for (const [x, y] of positions) extendBbox(box, x, y);
  return box;
}

/** Box of a shape, or null when it has no position. */
export function bboxOfShape(shape: Shape): Bbox | null {
  const box = emptyBbox();
  eachPosition(shape, (x, y) => extendBbox(box, x, y));
  return isEmptyBbox(box) ? null : box;
}

/** Visits every position of a shape in stored order. */
function eachPosition(shape: Shape, visit: (x: number, y: number) => void): void {
  if (shape.type === 'Point') visit(shape.coordinates[0], shape.coordinates[1]);
  else if (shape.type === 'MultiPoint') for (const [x, y] of shape.coordinates) visit(x, y);
  else if (shape.type === 'MultiLineString')
    for (const line of shape.coordinates) for (const [x, y] of line) visit(x, y);
  else for (const rings of shape.coordinates) for (const ring of rings) for (const [x, y] of ring) visit(x, y);
}

/** True when the boxes share at least a point; touching counts. */
export function bboxesMeet(a: Bbox, b: Bbox): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

export function bboxHolds(box: Bbox, x: number, y: number): boolean {
  return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
}

export function unionBbox(a: Bbox, b: Bbox): Bbox {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** The box grown by `by` on every side, in the unit of the CRS. */
export function growBbox(box: Bbox, by: number): Bbox {
  return [box[0] - by, box[1] - by, box[2] + by, box[3] + by];
}
