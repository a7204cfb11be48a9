import proj4 from 'proj4';
import { CrsError } from './crs-error.ts';
import { CRS_TABLE, type CrsDefinition, type CrsInfo } from './crs-table.ts';
import { userDefinition } from './crs-user.ts';
import { fromBd09, fromGcj02, toBd09, toGcj02, type LonLat } from './gcj.ts';
import type { Position } from './types.ts';

export type { CrsInfo } from './crs-table.ts';
export { CrsError } from './crs-error.ts';

/** Users' own systems, by the code they were registered under. */
const registered = new Map<string, CrsDefinition>();

function definition(code: string): CrsDefinition {
  const found = CRS_TABLE.get(code) ?? registered.get(code);
  if (!found) throw new CrsError('unknown-crs', `no coordinate reference system is known as ${code}`, { code });
  return found;
}

export function isKnownCrs(code: string): boolean {
  return CRS_TABLE.has(code) || registered.has(code);
}

/** Codes of every system known, Gewu's own first. */
export function knownCrsCodes(): string[] {
  return [...CRS_TABLE.keys(), ...registered.keys()];
}

/**
 * What is known of a system.
 * @throws CrsError 'unknown-crs'
 */
export function crsInfo(code: string): CrsInfo {
  const { nameZh, nameEn, geographic, unit, wktEsri, wktOgc, datum, shiftKnown, epsg } = definition(code);
  return { code, nameZh, nameEn, geographic, unit, wktEsri, wktOgc, datum, shiftKnown, epsg };
}

/**
 * Makes a user's own definition (WKT 1, WKT 2 or a PROJ string) usable by code; registering it again changes nothing. Without `code` one
 * is made from the text. Its own shift to WGS 84, if it states one, is used.
 * @throws CrsError 'unreadable-definition'
 */
export function registerDefinition(wktOrProj: string, code?: string): CrsInfo {
  const made = userDefinition(wktOrProj, code);
  if (!CRS_TABLE.has(made.code)) {
    registered.set(made.code, made);
    legs.delete(made.code);
  }
  return crsInfo(made.code);
}

/** Changes a pair in place between a system and lon/lat in degrees of its frame. */
interface Leg {
  toLonLat(p: LonLat): void;
  fromLonLat(p: LonLat): void;
}

const RADIANS = Math.PI / 180;
const legs = new Map<string, Leg>();

function legOf(d: CrsDefinition): Leg {
  const kept = legs.get(d.code);
  if (kept) return kept;
  const made = makeLeg(d);
  legs.set(d.code, made);
  return made;
}

function makeLeg(d: CrsDefinition): Leg {
  if (d.warp !== null) return warped(d, d.warp);
  return plainLeg(d);
}

/** An encryption lies on the lon/lat, under the projection if there is one. */
function warped(d: CrsDefinition, warp: 'GCJ-02' | 'BD-09'): Leg {
  const [decrypt, encrypt] = warp === 'GCJ-02' ? [fromGcj02, toGcj02] : [fromBd09, toBd09];
  const inner = plainLeg(d);
  return {
    toLonLat(p) {
      inner.toLonLat(p);
      decrypt(p);
    },
    fromLonLat(p) {
      encrypt(p);
      inner.fromLonLat(p);
    },
  };
}

function plainLeg(d: CrsDefinition): Leg {
  // A user's definition may bring units, a prime meridian or a shift, all of which only proj4's whole path applies.
  if (registered.has(d.code)) return userLeg(d.proj);
  if (d.geographic) return { toLonLat() {}, fromLonLat() {} };
  // Built-in systems need none of that: projecting directly saves proj4's datum steps and copies for each point.
  const projection = new proj4.Proj(d.proj);
  return {
    toLonLat(p) {
      take(p, projection.inverse(p));
      p.x /= RADIANS;
      p.y /= RADIANS;
    },
    fromLonLat(p) {
      p.x *= RADIANS;
      p.y *= RADIANS;
      take(p, projection.forward(p));
    },
  };
}

function userLeg(proj: string): Leg {
  const converter = proj4(proj, 'WGS84');
  return {
    toLonLat: (p) => take(p, converter.forward({ x: p.x, y: p.y })),
    fromLonLat: (p) => take(p, converter.inverse({ x: p.x, y: p.y })),
  };
}

function take(p: LonLat, from: LonLat): void {
  const { x, y } = from;
  p.x = x;
  p.y = y;
}

export interface TransformOptions {
  /** Take lon/lat over unshifted where the relation of the datums is unknown (Beijing 54 is about 80 m off then). */
  accept?: boolean;
}

function route(from: string, to: string, options: TransformOptions): ((p: LonLat) => void) | null {
  if (from === to) return null;
  const a = definition(from);
  const b = definition(to);
  if (a.frame !== b.frame && !(a.shiftKnown && b.shiftKnown) && options.accept !== true)
    throw new CrsError('datum-shift-unknown', `the shift between ${a.nameEn} and ${b.nameEn} is not known`, {
      from,
      to,
    });
  const first = legOf(a);
  const second = legOf(b);
  return (p) => {
    first.toLonLat(p);
    second.fromLonLat(p);
  };
}

/**
 * A function from one system to another, always (x east or longitude, y north or latitude). CGCS2000 and WGS 84 are taken as
 * coincident: they differ by centimetres to decimetres (plate motion since 2000.0), below what a component survey measures.
 * @throws CrsError 'unknown-crs'; 'datum-shift-unknown' unless `options.accept`
 */
export function transformer(
  from: string,
  to: string,
  options: TransformOptions = {},
): (x: number, y: number) => Position {
  const go = route(from, to, options);
  if (!go) return (x, y) => [x, y];
  const p: LonLat = { x: 0, y: 0 };
  return (x, y) => {
    p.x = x;
    p.y = y;
    go(p);
    return [p.x, p.y];
  };
}

/** Transforms x, y, x, y … in place, without an object a point. Otherwise as `transformer`. */
export function transformInPlace(from: string, to: string, xy: Float64Array, options: TransformOptions = {}): void {
  const go = route(from, to, options);
  if (!go) return;
  const p: LonLat = { x: 0, y: 0 };
  for (let i = 0; i + 1 < xy.length; i += 2) {
    p.x = xy[i] ?? NaN;
    p.y = xy[i + 1] ?? NaN;
    go(p);
    xy[i] = p.x;
    xy[i + 1] = p.y;
  }
}

export { matchDefinition } from './crs-stated.ts';
