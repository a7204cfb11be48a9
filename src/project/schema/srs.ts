import { ProjectError } from '../error.ts';

/** The projected reference system of a project, as `gpkg_spatial_ref_sys` keeps it. `wkt` is OGC WKT 1, metres, no axis shift meant: the file is east-north. */
export interface ProjectSrs {
  srsId: number;
  name: string;
  organization: string;
  organizationId: number;
  wkt: string;
}

const CGCS2000 =
  'GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101,AUTHORITY["EPSG","1024"]],AUTHORITY["EPSG","1043"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4490"]]';

/** EPSG's four runs of CGCS2000 Gauss-Krüger zones: first code, first central meridian or zone, width in degrees, zone number before the easting. */
const RUNS = [
  { first: 4491, last: 4501, meridian: 75, zone: 13, width: 6, prefixed: true },
  { first: 4502, last: 4512, meridian: 75, zone: 13, width: 6, prefixed: false },
  { first: 4513, last: 4533, meridian: 75, zone: 25, width: 3, prefixed: true },
  { first: 4534, last: 4554, meridian: 75, zone: 25, width: 3, prefixed: false },
] as const;

/** A CGCS2000 Gauss-Krüger system by its EPSG code (4491–4554), or null when the code is none of them. */
export function cgcs2000(code: number): ProjectSrs | null {
  const run = RUNS.find((each) => code >= each.first && code <= each.last);
  if (run === undefined) return null;
  const step = code - run.first;
  const meridian = run.meridian + step * run.width;
  const zone = run.zone + step;
  const falseEasting = run.prefixed ? zone * 1_000_000 + 500_000 : 500_000;
  const kind = run.width === 3 ? '3-degree Gauss-Kruger' : 'Gauss-Kruger';
  const name = run.prefixed ? `CGCS2000 / ${kind} zone ${zone}` : `CGCS2000 / ${kind} CM ${meridian}E`;
  const wkt =
    `PROJCS["${name}",${CGCS2000},PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",${meridian}],` +
    `PARAMETER["scale_factor",1],PARAMETER["false_easting",${falseEasting}],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AUTHORITY["EPSG","${code}"]]`;
  return { srsId: code, name, organization: 'EPSG', organizationId: code, wkt };
}

/** First id for a definition of the user's own: above every EPSG code. */
const OWN_SRS_ID = 100_000;

/**
 * The project's reference system from 'EPSG:n' or from a definition of the user's (WKT 1 of a projected system in metres).
 * @throws ProjectError 'crs-refused' for a geographic system (with the zone to use) and for codes Gewu has no definition of
 */
export function projectSrs(crs: string | ProjectSrs): ProjectSrs {
  if (typeof crs !== 'string') return checked(crs);
  const stated = crs.trim();
  const epsg = /^EPSG:(\d{4,5})$/iu.exec(stated)?.[1];
  if (epsg !== undefined) {
    const known = cgcs2000(Number(epsg));
    if (known !== null) return known;
    throw new ProjectError(
      'crs-refused',
      `${stated} can't be a project's reference system: use a projected CGCS2000 zone such as EPSG:4548 (117° E), or give its WKT.`,
      { crs: stated, use: 'EPSG:4548' },
    );
  }
  const name = /^PROJCS\["([^"]+)"/u.exec(stated)?.[1] ?? stated.slice(0, 60);
  return checked({ srsId: OWN_SRS_ID, name, organization: 'NONE', organizationId: OWN_SRS_ID, wkt: stated });
}

function checked(srs: ProjectSrs): ProjectSrs {
  if (/^PROJC(S|RS)\[/u.test(srs.wkt.trim())) return srs;
  throw new ProjectError(
    'crs-refused',
    `"${srs.name}" is no projected reference system in metres: use a CGCS2000 zone such as EPSG:4548 (117° E), or give the WKT of a projection.`,
    { crs: srs.name, use: 'EPSG:4548' },
  );
}
