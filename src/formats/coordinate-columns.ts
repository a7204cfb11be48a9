import type { Position, Shape } from '../model/geometry/types.ts';
import { roundedDecimal } from './decimal.ts';
import type { WriteTable } from './format.ts';

/** Places behind the point: 1e-9 degree and 1e-4 metre are both about a tenth of a millimetre. */
const DEGREE_DECIMALS = 9;
const METRE_DECIMALS = 4;

/** A column that a plain table (csv, xlsx) gets in addition, so that no geometry is lost. */
export interface CoordinateColumn {
  title: string;
  /** 'real' columns hold numbers as text, 'text' columns WKT. */
  type: 'real' | 'text';
  value: (shape: Shape | null) => string | null;
}

export const decimalsFor = (table: WriteTable): number =>
  table.crs?.geographic === true ? DEGREE_DECIMALS : METRE_DECIMALS;

/**
 * Columns for the shapes of a table: 'lon','lat' or 'east','north' for points, 'WKT' for lines and polygons (the name GDAL
 * and QGIS recognise); none where the table has no geometry or already has columns of these names.
 */
export function coordinateColumns(table: WriteTable): CoordinateColumn[] {
  if (table.geometry === 'none') return [];
  const taken = new Set(table.fields.flatMap(({ name, title }) => [name.toLowerCase(), title.toLowerCase()]));
  const decimals = decimalsFor(table);
  if (table.geometry !== 'point') {
    if (taken.has('wkt')) return [];
    return [{ title: 'WKT', type: 'text', value: (shape) => (shape ? shapeToWkt(shape, decimals) : null) }];
  }
  const titles = table.crs?.geographic === true ? (['lon', 'lat'] as const) : (['east', 'north'] as const);
  if (titles.some((title) => taken.has(title))) return [];
  return titles.map((title, axis) => ({
    title,
    type: 'real',
    value: (shape) => {
      const position = shape?.type === 'Point' ? shape.coordinates : undefined;
      const number = axis === 0 ? position?.[0] : position?.[1];
      return number === undefined ? null : roundedDecimal(number, decimals);
    },
  }));
}

/** Well-known text of a shape with at most `decimals` places. */
function shapeToWkt(shape: Shape, decimals: number): string {
  const at = ([x, y]: Position): string => `${roundedDecimal(x, decimals)} ${roundedDecimal(y, decimals)}`;
  const list = (positions: Position[]): string => `(${positions.map(at).join(', ')})`;
  switch (shape.type) {
    case 'Point':
      return `POINT (${at(shape.coordinates)})`;
    case 'MultiPoint':
      return `MULTIPOINT (${shape.coordinates.map((position) => `(${at(position)})`).join(', ')})`;
    case 'MultiLineString':
      return `MULTILINESTRING (${shape.coordinates.map(list).join(', ')})`;
    case 'MultiPolygon':
      return `MULTIPOLYGON (${shape.coordinates.map((rings) => `(${rings.map(list).join(', ')})`).join(', ')})`;
  }
}
