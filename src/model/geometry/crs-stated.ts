import { CRS_TABLE } from './crs-table.ts';
import { readDefinition, type ReadDefinition } from './crs-user.ts';

/** What a file says of its CRS. */
export interface Stated {
  /** Code of a system Gewu knows, or null. */
  code: string | null;
  /** What it calls itself. */
  name: string;
  /** The text could be read as a definition, known or not. */
  readable: boolean;
}

const EPSG_TEXT =
  /^(?:EPSG:|urn:ogc:def:crs:EPSG:[\d.]*:|https?:\/\/www\.opengis\.net\/def\/crs\/EPSG\/[\d.]+\/)?(\d{4,6})$/i;
/** Codes the register withdrew for others of the same meaning: Beijing 1954 / Gauss-Kruger 13N … 23N; Google's old Mercator. */
const OLD_CODES = new Map([
  ...Array.from({ length: 11 }, (_, i): [string, string] => [String(21473 + i), String(21453 + i)]),
  ['900913', '3857'],
]);
const CRS84_TEXT = /(?:^|[:/])CRS84$/i;
const OWN_CODE = /^(GCJ-?02|GCJ-3857|BD-?09|BJ-LOCAL)$/i;

/** Reads an EPSG code in its usual spellings, Gewu's own codes, or WKT (ESRI or OGC) or a PROJ string, matched by its parameters. */
export function readStated(text: string): Stated {
  const trimmed = text.trim();
  const own = OWN_CODE.exec(trimmed)?.[1]?.toUpperCase();
  if (own) {
    const code = /^GCJ-?02$/.test(own) ? 'GCJ-02' : own.startsWith('BD') ? 'BD-09' : own;
    return { code, name: code, readable: true };
  }
  if (CRS84_TEXT.test(trimmed)) return { code: 'EPSG:4326', name: 'CRS84', readable: true };
  const epsg = EPSG_TEXT.exec(trimmed)?.[1];
  if (epsg) {
    const code = `EPSG:${OLD_CODES.get(epsg) ?? epsg}`;
    return { code: CRS_TABLE.has(code) ? code : null, name: code, readable: true };
  }
  const read = readDefinition(trimmed);
  if (!read) return { code: null, name: trimmed.slice(0, 60), readable: false };
  return { code: matchRead(read), name: read.name, readable: true };
}

/** Code of the built-in system a definition means, by its datum and parameters rather than its name; null when it is none. */
export function matchDefinition(text: string): string | null {
  return readStated(text).code;
}

function matchRead(read: ReadDefinition): string | null {
  if (read.webMercator) return 'EPSG:3857';
  if (read.geographic) {
    const codes = {
      CGCS2000: 'EPSG:4490',
      WGS84: 'EPSG:4326',
      Beijing54: 'EPSG:4214',
      Xian80: 'EPSG:4610',
      other: null,
    };
    return codes[read.datum];
  }
  if (!read.tm || read.toMetre !== 1) return null;
  const tm = read.tm;
  const same = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6;
  for (const d of CRS_TABLE.values()) {
    if (
      d.tm &&
      (d.datum === read.datum || (d.code === 'BJ-LOCAL' && same(read.a, 6378245))) &&
      same(d.tm.centralMeridian, tm.centralMeridian) &&
      same(d.tm.latitudeOfOrigin, tm.latitudeOfOrigin) &&
      same(d.tm.falseEasting, tm.falseEasting) &&
      same(d.tm.falseNorthing, tm.falseNorthing) &&
      same(d.tm.scale, tm.scale) &&
      (!/CM|zone/i.test(read.name) || sixDegree(read.name) === sixDegree(d.nameEn) || !hasTwin(d.code))
    )
      return d.code;
  }
  return null;
}

/** 3- and 6-degree zones on the same meridian without prefix are one projection under two codes; the name tells which is meant. */
function sixDegree(name: string): boolean {
  return !/3[-_ ]?degree/i.test(name);
}

function hasTwin(code: string): boolean {
  const d = CRS_TABLE.get(code);
  return (
    d?.tm !== null && d?.tm !== undefined && (d.tm.centralMeridian - 75) % 6 === 0 && d.tm.falseEasting === 500_000
  );
}
