import proj4 from 'proj4';
import { CrsError } from './crs-error.ts';
import type { CrsDefinition } from './crs-table.ts';
import {
  BEIJING54,
  CGCS2000,
  geographicEsri,
  geographicOgc,
  projectedEsri,
  projectedOgc,
  WGS84,
  XIAN80,
  type DatumText,
  type TransverseMercator,
} from './crs-wkt.ts';

/** What a definition says, in degrees and metres, whatever form it was written in. */
export interface ReadDefinition {
  name: string;
  geographic: boolean;
  /** Metres a unit of a projected system; 1 for metres. */
  toMetre: number;
  a: number;
  rf: number | null;
  datum: DatumText['datum'];
  tm: TransverseMercator | null;
  webMercator: boolean;
  /** The definition itself carries the shift to WGS 84 (TOWGS84, +towgs84, +datum). */
  shiftGiven: boolean;
}

const DEGREES = 180 / Math.PI;
const TM_NAMES = new Set([
  'tmerc',
  'etmerc',
  'transverse_mercator',
  'gauss_kruger',
  'gauss kruger',
  'transverse mercator',
]);

function numberOf(from: object, key: string, otherwise: number): number {
  const value: unknown = Reflect.get(from, key);
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

function textOf(from: object, key: string): string {
  const value: unknown = Reflect.get(from, key);
  return typeof value === 'string' ? value : '';
}

/** proj4 throws strings and errors of many kinds for what it can't read; all become null. */
function parse(text: string): object | null {
  try {
    return new proj4.Proj(text);
  } catch {
    return null;
  }
}

/** Names under which the datums are written in WKT; a PROJ string has none and is told by its ellipsoid. */
function datumOf(text: string, a: number, rf: number | null): DatumText['datum'] {
  if (/china[_ ]?2000|cgcs[_ ]?2000|china[_ ]geodetic[_ ]coordinate[_ ]system[_ ]2000/i.test(text)) return 'CGCS2000';
  if (/xian[_ ]?(19)?80/i.test(text)) return 'Xian80';
  if (/beijing[_ ]?(19)?54/i.test(text)) return 'Beijing54';
  if (/wgs[_ ]?(19)?84/i.test(text.replaceAll(/towgs84/gi, ''))) return 'WGS84';
  const grs80 = a === 6378137 && rf !== null && Math.abs(rf - CGCS2000.rf) < 1e-8;
  return grs80 && text.trimStart().startsWith('+') ? 'CGCS2000' : 'other';
}

/** Reads WKT 1, WKT 2 or a PROJ string; null when it is none of them. */
export function readDefinition(text: string): ReadDefinition | null {
  if (!/^\s*(\+|[A-Z]+\s*\[)/i.test(text)) return null;
  const p = parse(text);
  if (!p) return null;
  const kind = textOf(p, 'projName').toLowerCase();
  const geographic = kind === 'longlat' || kind === 'identity';
  const a = numberOf(p, 'a', NaN);
  if (kind === '' || Number.isNaN(a)) return null;
  const b = numberOf(p, 'b', a);
  const rf = b === a ? null : numberOf(p, 'rf', a / (a - b));
  return {
    name: textOf(p, 'name') || textOf(p, 'title') || kind,
    geographic,
    toMetre: geographic ? 1 : numberOf(p, 'to_meter', 1),
    a,
    rf,
    datum: datumOf(text, a, rf),
    tm: TM_NAMES.has(kind)
      ? {
          centralMeridian: tidy(numberOf(p, 'long0', 0) * DEGREES),
          latitudeOfOrigin: tidy(numberOf(p, 'lat0', 0) * DEGREES),
          falseEasting: numberOf(p, 'x0', 0),
          falseNorthing: numberOf(p, 'y0', 0),
          scale: numberOf(p, 'k0', 1),
        }
      : null,
    webMercator:
      /^(merc|mercator)/.test(kind) && /pseudo-mercator|web_mercator|auxiliary_sphere|\+b=6378137/i.test(text),
    shiftGiven: /towgs84|\+datum=wgs84/i.test(text),
  };
}

/** Radians turned back to degrees leave dust in the last digits. */
function tidy(degrees: number): number {
  return Math.round(degrees * 1e10) / 1e10;
}

/** A code made from the definition's own text (FNV-1a), so that the same definition always has the same code. */
function codeOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return `USER:${hash.toString(16).padStart(8, '0')}`;
}

/**
 * The definition of a user's own system.
 * @throws CrsError 'unreadable-definition' when it can't be read, or is a PROJ string of a projection that needs WKT
 */
export function userDefinition(text: string, code?: string): CrsDefinition {
  const trimmed = text.trim();
  const read = readDefinition(trimmed);
  if (!read)
    throw new CrsError('unreadable-definition', 'neither WKT nor a PROJ string that can be read', {
      definition: trimmed.slice(0, 80),
    });
  const isWkt = !trimmed.startsWith('+');
  const base = [CGCS2000, WGS84, BEIJING54, XIAN80].find((d) => d.datum === read.datum);
  const shared = base !== undefined && base.frame === 'earth-centred';
  const own = code ?? codeOf(trimmed);
  const datum: DatumText = base ?? {
    ...WGS84,
    datum: 'other',
    epsg: null,
    a: read.a,
    rf: read.rf ?? 0,
    ogc: { geogcs: read.name, datum: 'unknown', spheroid: 'unknown', datumId: null, spheroidId: null },
    esri: { geogcs: 'GCS_unknown', datum: 'D_unknown', spheroid: 'unknown' },
  };
  const wkt = isWkt ? { ogc: trimmed, esri: trimmed } : wktOf(read, datum, own);
  return {
    code: own,
    nameZh: isWkt ? read.name : own,
    nameEn: isWkt ? read.name : own,
    geographic: read.geographic,
    unit: read.geographic ? 'degree' : read.toMetre === 1 ? 'metre' : 'other',
    wktEsri: wkt.esri,
    wktOgc: wkt.ogc,
    datum: read.datum,
    shiftKnown: shared || read.shiftGiven,
    epsg: null,
    proj: trimmed,
    frame: read.shiftGiven ? 'towgs84' : (base?.frame ?? own),
    warp: null,
    tm: read.tm,
  };
}

function wktOf(read: ReadDefinition, datum: DatumText, name: string): { ogc: string; esri: string } {
  if (read.geographic) return { ogc: geographicOgc(datum), esri: geographicEsri(datum) };
  if (read.tm && read.toMetre === 1)
    return {
      ogc: projectedOgc(name, datum, read.tm, null),
      esri: projectedEsri(name.replace(':', '_'), datum, read.tm),
    };
  throw new CrsError(
    'unreadable-definition',
    'a PROJ string of this projection has no WKT here; give the definition as WKT',
    {
      definition: name,
    },
  );
}
