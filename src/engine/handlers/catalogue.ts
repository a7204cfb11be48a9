import { readFileSync } from 'node:fs';
import type { AppInfo } from '../../api/project.ts';
import { crsInfo, knownCrsCodes } from '../../model/geometry/crs.ts';

/** Districts the catalogue names; a project may have another six-digit code. */
export function knownDistricts(resources: URL): AppInfo['districts'] {
  return readCatalogue(resources, 'districts.json') as AppInfo['districts'];
}

/** Schemes of component classes, the newest first as in the catalogue. */
export function knownSchemes(resources: URL): string[] {
  const classes = readCatalogue(resources, 'component-classes.json') as { scheme: string }[];
  return [...new Set(classes.map((entry) => entry.scheme))];
}

const read = new Map<string, unknown>();
/** Catalogues never change while Gewu runs: each is read once. */
function readCatalogue(resources: URL, name: string): unknown {
  const url = new URL(`catalogue/${name}`, resources);
  if (!read.has(url.href)) read.set(url.href, JSON.parse(readFileSync(url, 'utf8')));
  return read.get(url.href);
}

/** What a project may be drawn in: the projected systems of CGCS2000, in metres. */
export function knownCrs(): AppInfo['crs'] {
  return knownCrsCodes()
    .map((code) => crsInfo(code))
    .filter((crs) => crs.datum === 'CGCS2000' && !crs.geographic && crs.epsg !== null)
    .map(({ code, nameZh, nameEn }) => ({ code, nameZh, nameEn }));
}
