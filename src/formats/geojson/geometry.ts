import type { SourceRow } from '../format.ts';
import { collect, readShape, ringsOf } from '../placed.ts';
import type { Place, Placed, ReadShape } from '../placed.ts';
import { isObject, toNumber } from './values.ts';
import type { Json } from './values.ts';

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

function place(value: Json | undefined): Place {
  const [x, y, z] = list(value).slice(0, 3);
  const found: Place = [toNumber(x), toNumber(y), toNumber(z)];
  if (!Number.isFinite(found[0]) || !Number.isFinite(found[1]))
    throw new GeometryProblem('coordinate-not-a-number', 'A position of this geometry is not two numbers.');
  return found;
}
const places = (value: Json | undefined): Place[] => list(value).map(place);
const lines = (value: Json | undefined): Place[][] => list(value).map(places);

/** Reads a geometry object; null where it is null or empty. @throws GeometryProblem */
export function readGeometry(geometry: Json | undefined): ReadShape {
  if (geometry === null || geometry === undefined) return readShape(null);
  if (!isObject(geometry)) throw new GeometryProblem('shape-damaged', 'The geometry is not an object.');
  return readShape(readPlaced(geometry));
}

function readPlaced(geometry: { [key: string]: Json }): Placed | null {
  const { type, coordinates, geometries } = geometry;
  const empty = Array.isArray(coordinates) && coordinates.length === 0;
  if (empty) return null;
  switch (typeof type === 'string' ? type : '') {
    case 'Point':
      return { type: 'Point', places: [place(coordinates)] };
    case 'MultiPoint':
      return { type: 'MultiPoint', places: places(coordinates) };
    case 'LineString':
      return { type: 'MultiLineString', lines: [places(coordinates)] };
    case 'MultiLineString':
      return { type: 'MultiLineString', lines: lines(coordinates) };
    case 'Polygon':
      return { type: 'MultiPolygon', polygons: [ringsOf(lines(coordinates))] };
    case 'MultiPolygon':
      return { type: 'MultiPolygon', polygons: list(coordinates).map((rings) => ringsOf(lines(rings))) };
    case 'GeometryCollection': {
      const one = collect(list(geometries).map((inner) => (isObject(inner) ? readPlaced(inner) : null)));
      if (one === 'mixed')
        throw new GeometryProblem(
          'shape-mixed',
          'A collection of points, lines and areas together cannot be one shape.',
        );
      return one;
    }
    default:
      throw new GeometryProblem('shape-not-read', `Geometries of type ${JSON.stringify(type ?? null)} are not read.`);
  }
}

export type Faults = NonNullable<SourceRow['faults']>;
