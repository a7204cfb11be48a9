import {
  BEIJING54,
  BEIJING_LOCAL,
  CGCS2000,
  geographicEsri,
  geographicOgc,
  projectedEsri,
  projectedOgc,
  WEB_MERCATOR,
  WGS84,
  XIAN80,
  type DatumText,
  type TransverseMercator,
} from './crs-wkt.ts';

/** What is known of a coordinate reference system. Coordinates are always east-north or lon-lat here, whatever the register says. */
export interface CrsInfo {
  /** 'EPSG:4548', 'GCJ-02', 'BD-09', 'BJ-LOCAL' or the code a user's definition was registered under. */
  code: string;
  nameZh: string;
  nameEn: string;
  geographic: boolean;
  unit: 'metre' | 'degree' | 'other';
  /** WKT 1 as ESRI writes it into a .prj. */
  wktEsri: string;
  /** WKT 1 as OGC 01-009 and GDAL write it, for `gpkg_spatial_ref_sys.definition`. */
  wktOgc: string;
  datum: DatumText['datum'];
  /** Coordinates can be brought to CGCS2000 without parameters a user must give. */
  shiftKnown: boolean;
  /** The number in the EPSG register, null for the others. */
  epsg: number | null;
}

export interface CrsDefinition extends CrsInfo {
  /** Definition proj4 reads. */
  proj: string;
  /** Same frame: lon/lat may be taken over as they are. */
  frame: string;
  /** Encryption over WGS 84 lon/lat. */
  warp: 'GCJ-02' | 'BD-09' | null;
  /** Gauss–Krüger parameters, where it is such a projection. */
  tm: TransverseMercator | null;
}

/** A run of EPSG codes: the first zone's code, zones numbered upward, 3 or 6 degrees apart. */
interface Family {
  datum: DatumText;
  width: 3 | 6;
  /** True when the false easting carries the zone number in front (zone 39: 39,500,000). */
  prefixed: boolean;
  first: number;
  esri: (zone: string) => string;
}

/** First and last zones that cover the country: CM 75°E to 135°E. */
const ZONES = { 3: [25, 45], 6: [13, 23] } as const;

const UTM_ZONES = [43, 53] as const;

const FAMILIES: readonly Family[] = [
  { datum: CGCS2000, width: 3, prefixed: false, first: 4534, esri: (z) => `CGCS2000_3_Degree_GK_CM_${z}` },
  { datum: CGCS2000, width: 3, prefixed: true, first: 4513, esri: (z) => `CGCS2000_3_Degree_GK_Zone_${z}` },
  { datum: CGCS2000, width: 6, prefixed: false, first: 4502, esri: (z) => `CGCS2000_GK_CM_${z}` },
  { datum: CGCS2000, width: 6, prefixed: true, first: 4491, esri: (z) => `CGCS2000_GK_Zone_${z}` },
  { datum: BEIJING54, width: 3, prefixed: false, first: 2422, esri: (z) => `Beijing_1954_3_Degree_GK_CM_${z}` },
  { datum: BEIJING54, width: 3, prefixed: true, first: 2401, esri: (z) => `Beijing_1954_3_Degree_GK_Zone_${z}` },
  { datum: BEIJING54, width: 6, prefixed: false, first: 21453, esri: (z) => `Beijing_1954_Gauss_Kruger_CM_${z}` },
  { datum: BEIJING54, width: 6, prefixed: true, first: 21413, esri: (z) => `Beijing_1954_GK_Zone_${z}` },
  { datum: XIAN80, width: 3, prefixed: false, first: 2370, esri: (z) => `Xian_1980_3_Degree_GK_CM_${z}` },
  { datum: XIAN80, width: 3, prefixed: true, first: 2349, esri: (z) => `Xian_1980_3_Degree_GK_Zone_${z}` },
  { datum: XIAN80, width: 6, prefixed: false, first: 2338, esri: (z) => `Xian_1980_GK_CM_${z}` },
  { datum: XIAN80, width: 6, prefixed: true, first: 2327, esri: (z) => `Xian_1980_GK_Zone_${z}` },
];

function ellipsoid(d: DatumText): string {
  return `+a=${d.a} +rf=${d.rf}`;
}

function tmProj(d: DatumText, p: TransverseMercator): string {
  return `+proj=tmerc +lat_0=${p.latitudeOfOrigin} +lon_0=${p.centralMeridian} +k=${p.scale} +x_0=${p.falseEasting} +y_0=${p.falseNorthing} ${ellipsoid(d)} +units=m +no_defs`;
}

function zoneDefinition(family: Family, zone: number): CrsDefinition {
  const { datum, width, prefixed } = family;
  const meridian = width === 3 ? zone * 3 : zone * 6 - 3;
  const epsg = family.first + zone - ZONES[width][0];
  const label = prefixed ? `zone ${zone}` : `CM ${meridian}E`;
  const short = datum === CGCS2000 ? 'CGCS2000' : datum.nameEn;
  const nameEn = `${short} / ${width === 3 ? '3-degree ' : ''}Gauss-Kruger ${label}`;
  const tm: TransverseMercator = {
    centralMeridian: meridian,
    latitudeOfOrigin: 0,
    falseEasting: 500_000 + (prefixed ? zone * 1_000_000 : 0),
    falseNorthing: 0,
    scale: 1,
  };
  return {
    code: `EPSG:${epsg}`,
    nameZh: `${datum.nameZh} ${width}度带 ${prefixed ? `第${zone}带` : `中央经线${meridian}°E`}`,
    nameEn,
    geographic: false,
    unit: 'metre',
    wktEsri: projectedEsri(family.esri(prefixed ? String(zone) : `${meridian}E`), datum, tm),
    wktOgc: projectedOgc(nameEn, datum, tm, epsg),
    datum: datum.datum,
    shiftKnown: datum === CGCS2000,
    epsg,
    proj: tmProj(datum, tm),
    frame: datum.frame,
    warp: null,
    tm,
  };
}

