import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpusPath } from '../../../tests/corpus.ts';
import {
  CrsError,
  crsInfo,
  isKnownCrs,
  knownCrsCodes,
  matchDefinition,
  registerDefinition,
  transformer,
  transformInPlace,
} from './crs.ts';

const corpus = corpusPath();

function failure(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof CrsError ? error.code : String(error);
  }
  return 'none';
}

describe('CRS table', () => {
  it('holds the zones of CGCS2000 and of the older datums', () => {
    expect(crsInfo('EPSG:4548')).toMatchObject({
      nameEn: 'CGCS2000 / 3-degree Gauss-Kruger CM 117E',
      nameZh: '2000国家大地坐标系 3度带 中央经线117°E',
      unit: 'metre',
      geographic: false,
      datum: 'CGCS2000',
      shiftKnown: true,
      epsg: 4548,
    });
    expect(crsInfo('EPSG:4527').nameEn).toBe('CGCS2000 / 3-degree Gauss-Kruger zone 39');
    expect(crsInfo('EPSG:4498').nameEn).toBe('CGCS2000 / Gauss-Kruger zone 20');
    expect(crsInfo('EPSG:4509').nameEn).toBe('CGCS2000 / Gauss-Kruger CM 117E');
    expect(crsInfo('EPSG:2437')).toMatchObject({ datum: 'Beijing54', shiftKnown: false });
    expect(crsInfo('EPSG:2384')).toMatchObject({
      datum: 'Xian80',
      shiftKnown: false,
      nameEn: 'Xian 1980 / 3-degree Gauss-Kruger CM 117E',
    });
    expect(crsInfo('EPSG:4490')).toMatchObject({ unit: 'degree', geographic: true });
    expect(failure(() => crsInfo('EPSG:27700'))).toBe('unknown-crs');
  });

  it('recognises each of its own definitions in both spellings', () => {
    for (const code of knownCrsCodes()) {
      if (code.startsWith('GCJ') || code === 'BD-09' || code.startsWith('USER')) continue;
      expect([code, matchDefinition(crsInfo(code).wktEsri)]).toEqual([code, code]);
      expect([code, matchDefinition(crsInfo(code).wktOgc)]).toEqual([code, code]);
    }
  });

  it('is read by GDAL as the code it stands for', () => {
    const ask = (wkt: string): string => {
      try {
        return execFileSync('gdalsrsinfo', ['-e', '-o', 'epsg', wkt], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'pipe'],
        }).trim();
      } catch (error) {
        throw new Error('gdalsrsinfo (Debian package gdal-bin) is needed for this test and could not be run', {
          cause: error,
        });
      }
    };
    for (const code of ['EPSG:4490', 'EPSG:4548', 'EPSG:4527', 'EPSG:3857']) {
      expect(ask(crsInfo(code).wktOgc)).toContain(code);
      expect(ask(`ESRI::${crsInfo(code).wktEsri}`)).toContain(code);
    }
  }, 20_000);
});

