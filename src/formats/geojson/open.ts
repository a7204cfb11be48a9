import { setImmediate } from 'node:timers/promises';
import type { Bbox } from '../../model/geometry/types.ts';
import { blockRows, isTooSparse } from '../bounds.ts';
import { addSample } from '../field-names.ts';
import { FormatError } from '../format.ts';
import type { Doubt, FieldType, FileGroup, GeometryKind, ReadOptions, SourceField, SourceRow } from '../format.ts';
import type { ByteSource, SourceTable } from '../format.ts';
import { stretch } from '../shapefile/shp-read.ts';
import { decodedText, textEncoding } from '../text-file.ts';
import { GeometryProblem, readGeometry } from './geometry.ts';
import type { Faults } from './geometry.ts';
import type { ReadShape } from '../placed.ts';
import { JsonItems } from './items.ts';
import { isObject, parseKeepingDigits, propertyText, propertyType } from './values.ts';
import type { Json } from './values.ts';

const MOST_FIELDS = 16_384;
const GEOMETRY_TYPES = new Set([
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
]);

interface Feature {
  properties: { [key: string]: Json };
  geometry: ReadShape;
  faults: Faults;
  /** Whether it is GeoJSON at all. */
  known: boolean;
}

type Found = Feature | { members: { [key: string]: Json } } | { problem: 'cut-off' | 'not-json' };

function* read(source: ByteSource, encoding: string): Generator<Found> {
  for (const piece of new JsonItems().read(decodedText(source, encoding))) {
    if ('item' in piece) yield toFeature(piece.item);
    else if ('problem' in piece) yield piece;
    else {
      const members = parsed(piece.members);
      if (isObject(members)) yield { members };
    }
  }
}

