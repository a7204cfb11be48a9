import { createHash } from 'node:crypto';
import { shapeArea } from '../../model/geometry/polygon.ts';
import type { Position, Shape } from '../../model/geometry/types.ts';
import { decodeGpkg } from '../../model/geometry/wkb.ts';

/** A move of less than a millimetre is the noise of a coordinate written down, not a change. Metres. */
export const SAME_PLACE = 0.001;

/** Whether two GeoPackage blobs are the same shape: vertex by vertex within a millimetre, in the same order. */
export function sameShape(a: Uint8Array, b: Uint8Array): boolean {
  if (Buffer.compare(a, b) === 0) return true;
  if (a.length !== b.length) return false;
  const [one, other] = [decodeGpkg(a).shape, decodeGpkg(b).shape];
  if (one === null || other === null || one.type !== other.type) return false;
  const [from, to] = [structure(one), structure(other)];
  if (from.parts.join() !== to.parts.join()) return false;
  return from.positions.every(([x, y], i) => {
    const at = to.positions[i];
    return at !== undefined && Math.hypot(at[0] - x, at[1] - y) <= SAME_PLACE;
  });
}

/** Positions in order, and how they are parted. */
function structure(shape: Shape): { parts: number[]; positions: Position[] } {
  switch (shape.type) {
    case 'Point':
      return { parts: [1], positions: [shape.coordinates] };
    case 'MultiPoint':
      return { parts: [shape.coordinates.length], positions: shape.coordinates };
    case 'MultiLineString':
      return { parts: shape.coordinates.map((line) => line.length), positions: shape.coordinates.flat() };
    case 'MultiPolygon': {
      const rings = shape.coordinates.flat();
      const parts = [...shape.coordinates.map((polygon) => polygon.length), ...rings.map((ring) => ring.length)];
      return { parts, positions: rings.flat() };
    }
  }
}

/** What a shape is known by in the list of old and new cells: a few words for people, and after a '#' a digest that tells whether it is still the same. */
export function shapeMark(blob: Uint8Array): string {
  const digest = createHash('sha256').update(blob).digest('hex').slice(0, 12);
  return `${shapeWords(blob)}#${digest}`;
}

/** 'x m²' of an area, 'x m' of a line. */
export function shapeWords(blob: Uint8Array): string {
  const { shape } = decodeGpkg(blob);
  if (shape?.type === 'MultiPolygon') return `${Math.round(shapeArea(shape))} m²`;
  if (shape?.type !== 'MultiLineString') return '';
  const length = shape.coordinates.reduce((sum, line) => sum + lineLength(line), 0);
  return `${Math.round(length)} m`;
}

function lineLength(line: Position[]): number {
  return line.slice(1).reduce((sum, [x, y], i) => {
    const from = line[i] ?? [x, y];
    return sum + Math.hypot(x - from[0], y - from[1]);
  }, 0);
}

/** The words of a mark, without its digest. */
export function wordsOfMark(mark: string): string {
  return mark.replace(/#.*$/u, '');
}
