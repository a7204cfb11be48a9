import { crsInfo, registerDefinition, transformer } from './crs.ts';
import { CRS_TABLE } from './crs-table.ts';
import { applySimilarity, type ControlPair } from './helmert.ts';
import type { Position } from './types.ts';

/**
 * Plane shift by 4 parameters, as surveyors give them: x' = ox + dx + k·(cos r·(x − ox) − sin r·(y − oy)), y' likewise with the signs of a
 * counter-clockwise turn; x is east, y north.
 */
export interface PlanarShift {
  method: 'planar';
  /** Metres. */
  dx: number;
  dy: number;
  /** Seconds of arc, counter-clockwise; 0 unless said. */
  rotation?: number | undefined;
  /** Parts per million; 0 unless said. */
  scale?: number | undefined;
  /** What is turned about; [0, 0] unless said. */
  origin?: Position | undefined;
  /**
   * What is shifted: `delivered` the numbers as they are delivered (east first), `project` the numbers brought into the project's projection as if
   * both stood on one datum. Unless said: `delivered` for metres, `project` for degrees.
   */
  from?: 'delivered' | 'project' | undefined;
}

/** Shift by 3 or 7 parameters between geocentric coordinates (Bursa–Wolf), from the ellipsoid of the delivered system to CGCS2000. */
export interface GeocentricShift {
  method: 'geocentric';
  /** Metres. */
  dx: number;
  dy: number;
  dz: number;
  /** Seconds of arc; 0 unless said. */
  rx?: number | undefined;
  ry?: number | undefined;
  rz?: number | undefined;
  /** Parts per million; 0 unless said. */
  scale?: number | undefined;
  /** Whose turn is counted: of the point (`position-vector`, EPSG 9606, PROJ's +towgs84) or of the frame (`coordinate-frame`, EPSG 9607: the signs of the angles are opposite). */
  convention: 'position-vector' | 'coordinate-frame';
}

/** 4 parameters found by least squares from places known in both systems: `from` as delivered, east (longitude) first; `to` in the project's CRS, east first. */
export interface ControlPointShift {
  method: 'control-points';
  points: { name?: string | undefined; from: Position; to: Position }[];
}

/** 4 parameters found from the delivered things the project knows by their code. */
export interface KnownComponentShift {
  method: 'known-components';
}

export type DatumShift = PlanarShift | GeocentricShift | ControlPointShift | KnownComponentShift;

/** Why a shift can't be applied: `datum-not-older` {crs}: the system needs none · `datum-no-ellipsoid` {crs}: a definition that can't take one. */
interface DatumProblem {
  code: 'datum-not-older' | 'datum-no-ellipsoid';
  data: Record<string, string>;
}

/**
 * The delivered system with 7 parameters to CGCS2000, registered as a user's definition.
 * Heights are taken as 0: at 100 m they matter less than 3 mm.
 */
export function withGeocentricShift(
  code: string,
  shift: GeocentricShift,
): { code: string } | { problem: DatumProblem } {
  const base = CRS_TABLE.get(code);
  if (base === undefined) return { problem: { code: 'datum-no-ellipsoid', data: { crs: code } } };
  if (crsInfo(code).shiftKnown) return { problem: { code: 'datum-not-older', data: { crs: code } } };
  const sign = shift.convention === 'coordinate-frame' ? -1 : 1;
  const turns = [shift.rx, shift.ry, shift.rz].map((angle) => sign * (angle ?? 0));
  const parameters = [shift.dx, shift.dy, shift.dz, ...turns, shift.scale ?? 0].join(',');
  return { code: registerDefinition(base.proj.replace('+no_defs', `+towgs84=${parameters} +no_defs`)).code };
}

/** What is not metres must go through the project's projection. */
function shiftedFrom(shift: PlanarShift, code: string): 'delivered' | 'project' {
  return shift.from ?? (crsInfo(code).geographic ? 'project' : 'delivered');
}

/** Delivered numbers (east first) to the project's CRS by a plane shift. */
export function planarPlacing(shift: PlanarShift, code: string | null, projectCrs: string): (at: Position) => Position {
  const apply = applySimilarity({
    dx: shift.dx,
    dy: shift.dy,
    rotation: shift.rotation ?? 0,
    scale: shift.scale ?? 0,
    origin: shift.origin ?? [0, 0],
  });
  if (code === null || shiftedFrom(shift, code) === 'delivered') return apply;
  const read = transformer(code, projectCrs, { accept: true });
  return ([x, y]) => apply(read(x, y));
}

/** Control pairs as the shift takes them: the delivered side read into the project's projection where the system is known. */
export function readPairs(pairs: readonly ControlPair[], code: string | null, projectCrs: string): ControlPair[] {
  if (code === null || code === projectCrs) return [...pairs];
  const read = transformer(code, projectCrs, { accept: true });
  return pairs.map(({ from, to }) => ({ from: read(...from), to }));
}