/** Parsed JSON, or undefined for what is none. */
function parsed(text: string): Json | undefined {
  try {
    return parseKeepingDigits(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function toFeature(text: string): Feature {
  const value = parsed(text);
  const faults: Faults = [];
  const none: ReadShape = { shape: null, kind: 'none' };
  const isFeature = isObject(value) && value['type'] === 'Feature';
  const type = isObject(value) ? value['type'] : undefined;
  const isGeometry = typeof type === 'string' && GEOMETRY_TYPES.has(type);
  if (!isObject(value) || !(isFeature || isGeometry)) {
    faults.push({ field: null, code: 'not-a-feature', message: 'This item is not a GeoJSON feature or geometry.' });
    return { properties: {}, geometry: none, faults, known: false };
  }
  const given = isFeature ? value['properties'] : undefined;
  const id = isFeature ? value['id'] : undefined;
  const own = isObject(given) ? given : {};
  // The feature's own id is a value like any other; it steps aside for a property of the same name.
  const properties = id === undefined ? own : { [Object.hasOwn(own, 'id') ? '@id' : 'id']: id, ...own };
  try {
    return { properties, geometry: readGeometry(isFeature ? value['geometry'] : value), faults, known: true };
  } catch (error) {
    if (!(error instanceof GeometryProblem)) throw error;
    faults.push({ field: null, code: error.code, message: error.message });
    return { properties, geometry: none, faults, known: true };
  }
}

interface Survey {
  rows: number;
  /** Properties of all features. */
  filled: number;
  known: number;
  fields: Map<string, SourceField & { types: Set<FieldType> }>;
  kinds: Set<GeometryKind>;
  extent: Bbox;
  crs: string | null;
  doubts: Doubt[];
}

function survey(source: ByteSource, encoding: string, file: string): Survey {
  const found: Survey = {
    rows: 0,
    filled: 0,
    known: 0,
    fields: new Map(),
    kinds: new Set(),
    extent: [Infinity, Infinity, -Infinity, -Infinity],
    crs: null,
    doubts: [],
  };
  for (const item of read(source, encoding)) {
    if ('members' in item) found.crs = crsName(item.members['crs']) ?? found.crs;
    else if ('problem' in item)
      found.doubts.push({
        code: item.problem === 'cut-off' ? 'json-truncated' : 'json-damaged',
        message: `${file} ${item.problem === 'cut-off' ? 'ends in the middle' : 'is damaged'} after feature ${found.rows}; the whole ones were read.`,
        data: { file, features: found.rows },
      });
    else count(item, found, file);
  }
  return found;
}

function count(item: Feature, found: Survey, file: string): void {
  found.rows++;
  if (item.known) found.known++;
  if (item.geometry.shape) {
    found.kinds.add(item.geometry.kind);
    stretch(found.extent, item.geometry.shape.coordinates);
  }
  for (const [name, value] of Object.entries(item.properties)) {
    found.filled++;
    let field = found.fields.get(name);
    if (!field) {
      if (found.fields.size >= MOST_FIELDS)
        throw new FormatError('too-many-fields', `${file} has more than ${MOST_FIELDS} different properties.`, {
          file,
        });
      field = { name, type: 'text', samples: [], types: new Set() };
      found.fields.set(name, field);
    }
    const type = propertyType(value);
    if (type) field.types.add(type);
    addSample(field, propertyText(value));
  }
  if (isTooSparse(found.fields.size, found.rows, found.filled))
    throw new FormatError('too-many-fields', `${file} has properties of its own in nearly every feature.`, { file });
}

/** 'EPSG:n' where a `crs` member names one, else what it says. */
function crsName(crs: Json | undefined): string | null {
  const properties = isObject(crs) ? crs['properties'] : undefined;
  const name = isObject(properties) ? properties['name'] : undefined;
  if (typeof name !== 'string' || name.trim() === '') return null;
  if (/CRS84$/i.test(name)) return 'EPSG:4326';
  const code = /EPSG:(?:[\d.]*:)?(\d+)$/i.exec(name)?.[1];
  return code === undefined ? name : `EPSG:${code}`;
}

function commonType(types: Set<FieldType>): FieldType {
  const [only] = types;
  if (types.size === 1 && only) return only;
  return types.size === 2 && types.has('integer') && types.has('real') ? 'real' : 'text';
}

/**
 * Opens GeoJSON: a collection, a bare array, single features or geometries, newline-delimited ones. Nothing is held whole.
 * @throws FormatError 'empty' | 'not-geojson' | 'json-damaged' | 'mislabelled'
 */
export function openGeojson(group: FileGroup, options: ReadOptions = {}): SourceTable {
  const [delivered] = group.files.values();
  if (!delivered) throw new FormatError('empty', `${group.name} has no file.`, { file: group.name });
  const file = delivered.name.split('/').at(-1) ?? delivered.name;
  const encoding = textEncoding(delivered.bytes, file, options);
  const name = encoding.name === 'GB18030' && encoding.confidence === 1 ? 'UTF-8' : (encoding.name ?? 'UTF-8');
  const found = survey(delivered.bytes, name, file);
  if (found.known === 0 && (found.rows > 0 || found.doubts.length > 0))
    throw new FormatError(
      found.rows > 0 ? 'not-geojson' : 'json-damaged',
      found.rows > 0
        ? `${file} is JSON but not GeoJSON: it holds no features.`
        : `${file} is not readable JSON. Ask for the file again.`,
      { file },
    );
  const fields = [...found.fields.values()].map(({ types, ...field }) => ({ ...field, type: commonType(types) }));
  const [only] = found.kinds;
  return {
    info: {
      file,
      name: group.name.split('/').at(-1) ?? group.name,
      format: 'geojson',
      geometry: found.kinds.size > 1 ? 'mixed' : (only ?? 'none'),
      rows: found.rows,
      deletedRows: 0,
      encoding: { ...encoding, name },
      crsStated: found.crs,
      extent: found.kinds.size > 0 ? found.extent : null,
      fields,
      doubts: found.doubts,
    },
    blocks: (again) => {
      const used = again?.encoding ?? name;
      // Fields of objects have no places: under another encoding they are looked for anew.
      const known = used === name ? fields : [...survey(delivered.bytes, used, file).fields.values()];
      return blocks(
        delivered.bytes,
        used,
        known.map((field) => field.name),
        again?.blockRows,
      );
    },
  };
}

async function* blocks(
  source: ByteSource,
  encoding: string,
  names: string[],
  askedRows: number | undefined,
): AsyncGenerator<SourceRow[]> {
  const most = blockRows(names.length, askedRows);
  let block: SourceRow[] = [];
  let number = 0;
  for (const item of read(source, encoding)) {
    if ('members' in item || 'problem' in item) continue;
    block.push(toRow(item, ++number, names));
    if (block.length < most) continue;
    yield block;
    block = [];
    await setImmediate();
  }
  if (block.length > 0) yield block;
}

function toRow({ properties, geometry, faults }: Feature, number: number, names: string[]): SourceRow {
  const values: SourceRow['values'] = {};
  for (const name of names) values[name] = Object.hasOwn(properties, name) ? propertyText(properties[name]) : null;
  const row: SourceRow = { row: number, values, shape: geometry.shape };
  if (geometry.z) row.z = geometry.z;
  if (faults.length > 0) row.faults = faults;
  return row;
}
