import type { Position, Ring, Shape } from '../../model/geometry/types.ts';
import type { GeometryKind, SourceRow } from '../format.ts';
import { assembleRings } from './rings.ts';

type Fault = NonNullable<SourceRow['faults']>[number];

/** One record of a `.shp`, read as far as it is whole. */
export interface ShapeRecord {
  shape: Shape | null;
  kind: GeometryKind;
  z?: number[];
  m?: number[];
  faults: Fault[];
}

/** ESRI: a number smaller than this is "no data". */
const NO_DATA = -1e38;
const KINDS: Record<number, GeometryKind> = { 0: 'none', 1: 'point', 3: 'line', 5: 'polygon', 8: 'multipoint' };

/** Shape types 1–8 plain, 11–18 with Z and M, 21–28 with M. */
export function kindOfType(type: number): GeometryKind | null {
  return KINDS[type > 20 ? type - 20 : type > 10 ? type - 10 : type] ?? null;
}

const nothing = (code: string, message: string, kind: GeometryKind = 'none'): ShapeRecord => ({
  shape: null,
  kind,
  faults: [{ field: null, code, message }],
});
const damaged = (what: string): ShapeRecord => nothing('shape-damaged', `The shape of this row is damaged: ${what}.`);

/** Reads the content of one record. All counts are checked against its length; a damaged one gives a fault and no shape. */
export function readShape(content: Uint8Array): ShapeRecord {
  if (content.length < 4) return damaged('it is too short');
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const type = view.getInt32(0, true);
  const kind = kindOfType(type);
  if (type === 31) return nothing('shape-not-read', 'Multipatch shapes (3-D surfaces) are not read.');
  if (kind === null) return damaged(`shape type ${type} does not exist`);
  if (kind === 'none') return { shape: null, kind, faults: [] };
  const hasZ = type > 10 && type < 20;
  if (kind === 'point') return readPoint(view, hasZ, type > 10);
  return readMany(view, kind, hasZ, type > 10);
}

const usable = (value: number): boolean => Number.isFinite(value) && value > NO_DATA;

function readPoint(view: DataView, hasZ: boolean, mayHaveM: boolean): ShapeRecord {
  if (view.byteLength < 20) return damaged('it is too short');
  const position: Position = [view.getFloat64(4, true), view.getFloat64(12, true)];
  if (!position.every(usable))
    return nothing('coordinate-not-a-number', 'The point has no usable coordinates.', 'point');
  const record: ShapeRecord = { shape: { type: 'Point', coordinates: position }, kind: 'point', faults: [] };
  const atM = hasZ ? 28 : 20;
  if (hasZ && view.byteLength >= 28) record.z = [view.getFloat64(20, true)];
  if (mayHaveM && view.byteLength >= atM + 8) keepMeasures(record, [view.getFloat64(atM, true)]);
  return record;
}

/** Measures are kept only where there are any; missing ones among them are NaN. */
function keepMeasures(record: ShapeRecord, values: number[]): void {
  if (values.some(usable)) record.m = values.map((value) => (usable(value) ? value : NaN));
}

function readMany(view: DataView, kind: GeometryKind, hasZ: boolean, mayHaveM: boolean): ShapeRecord {
  const parted = kind !== 'multipoint';
  const countsEnd = parted ? 44 : 40;
  if (view.byteLength < countsEnd) return damaged('it is too short');
  const parts = parted ? view.getUint32(36, true) : 0;
  const count = view.getUint32(parted ? 40 : 36, true);
  const atPoints = countsEnd + 4 * parts;
  const atZ = atPoints + 16 * count;
  if (atZ > view.byteLength) return damaged('it claims more points than it holds');
  const positions: Position[] = [];
  for (let i = 0; i < count; i++) {
    const x = view.getFloat64(atPoints + 16 * i, true);
    const y = view.getFloat64(atPoints + 16 * i + 8, true);
    if (!usable(x) || !usable(y))
      return nothing('coordinate-not-a-number', 'A vertex has no usable coordinates.', kind);
    positions.push([x, y]);
  }
  const faults: Fault[] = [];
  const shape = parted ? fromParts(view, kind, parts, positions, faults) : multipoint(positions);
  const record: ShapeRecord = { shape, kind, faults };
  const series = (at: number): number[] | null =>
    at + 16 + 8 * count <= view.byteLength
      ? Array.from({ length: count }, (_, i) => view.getFloat64(at + 16 + 8 * i, true))
      : null;
  const z = hasZ ? series(atZ) : null;
  if (z) record.z = z;
  const m = mayHaveM ? series(hasZ ? atZ + 16 + 8 * count : atZ) : null;
  if (m) keepMeasures(record, m);
  return record;
}

const multipoint = (coordinates: Position[]): Shape | null =>
  coordinates.length === 0 ? null : { type: 'MultiPoint', coordinates };

function fromParts(
  view: DataView,
  kind: GeometryKind,
  parts: number,
  positions: Position[],
  faults: Fault[],
): Shape | null {
  const lists: Position[][] = [];
  for (let i = 0; i < parts; i++) {
    const start = view.getUint32(44 + 4 * i, true);
    const end = i + 1 < parts ? view.getUint32(48 + 4 * i, true) : positions.length;
    if (start > end || end > positions.length) {
      faults.push({ field: null, code: 'shape-damaged', message: 'The parts of this shape are out of order.' });
      return null;
    }
    const list = positions.slice(start, end);
    if (list.length >= 2) lists.push(list);
    else faults.push({ field: null, code: 'part-too-short', message: 'A part of one point only was left out.' });
  }
  if (lists.length === 0) return null;
  if (kind === 'line') return { type: 'MultiLineString', coordinates: lists };
  return { type: 'MultiPolygon', coordinates: assembleRings(lists.map((list) => close(list, faults))) };
}

function close(ring: Ring, faults: Fault[]): Ring {
  const first = ring[0];
  const last = ring.at(-1);
  if (!first || !last || (first[0] === last[0] && first[1] === last[1])) return ring;
  faults.push({ field: null, code: 'ring-closed', message: 'A ring did not end where it began; it was closed.' });
  return [...ring, [first[0], first[1]]];
}
