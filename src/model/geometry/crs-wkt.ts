/** A geodetic datum as EPSG and ESRI spell it. Numbers from the EPSG register. */
export interface DatumText {
  datum: 'CGCS2000' | 'WGS84' | 'Beijing54' | 'Xian80' | 'other';
  /** Codes whose lon/lat may be taken for one another at survey scale share a frame. */
  frame: string;
  nameZh: string;
  nameEn: string;
  /** EPSG code of the geographic CRS, null where there is none. */
  epsg: number | null;
  /** Semi-major axis in metres and reciprocal flattening. */
  a: number;
  rf: number;
  ogc: { geogcs: string; datum: string; spheroid: string; datumId: number | null; spheroidId: number | null };
  esri: { geogcs: string; datum: string; spheroid: string };
}

export const CGCS2000: DatumText = {
  datum: 'CGCS2000',
  frame: 'earth-centred',
  nameZh: '2000国家大地坐标系',
  nameEn: 'China Geodetic Coordinate System 2000',
  epsg: 4490,
  a: 6378137,
  rf: 298.257222101,
  ogc: {
    geogcs: 'China Geodetic Coordinate System 2000',
    datum: 'China_2000',
    spheroid: 'CGCS2000',
    datumId: 1043,
    spheroidId: 1024,
  },
  esri: { geogcs: 'GCS_China_Geodetic_Coordinate_System_2000', datum: 'D_China_2000', spheroid: 'CGCS2000' },
};

export const WGS84: DatumText = {
  datum: 'WGS84',
  frame: 'earth-centred',
  nameZh: 'WGS 84',
  nameEn: 'WGS 84',
  epsg: 4326,
  a: 6378137,
  rf: 298.257223563,
  ogc: { geogcs: 'WGS 84', datum: 'WGS_1984', spheroid: 'WGS 84', datumId: 6326, spheroidId: 7030 },
  esri: { geogcs: 'GCS_WGS_1984', datum: 'D_WGS_1984', spheroid: 'WGS_1984' },
};

export const BEIJING54: DatumText = {
  datum: 'Beijing54',
  frame: 'beijing54',
  nameZh: '1954年北京坐标系',
  nameEn: 'Beijing 1954',
  epsg: 4214,
  a: 6378245,
  rf: 298.3,
  ogc: {
    geogcs: 'Beijing 1954',
    datum: 'Beijing_1954',
    spheroid: 'Krassowsky 1940',
    datumId: 6214,
    spheroidId: 7024,
  },
  esri: { geogcs: 'GCS_Beijing_1954', datum: 'D_Beijing_1954', spheroid: 'Krasovsky_1940' },
};

export const XIAN80: DatumText = {
  datum: 'Xian80',
  frame: 'xian80',
  nameZh: '1980西安坐标系',
  nameEn: 'Xian 1980',
  epsg: 4610,
  a: 6378140,
  rf: 298.257,
  ogc: { geogcs: 'Xian 1980', datum: 'Xian_1980', spheroid: 'IAG 1975', datumId: 6610, spheroidId: 7049 },
  esri: { geogcs: 'GCS_Xian_1980', datum: 'D_Xian_1980', spheroid: 'Xian_1980' },
};

/** Krassovsky's ellipsoid under the city's own origin; no register holds it and no relation to another datum is public. */
export const BEIJING_LOCAL: DatumText = {
  datum: 'other',
  frame: 'bj-local',
  nameZh: '北京地方坐标系',
  nameEn: 'Beijing local',
  epsg: null,
  a: 6378245,
  rf: 298.3,
  ogc: {
    geogcs: 'Beijing local',
    datum: 'Beijing_Local',
    spheroid: 'Krassowsky 1940',
    datumId: null,
    spheroidId: 7024,
  },
  esri: { geogcs: 'GCS_Beijing_Local', datum: 'D_Beijing_Local', spheroid: 'Krasovsky_1940' },
};

/** Parameters of a transverse Mercator projection: degrees and metres. */
export interface TransverseMercator {
  centralMeridian: number;
  latitudeOfOrigin: number;
  falseEasting: number;
  falseNorthing: number;
  /** Scale on the central meridian: 1 for Gauss–Krüger, 0.9996 for UTM. */
  scale: number;
}

function authority(id: number | null): string {
  return id === null ? '' : `,AUTHORITY["EPSG","${id}"]`;
}

/** ESRI writes whole numbers with a point. */
function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

export function geographicOgc(d: DatumText): string {
  const { geogcs, datum, spheroid, datumId, spheroidId } = d.ogc;
  return (
    `GEOGCS["${geogcs}",DATUM["${datum}",SPHEROID["${spheroid}",${d.a},${d.rf}${authority(spheroidId)}]${authority(datumId)}],` +
    `PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]]${authority(d.epsg)}]`
  );
}

export function geographicEsri(d: DatumText): string {
  const { geogcs, datum, spheroid } = d.esri;
  return (
    `GEOGCS["${geogcs}",DATUM["${datum}",SPHEROID["${spheroid}",${decimal(d.a)},${decimal(d.rf)}]],` +
    `PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`
  );
}

export function projectedOgc(name: string, d: DatumText, p: TransverseMercator, epsg: number | null): string {
  return (
    `PROJCS["${name}",${geographicOgc(d)},PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",${p.latitudeOfOrigin}],` +
    `PARAMETER["central_meridian",${p.centralMeridian}],PARAMETER["scale_factor",${p.scale}],PARAMETER["false_easting",${p.falseEasting}],` +
    `PARAMETER["false_northing",${p.falseNorthing}],UNIT["metre",1,AUTHORITY["EPSG","9001"]]${authority(epsg)}]`
  );
}

export function projectedEsri(name: string, d: DatumText, p: TransverseMercator): string {
  return (
    `PROJCS["${name}",${geographicEsri(d)},PROJECTION["${p.scale === 1 ? 'Gauss_Kruger' : 'Transverse_Mercator'}"],PARAMETER["False_Easting",${decimal(p.falseEasting)}],` +
    `PARAMETER["False_Northing",${decimal(p.falseNorthing)}],PARAMETER["Central_Meridian",${decimal(p.centralMeridian)}],` +
    `PARAMETER["Scale_Factor",${decimal(p.scale)}],PARAMETER["Latitude_Of_Origin",${decimal(p.latitudeOfOrigin)}],UNIT["Meter",1.0]]`
  );
}

const MERCATOR_PROJ4 =
  '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs';

export const WEB_MERCATOR = {
  proj: MERCATOR_PROJ4,
  ogc:
    `PROJCS["WGS 84 / Pseudo-Mercator",${geographicOgc(WGS84)},PROJECTION["Mercator_1SP"],PARAMETER["central_meridian",0],` +
    'PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],' +
    `AXIS["Easting",EAST],AXIS["Northing",NORTH],EXTENSION["PROJ4","${MERCATOR_PROJ4}"],AUTHORITY["EPSG","3857"]]`,
  esri:
    `PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",${geographicEsri(WGS84)},PROJECTION["Mercator_Auxiliary_Sphere"],` +
    'PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],' +
    'PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]',
};
