import type { PolygonRings, Position, Shape } from '../../model/geometry/types.ts';
import type { GeometryKind, SourceRow } from '../format.ts';
import { ringArea2 } from '../shapefile/shp-write.ts';
import { isObject, toNumber } from './values.ts';
import type { Json } from './values.ts';

/** A GeoJSON geometry as Gewu holds it. `z` has a value for each position, NaN where one has none. */
export interface ReadGeometry {
  shape: Shape | null;
  kind: GeometryKind;
  z?: number[];
}

/** A geometry that cannot be used; `message` says why. */
export class GeometryProblem extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const list = (value: Json | undefined): Json[] => {
  if (Array.isArray(value)) return value;
  throw new GeometryProblem('shape-damaged', 'The coordinates of this geometry are not lists.');
};

class Reader {
  readonly heights: number[] = [];

  position(value: Json | undefined): Position {
    const [x, y, z] = list(value).slice(0, 3);
    const position: Position = [toNumber(x), toNumber(y)];
    if (!position.every(Number.isFinite))
      throw new GeometryProblem('coordinate-not-a-number', 'A position of this geometry is not two numbers.');
    this.heights.push(toNumber(z));
    return position;
  }
  positions(value: Json | undefined): Position[] {
    return list(value).map((inner) => this.position(inner));
  }
  lines(value: Json | undefined): Position[][] {
    return list(value).map((inner) => this.positions(inner));
  }
  rings(value: Json | undefined): PolygonRings {
    return this.lines(value)
      .filter((ring) => ring.length > 0)
      .map((ring, i) => orient(closed(ring), i === 0));
  }
}

const closed = (ring: Position[]): Position[] => {
  const first = ring[0];
  const last = ring.at(-1);
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, [first[0], first[1]]] : ring;
};

/** Outer rings counter-clockwise, holes clockwise, as a project holds them. */
const orient = (ring: Position[], outer: boolean): Position[] =>
  ringArea2(ring) > 0 === outer ? ring : ring.toReversed();

/** Reads a geometry object; null where it is null or empty. @throws GeometryProblem */
export function readGeometry(geometry: Json | undefined): ReadGeometry {
  if (geometry === null || geometry === undefined) return { shape: null, kind: 'none' };
  if (!isObject(geometry)) throw new GeometryProblem('shape-damaged', 'The geometry is not an object.');
  const reader = new Reader();
  const shape = readShape(geometry, reader);
  const read: ReadGeometry = { shape, kind: shape ? KINDS[shape.type] : 'none' };
  if (shape && reader.heights.some((height) => !Number.isNaN(height))) read.z = reader.heights;
  return read;
}

const KINDS: Record<Shape['type'], GeometryKind> = {
  Point: 'point',
  MultiPoint: 'multipoint',
  MultiLineString: 'line',
  MultiPolygon: 'polygon',
};

function readShape(geometry: { [key: string]: Json }, reader: Reader): Shape | null {
  const { type, coordinates, geometries } = geometry;
  const empty = Array.isArray(coordinates) && coordinates.length === 0;
  if (empty) return null;
  switch (typeof type === 'string' ? type : '') {
    case 'Point':
      return { type: 'Point', coordinates: reader.position(coordinates) };
    case 'MultiPoint':
      return { type: 'MultiPoint', coordinates: reader.positions(coordinates) };
    case 'LineString':
      return { type: 'MultiLineString', coordinates: [reader.positions(coordinates)] };
    case 'MultiLineString':
      return { type: 'MultiLineString', coordinates: reader.lines(coordinates) };
    case 'Polygon':
      return { type: 'MultiPolygon', coordinates: [reader.rings(coordinates)] };
    case 'MultiPolygon':
      return { type: 'MultiPolygon', coordinates: list(coordinates).map((rings) => reader.rings(rings)) };
    case 'GeometryCollection':
      return collect(list(geometries).map((inner) => (isObject(inner) ? readShape(inner, reader) : null)));
    default:
      throw new GeometryProblem('shape-not-read', `Geometries of type ${JSON.stringify(type ?? null)} are not read.`);
  }
}

/** A collection of one kind is that kind's multi form; a mixed one cannot be held. */
function collect(shapes: (Shape | null)[]): Shape | null {
  const present = shapes.filter((shape) => shape !== null);
  const [first] = present;
  if (!first) return null;
  if (present.length === 1) return first;
  const lines = present.flatMap((shape) => (shape.type === 'MultiLineString' ? [shape.coordinates] : []));
  const polygons = present.flatMap((shape) => (shape.type === 'MultiPolygon' ? [shape.coordinates] : []));
  const points = present.flatMap((shape) =>
    shape.type === 'Point' ? [[shape.coordinates]] : shape.type === 'MultiPoint' ? [shape.coordinates] : [],
  );
  if (lines.length === present.length) return { type: 'MultiLineString', coordinates: lines.flat() };
  if (polygons.length === present.length) return { type: 'MultiPolygon', coordinates: polygons.flat() };
  if (points.length === present.length) return { type: 'MultiPoint', coordinates: points.flat() };
  throw new GeometryProblem('shape-mixed', 'A collection of points, lines and areas together cannot be one shape.');
}

export type Faults = NonNullable<SourceRow['faults']>;
