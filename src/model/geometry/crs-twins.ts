import { CRS_TABLE, type CrsDefinition } from './crs-table.ts';

/** Numbers that one system's could be taken for: the same meridian and false easting, whatever the datum or the scale. */
function alike(a: CrsDefinition, b: CrsDefinition): boolean {
  if (a.tm === null || b.tm === null) return a.geographic && b.geographic;
  return (
    a.tm.centralMeridian === b.tm.centralMeridian &&
    a.tm.falseEasting === b.tm.falseEasting &&
    a.tm.latitudeOfOrigin === b.tm.latitudeOfOrigin
  );
}

/** Whether two codes stand for the same numbers at survey accuracy: 3- and 6-degree zones of one meridian; CGCS2000 and WGS 84 lon/lat. */
export function sameNumbers(one: string, other: string): boolean {
  const [a, b] = [CRS_TABLE.get(one), CRS_TABLE.get(other)];
  if (one === other) return true;
  if (a === undefined || b === undefined || a.warp !== b.warp || a.frame !== b.frame) return false;
  return alike(a, b) && a.tm?.scale === b.tm?.scale;
}

/** Systems on the older datums whose numbers look like this one's: what an offset of some ten metres may come from. */
export function olderTwins(code: string): string[] {
  return twins(code, (d) => d.datum === 'Beijing54' || d.datum === 'Xian80');
}

/** Systems on today's datums, encryptions included, whose numbers look like this one's. */
export function presentTwins(code: string): string[] {
  const projected = code === 'EPSG:3857' ? ['GCJ-3857'] : [];
  return [...projected, ...twins(code, (d) => d.datum === 'CGCS2000' || d.datum === 'WGS84' || d.warp !== null)];
}

/** One code for each set of numbers: the 3-degree zone goes before the 6-degree one on the same meridian. */
function twins(code: string, wanted: (d: CrsDefinition) => boolean): string[] {
  const own = CRS_TABLE.get(code);
  if (own === undefined || (own.tm === null && !own.geographic)) return [];
  const found: string[] = [];
  for (const d of CRS_TABLE.values()) {
    if (!wanted(d) || !alike(own, d) || sameNumbers(code, d.code)) continue;
    if (!found.some((other) => sameNumbers(other, d.code))) found.push(d.code);
  }
  return found;
}
