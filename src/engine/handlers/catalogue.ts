import { readFileSync } from 'node:fs';
import type { AppInfo } from '../../api/project.ts';

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

/** CGCS2000 / 3-degree Gauss-Krüger by central meridian, EPSG:4534 (75E) to EPSG:4554 (135E): what a project may be drawn in. */
export function knownCrs(): AppInfo['crs'] {
  return Array.from({ length: 21 }, (_, i) => ({
    code: `EPSG:${4534 + i}`,
    nameZh: `CGCS2000 / 3 度带 中央经线 ${75 + 3 * i}E`,
    nameEn: `CGCS2000 / 3-degree Gauss-Krüger CM ${75 + 3 * i}E`,
  }));
}