function geographicDefinition(d: DatumText): CrsDefinition {
  return {
    code: `EPSG:${d.epsg}`,
    nameZh: `${d.nameZh} 经纬度`,
    nameEn: d.nameEn,
    geographic: true,
    unit: 'degree',
    wktEsri: geographicEsri(d),
    wktOgc: geographicOgc(d),
    datum: d.datum,
    shiftKnown: d.frame === 'earth-centred',
    epsg: d.epsg,
    proj: `+proj=longlat ${ellipsoid(d)} +no_defs`,
    frame: d.frame,
    warp: null,
    tm: null,
  };
}

/** The two encryptions used by Chinese web maps: lon/lat a few hundred metres off WGS 84. They have no register entry. */
function encrypted(code: 'GCJ-02' | 'BD-09', nameZh: string): CrsDefinition {
  const own: DatumText = {
    ...WGS84,
    epsg: null,
    ogc: { ...WGS84.ogc, geogcs: code, datum: code, datumId: null },
    esri: { ...WGS84.esri, geogcs: `GCS_${code}`, datum: `D_${code}` },
  };
  return {
    ...geographicDefinition(own),
    code,
    nameZh,
    nameEn: code,
    datum: 'other',
    epsg: null,
    warp: code,
  };
}

/** The city's own system as published in papers: Krassovsky, CM 116.35025181°E, origin 39.865766°N, FE 500,000, FN 300,000. */
const LOCAL_TM: TransverseMercator = {
  centralMeridian: 116.35025181,
  latitudeOfOrigin: 39.865766,
  falseEasting: 500_000,
  falseNorthing: 300_000,
  scale: 1,
};

function localDefinition(): CrsDefinition {
  const d = BEIJING_LOCAL;
  return {
    code: 'BJ-LOCAL',
    nameZh: '北京地方坐标系（高斯-克吕格）',
    nameEn: 'Beijing local (Gauss-Kruger)',
    geographic: false,
    unit: 'metre',
    wktEsri: projectedEsri('Beijing_Local', d, LOCAL_TM),
    wktOgc: projectedOgc('Beijing local', d, LOCAL_TM, null),
    datum: 'other',
    shiftKnown: false,
    epsg: null,
    proj: tmProj(d, LOCAL_TM),
    frame: d.frame,
    warp: null,
    tm: LOCAL_TM,
  };
}

/** UTM on WGS 84, north: what handheld receivers and foreign software deliver. */
function utm(zone: number): CrsDefinition {
  const tm = {
    centralMeridian: zone * 6 - 183,
    latitudeOfOrigin: 0,
    falseEasting: 500_000,
    falseNorthing: 0,
    scale: 0.9996,
  };
  const epsg = 32600 + zone;
  const nameEn = `WGS 84 / UTM zone ${zone}N`;
  return {
    ...geographicDefinition(WGS84),
    code: `EPSG:${epsg}`,
    nameZh: `WGS 84 UTM 北半球第${zone}带`,
    nameEn,
    geographic: false,
    unit: 'metre',
    wktEsri: projectedEsri(`WGS_1984_UTM_Zone_${zone}N`, WGS84, tm),
    wktOgc: projectedOgc(nameEn, WGS84, tm, epsg),
    epsg,
    proj: tmProj(WGS84, tm),
    tm,
  };
}

function webMercator(): CrsDefinition {
  return {
    ...geographicDefinition(WGS84),
    code: 'EPSG:3857',
    nameZh: 'Web 墨卡托',
    nameEn: 'WGS 84 / Pseudo-Mercator',
    geographic: false,
    unit: 'metre',
    wktEsri: WEB_MERCATOR.esri,
    wktOgc: WEB_MERCATOR.ogc,
    epsg: 3857,
    proj: WEB_MERCATOR.proj,
  };
}

/** GCJ-02 under Web Mercator: what is drawn from the tiles of the country's web maps. */
function encryptedMercator(): CrsDefinition {
  return {
    ...webMercator(),
    code: 'GCJ-3857',
    nameZh: '火星坐标 GCJ-02（Web 墨卡托）',
    nameEn: 'GCJ-02 / Pseudo-Mercator',
    wktEsri: WEB_MERCATOR.esri.replace('WGS_1984_Web_Mercator', 'GCJ-02_Web_Mercator'),
    wktOgc: WEB_MERCATOR.ogc
      .replace('"WGS 84 / Pseudo-Mercator"', '"GCJ-02 / Pseudo-Mercator"')
      .replace(',AUTHORITY["EPSG","3857"]]', ']'),
    datum: 'other',
    epsg: null,
    warp: 'GCJ-02',
  };
}

function buildTable(): Map<string, CrsDefinition> {
  const all = [
    geographicDefinition(CGCS2000),
    geographicDefinition(WGS84),
    encrypted('GCJ-02', '火星坐标 GCJ-02'),
    encrypted('BD-09', '百度坐标 BD-09'),
    webMercator(),
    encryptedMercator(),
    localDefinition(),
    geographicDefinition(BEIJING54),
    geographicDefinition(XIAN80),
  ];
  for (const family of FAMILIES) {
    const [from, to] = ZONES[family.width];
    for (let zone = from; zone <= to; zone++) all.push(zoneDefinition(family, zone));
  }
  for (let zone = UTM_ZONES[0]; zone <= UTM_ZONES[1]; zone++) all.push(utm(zone));
  return new Map(all.map((d) => [d.code, d]));
}

/** Every system Gewu knows of itself, by code. */
export const CRS_TABLE: ReadonlyMap<string, CrsDefinition> = buildTable();
