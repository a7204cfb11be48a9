import type { PolygonRings, Position, Shape } from './types.ts';

/** Bytes the little-endian WKB of a shape takes. */
export function wkbSize(shape: Shape): number {
  switch (shape.type) {
    case 'Point':
      return 21;
    case 'MultiPoint':
      return 9 + 21 * shape.coordinates.length;
    case 'MultiLineString':
      return shape.coordinates.reduce((sum, line) => sum + 9 + 16 * line.length, 9);
    case 'MultiPolygon':
      return shape.coordinates.reduce((sum, rings) => sum + polygonSize(rings), 9);
  }
}

function polygonSize(rings: PolygonRings): number {
  return rings.reduce((sum, ring) => sum + 4 + 16 * ring.length, 9);
}

/** Writes ISO WKB, little endian, XY, at `at`; the view must have room for `wkbSize(shape)` bytes. Returns the end. */
export function writeWkb(view: DataView, start: number, shape: Shape): number {
  let at = start;
  const head = (type: number): void => {
    view.setUint8(at, 1);
    view.setUint32(at + 1, type, true);
    at += 5;
  };
  const count = (n: number): void => {
    view.setUint32(at, n, true);
    at += 4;
  };
  const position = ([x, y]: Position): void => {
    view.setFloat64(at, x, true);
    view.setFloat64(at + 8, y, true);
    at += 16;
  };
  const positions = (list: Position[]): void => {
    count(list.length);
    for (const p of list) position(p);
  };
  if (shape.type === 'Point') {
    head(1);
    position(shape.coordinates);
    return at;
  }
  head(shape.type === 'MultiPoint' ? 4 : shape.type === 'MultiLineString' ? 5 : 6);
  count(shape.coordinates.length);
  if (shape.type === 'MultiPoint') {
    for (const p of shape.coordinates) {
      head(1);
      position(p);
    }
  } else if (shape.type === 'MultiLineString') {
    for (const line of shape.coordinates) {
      head(2);
      positions(line);
    }
  } else {
    for (const rings of shape.coordinates) {
      head(3);
      count(rings.length);
      for (const ring of rings) positions(ring);
    }
  }
  return at;
}

/** Plain ISO WKB of a shape, little endian. */
export function encodeWkb(shape: Shape): Uint8Array {
  const bytes = new Uint8Array(wkbSize(shape));
  writeWkb(new DataView(bytes.buffer), 0, shape);
  return bytes;
}