describe('transforms', () => {
  it('goes from lon/lat to the zone and back, order always east-north', () => {
    const forward = transformer('EPSG:4490', 'EPSG:4548');
    const [x, y] = forward(116.3, 39.95);
    expect(x).toBeGreaterThan(418_700);
    expect(x).toBeLessThan(448_900);
    expect(y).toBeGreaterThan(4_416_600);
    expect(y).toBeLessThan(4_447_500);
    const [lon, lat] = transformer('EPSG:4548', 'EPSG:4326')(x, y);
    expect(lon).toBeCloseTo(116.3, 9);
    expect(lat).toBeCloseTo(39.95, 9);
    expect(transformer('EPSG:4548', 'EPSG:4527')(x, y)[0]).toBeCloseTo(x + 39_000_000, 4);
    expect(transformer('EPSG:4548', 'EPSG:4548')(1, 2)).toEqual([1, 2]);
  });

  it('changes many points in place to the same numbers', () => {
    const xy = Float64Array.of(116.1, 39.9, 116.3, 40.1);
    transformInPlace('GCJ-02', 'EPSG:3857', xy);
    const one = transformer('GCJ-02', 'EPSG:3857');
    expect([...xy]).toEqual([...one(116.1, 39.9), ...one(116.3, 40.1)]);
  });

  it('refuses a shift nobody gave, unless told to take it as none', () => {
    expect(failure(() => transformer('EPSG:2436', 'EPSG:4548'))).toBe('datum-shift-unknown');
    expect(failure(() => transformer('BJ-LOCAL', 'EPSG:4490'))).toBe('datum-shift-unknown');
    expect(failure(() => transformer('EPSG:2384', 'EPSG:2436'))).toBe('datum-shift-unknown');
    expect(transformer('EPSG:4214', 'EPSG:2436')(116.3, 39.95)[0]).toBeGreaterThan(400_000);
    const [x] = transformer('BJ-LOCAL', 'EPSG:4490', { accept: true })(500_000, 300_000);
    expect(x).toBeCloseTo(116.35025181, 9);
  });

  it("uses a user's own definition, with the shift it states", () => {
    const own = registerDefinition(
      '+proj=tmerc +lat_0=0 +lon_0=116.35 +k=1 +x_0=500000 +y_0=0 +a=6378245 +rf=298.3 +towgs84=15.8,-154.4,-82.3,0,0,0,0 +units=m +no_defs',
    );
    expect(own).toMatchObject({ geographic: false, unit: 'metre', datum: 'other', shiftKnown: true, epsg: null });
    expect(own.wktEsri).toContain('PARAMETER["Central_Meridian",116.35]');
    const back = transformer('EPSG:4490', own.code)(...transformer(own.code, 'EPSG:4490')(500_000, 4_430_000));
    expect(back[0]).toBeCloseTo(500_000, 3);
    expect(back[1]).toBeCloseTo(4_430_000, 3);
    const plain = registerDefinition(
      crsInfo('EPSG:4549').wktOgc.replace('120]', '116.5]').replace(',AUTHORITY["EPSG","4549"]', ''),
    );
    expect(plain).toMatchObject({ datum: 'CGCS2000', shiftKnown: true });
    expect(transformer('EPSG:4490', plain.code)(116.5, 40)[0]).toBeCloseTo(500_000, 4);
    expect(isKnownCrs(plain.code)).toBe(true);
    for (const nonsense of [
      '',
      'nonsense',
      'PROJCS["x"',
      '+proj=nothing +lon_0=1',
      '+proj=lcc +lat_1=30 +lat_2=40 +a=6378245 +rf=298.3',
    ])
      expect(failure(() => registerDefinition(nonsense))).toBe('unreadable-definition');
  });

  it.skipIf(corpus === null)('corpus: agrees with PROJ on every Gauss-Krüger pair to 0.2 mm', () => {
    interface Pair {
      geographicEPSG: number;
      projectedEPSG: number;
      lon: number;
      lat: number;
      easting: number;
      northing: number;
    }
    const file: { pairs: Pair[] } = JSON.parse(readFileSync(join(corpus ?? '', 'coords/gk_pairs_proj9.json'), 'utf8'));
    let seen = 0;
    for (const p of file.pairs) {
      const code = matchDefinition(`EPSG:${p.projectedEPSG}`);
      expect(code).not.toBeNull();
      const forward = transformer(`EPSG:${p.geographicEPSG}`, code ?? '')(p.lon, p.lat);
      expect(Math.hypot(forward[0] - p.easting, forward[1] - p.northing)).toBeLessThan(2e-4);
      const back = transformer(code ?? '', `EPSG:${p.geographicEPSG}`)(p.easting, p.northing);
      expect(Math.hypot(back[0] - p.lon, back[1] - p.lat)).toBeLessThan(3e-9);
      seen++;
    }
    expect(seen).toBeGreaterThan(200);
  });
});
