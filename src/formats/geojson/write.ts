import { resolve } from 'node:path';
import type { Position, Shape } from '../../model/geometry/types.ts';
import { decimalsFor } from '../coordinate-columns.ts';
import { plainDecimal, roundedDecimal } from '../decimal.ts';
import { FileWriter } from '../file-writer.ts';
import type { WriteField, WriteResult, WriteTable } from '../format.ts';

/** Longitude and latitude that RFC 7946 readers may take as WGS 84; CGCS2000 differs from it by centimetres. */
const LON_LAT = new Set(['EPSG:4326', 'EPSG:4490', 'OGC:CRS84']);
const MOST_DIGITS = 18;

/** A JSON number that every reader can hold: a longer or exponential one stays text rather than being clamped. */
const isPlainNumber = (text: string): boolean =>
  /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= MOST_DIGITS;

/**
 * Writes one FeatureCollection, a feature a line. WGS 84 and CGCS2000 longitude and latitude follow RFC 7946; any other CRS
 * is named in a `crs` member as GDAL reads it. Coordinates keep 1e-9 degree or 1e-4 metre; property numbers keep all digits.
 */
export function writeGeojson(table: WriteTable, path: string): WriteResult {
  const file = new FileWriter(resolve(path));
  const decimals = decimalsFor(table);
  let rows = 0;
  try {
    file.write(`{\n"type": "FeatureCollection",\n"name": ${JSON.stringify(table.name)},\n`);
    const crs = crsName(table.crs);
    if (crs !== null) file.write(`"crs": {"type": "name", "properties": {"name": ${JSON.stringify(crs)}}},\n`);
    file.write('"features": [');
    for (const row of table.rows) {
      const properties = table.fields.map(
        (field) => `${JSON.stringify(field.name)}: ${propertyText(row.values[field.name] ?? null, field)}`,
      );
      const geometry = row.shape && table.geometry !== 'none' ? shapeText(row.shape, decimals) : 'null';
      file.write(rows++ === 0 ? '\n' : ',\n');
      file.write(`{"type": "Feature", "properties": {${properties.join(', ')}}, "geometry": ${geometry}}`);
    }
    file.write('\n]\n}\n');
  } finally {
    file.close();
  }
  return { files: [file.path], rows, losses: [] };
}

function crsName(crs: WriteTable['crs']): string | null {
  if (!crs || (crs.code !== null && LON_LAT.has(crs.code))) return null;
  const epsg = /^EPSG:(\d+)$/.exec(crs.code ?? '');
  return epsg ? `urn:ogc:def:crs:EPSG::${epsg[1]}` : crs.wkt;
}

function propertyText(value: string | number | null, field: WriteField): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return Number.isFinite(value) ? plainDecimal(value) : 'null';
  if ((field.type === 'integer' || field.type === 'real') && isPlainNumber(value)) return value;
  if (field.type === 'boolean' && /^(true|false)$/i.test(value)) return value.toLowerCase();
  return JSON.stringify(value);
}

function shapeText(shape: Shape, decimals: number): string {
  const at = ([x, y]: Position): string => `[${roundedDecimal(x, decimals)}, ${roundedDecimal(y, decimals)}]`;
  const list = <T>(items: T[], text: (item: T) => string): string => `[${items.map(text).join(', ')}]`;
  const positions = (items: Position[]): string => list(items, at);
  const coordinates = (): string => {
    switch (shape.type) {
      case 'Point':
        return at(shape.coordinates);
      case 'MultiPoint':
        return positions(shape.coordinates);
      case 'MultiLineString':
        return list(shape.coordinates, positions);
      case 'MultiPolygon':
        return list(shape.coordinates, (rings) => list(rings, positions));
    }
  };
  return `{"type": "${shape.type}", "coordinates": ${coordinates()}}`;
}
