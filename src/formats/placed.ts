import type { Position, Shape } from '../model/geometry/types.ts';
import type { GeometryKind } from './format.ts';
import { ringArea2 } from './shapefile/shp-write.ts';

/** A position as some files write it: x, y and a height, NaN where there is none. */
export type Place = [x: number, y: number, z: number];

/** A shape whose positions still carry their heights, so that turning or closing a ring cannot tear them apart. */
export type Placed =
  | { type: 'Point'; places: [Place] }
  | { type: 'MultiPoint'; places: Place[] }
  | { type: 'MultiLineString'; lines: Place[][] }
  | { type: 'MultiPolygon'; polygons: Place[][][] };

/** A shape as Gewu holds it; `z` has a value for each position, NaN where one has none. */
export interface ReadShape {
  shape: Shape | null;
  kind: GeometryKind;
  z?: number[];
}

const KINDS: Record<Shape['type'], GeometryKind> = {
  Point: 'point',
  MultiPoint: 'multipoint',
  MultiLineString: 'line',
  MultiPolygon: 'polygon',
};

/** Rings of one polygon, closed, the outer one counter-clockwise and holes clockwise; blank ones left out. */
export const ringsOf = (rings: Place[][]): Place[][] =>
  rings.filter((ring) => ring.length > 0).map((ring, i) => orient(closed(ring), i === 0));

const closed = (ring: Place[]): Place[] => {
  const first = ring[0];
  const last = ring.at(-1);
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, [...first]] : ring;
};

const flat = ([x, y]: Place): Position => [x, y];

const orient = (ring: Place[], outer: boolean): Place[] =>
  ringArea2(ring.map(flat)) > 0 === outer ? ring : ring.toReversed();

/** Several shapes of one kind as that kind's multi form; null for none, 'mixed' where they cannot be one shape. */
export function collect(shapes: readonly (Placed | null)[]): Placed | null | 'mixed' {
  const present = shapes.filter((shape) => shape !== null);
  const [first] = present;
  if (!first) return null;
  if (present.length === 1) return first;
  const lines = present.flatMap((shape) => (shape.type === 'MultiLineString' ? [shape.lines] : []));
  const polygons = present.flatMap((shape) => (shape.type === 'MultiPolygon' ? [shape.polygons] : []));
  const points = present.flatMap((shape) =>
    shape.type === 'Point' || shape.type === 'MultiPoint' ? [shape.places] : [],
  );
  if (lines.length === present.length) return { type: 'MultiLineString', lines: lines.flat() };
  if (polygons.length === present.length) return { type: 'MultiPolygon', polygons: polygons.flat() };
  if (points.length === present.length) return { type: 'MultiPoint', places: points.flat() };
  return 'mixed';
}

function shapeOf(placed: Placed): Shape {
  switch (placed.type) {
    case 'Point':
      return { type: 'Point', coordinates: flat(placed.places[0]) };
    case 'MultiPoint':
      return { type: 'MultiPoint', coordinates: placed.places.map(flat) };
    case 'MultiLineString':
      return { type: 'MultiLineString', coordinates: placed.lines.map((line) => line.map(flat)) };
    case 'MultiPolygon':
      return {
        type: 'MultiPolygon',
        coordinates: placed.polygons.map((rings) => rings.map((ring) => ring.map(flat))),
      };
  }
}

/** Takes heights and shape apart. */
export function readShape(placed: Placed | null): ReadShape {
  if (placed === null) return { shape: null, kind: 'none' };
  const shape = shapeOf(placed);
  const read: ReadShape = { shape, kind: KINDS[shape.type] };
  const places =
    placed.type === 'MultiLineString'
      ? placed.lines.flat()
      : placed.type === 'MultiPolygon'
        ? placed.polygons.flat(2)
        : placed.places;
  const z = places.map((place) => place[2]);
  if (z.some((height) => !Number.isNaN(height))) read.z = z;
  return read;
}
