import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpusPath } from '../../../tests/corpus.ts';
import { fromBd09, fromGcj02, toBd09, toGcj02, type LonLat } from './gcj.ts';

const corpus = corpusPath();
const run = (f: (p: LonLat) => void, lon: number, lat: number): [number, number] => {
  const p = { x: lon, y: lat };
  f(p);
  return [p.x, p.y];
};
/** Metres between two lon/lat pairs, near enough for what is nearly equal. */
const metres = (a: [number, number], b: [number, number]): number =>
  Math.hypot((a[0] - b[0]) * 111_320 * Math.cos((a[1] * Math.PI) / 180), (a[1] - b[1]) * 111_320);

describe('GCJ-02 and BD-09', () => {
  it('goes back to where it came from within 1 mm, all over the country', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 74, max: 134, noNaN: true }),
        fc.double({ min: 18, max: 53, noNaN: true }),
        (lon, lat) => {
          expect(metres(run(fromGcj02, ...run(toGcj02, lon, lat)), [lon, lat])).toBeLessThan(1e-3);
          expect(metres(run(fromBd09, ...run(toBd09, lon, lat)), [lon, lat])).toBeLessThan(1e-3);
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });

  it('shifts by hundreds of metres inside the country and not at all outside', () => {
    expect(metres(run(toGcj02, 116.3, 39.95), [116.3, 39.95])).toBeGreaterThan(300);
    expect(run(toGcj02, 2.35, 48.85)).toEqual([2.35, 48.85]);
  });

  it.skipIf(corpus === null)('corpus: agrees with published pairs', () => {
    interface Pairs {
      wgs_gcj: [number, number, number, number][];
      coordtransform_readme_lnglat: Record<'input' | 'wgs84togcj02' | 'gcj02tobd09', [number, number]>;
    }
    const pairs: Pairs = JSON.parse(readFileSync(join(corpus ?? '', 'coords/eviltransform/pairs.json'), 'utf8'));
    // The first library takes 6378137 m for the radius where all others take 6378245 m: about 0.1 m. Its pairs of BD-09 (bd_wgs) are made
    // with another wave length than Baidu's own (PI for PI * 3000 / 180) and lie 10 to 40 m off the second library's; they are not used.
    for (const [lat, lon, gcjLat, gcjLon] of pairs.wgs_gcj)
      expect(metres(run(toGcj02, lon, lat), [gcjLon, gcjLat])).toBeLessThan(0.2);
    const { input, wgs84togcj02, gcj02tobd09 } = pairs.coordtransform_readme_lnglat;
    expect(metres(run(toGcj02, ...input), wgs84togcj02)).toBeLessThan(0.001);
    expect(metres(run(toBd09, ...run(fromGcj02, ...input)), gcj02tobd09)).toBeLessThan(0.001);
  });
});
