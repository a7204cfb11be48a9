import { describe, expect, it } from 'vitest';
import type { CrsAnswer, CrsDistrict, CrsFit } from './crs-answer.ts';
import { recogniseCrs } from './crs-recognise.ts';
import { crsInfo, transformer } from './crs.ts';

const district: CrsDistrict = { lonLat: [116.05, 39.88, 116.4, 40.16] };
const places: [number, number][] = [];
for (let lon = 116.06; lon < 116.39; lon += 0.05)
  for (let lat = 39.9; lat < 40.15; lat += 0.05) places.push([lon, lat]);

/** The places as delivered in a system. */
function delivered(code: string, swapped = false): Float64Array {
  const go = transformer('EPSG:4490', code, { accept: true });
  return Float64Array.from(places.flatMap(([lon, lat]) => (swapped ? go(lon, lat).toReversed() : go(lon, lat))));
}
const codes = (answer: CrsAnswer): string[] => answer.evidence.map((e) => e.code);

describe('recogniseCrs', () => {
  it('tells every system by its range alone, swapped too', () => {
    for (const code of [
      'EPSG:4548',
      'EPSG:4527',
      'EPSG:4547',
      'EPSG:4526',
      'EPSG:4498',
      'BJ-LOCAL',
      'EPSG:3857',
      'EPSG:4490',
    ]) {
      for (const swapped of [false, true]) {
        const found = recogniseCrs({ stated: null, sample: delivered(code, swapped), district });
        expect([code, found.code, found.axes]).toEqual([code, code, swapped ? 'swapped' : 'east-north']);
        expect(found.confidence >= 0.8).toBe(code !== 'EPSG:4490');
        expect(codes(found).includes('axes-swapped')).toBe(swapped);
      }
    }
  });

  it('uses what is stated where the numbers agree, by any spelling', () => {
    const sample = delivered('EPSG:4548');
    for (const stated of ['EPSG:4548', '4548', crsInfo('EPSG:4548').wktEsri, crsInfo('EPSG:4548').wktOgc]) {
      const found = recogniseCrs({ stated, sample, district });
      expect(found).toMatchObject({ code: 'EPSG:4548', axes: 'east-north' });
      expect(found.confidence).toBeGreaterThan(0.9);
    }
  });

  it('says a contradiction and believes the numbers, but asks', () => {
    const found = recogniseCrs({ stated: crsInfo('EPSG:4527').wktEsri, sample: delivered('EPSG:4548'), district });
    expect(found.code).toBe('EPSG:4548');
    expect(found.confidence).toBeLessThan(0.8);
    expect(found.evidence).toContainEqual({
      code: 'stated-contradicted',
      data: { stated: 'EPSG:4527', found: 'EPSG:4548' },
    });
    expect(found.candidates.map((c) => c.code)).toContain('EPSG:4527');
  });

  it('keeps an older datum when stated and says that its shift is unknown', () => {
    const found = recogniseCrs({ stated: crsInfo('EPSG:2436').wktEsri, sample: delivered('EPSG:2436'), district });
    expect(found.code).toBe('EPSG:2436');
    expect(codes(found)).toContain('datum-shift-unknown');
  });

  it('lists the encryptions beside lon/lat and decides by fit only', () => {
    const open = recogniseCrs({ stated: null, sample: delivered('EPSG:4490'), district });
    expect(open.candidates.map((c) => c.code)).toEqual(['EPSG:4490', 'GCJ-02', 'BD-09']);
    expect(open.confidence).toBeLessThan(0.8);
    const named = (inside: number): CrsFit => ({ place: { named: 'grid', inside, total: 100 } });
    const fitting = (right: string) => (c: { code: string }) => named(c.code === right ? 97 : 40);
    const sure = recogniseCrs({ stated: null, sample: delivered('EPSG:4490'), district, fit: fitting('EPSG:4490') });
    expect(sure).toMatchObject({ code: 'EPSG:4490', confidence: 0.85 });
    const mars = recogniseCrs({ stated: 'EPSG:4326', sample: delivered('GCJ-02'), district, fit: fitting('GCJ-02') });
    expect(mars.code).toBe('GCJ-02');
    expect(mars.confidence).toBeLessThan(0.8);
    const flat = recogniseCrs({
      stated: null,
      sample: delivered('EPSG:4490'),
      district,
      fit: () => named(90),
    });
    expect(codes(flat)).toContain('fit-undecided');
    expect(flat.confidence).toBeLessThan(0.8);
  });

  it('has no answer, or a doubtful one, for numbers from nowhere', () => {
    const nowhere = recogniseCrs({ stated: null, sample: Float64Array.of(1, 2, 3, 4), district });
    expect(nowhere).toMatchObject({ code: null, confidence: 0, candidates: [] });
    expect(codes(nowhere)).toEqual(['outside-every-range']);
    const other = recogniseCrs({ stated: null, sample: Float64Array.of(104.06, 30.67), district });
    expect(other).toMatchObject({ code: 'EPSG:4490', confidence: 0.3 });
    expect(codes(recogniseCrs({ stated: 'x', sample: new Float64Array(), district }))).toEqual([
      'stated-unreadable',
      'no-points',
    ]);
    expect(codes(recogniseCrs({ stated: 'EPSG:27700', sample: delivered('EPSG:4548'), district }))[0]).toBe(
      'stated-unknown',
    );
    expect(
      recogniseCrs({ stated: null, sample: Float64Array.of(NaN, NaN, ...delivered('EPSG:4548')), district }).code,
    ).toBe('EPSG:4548');
  });

  it('tolerates strays', () => {
    const sample = delivered('EPSG:4548');
    sample.set([0, 0, 1e6, 9e6]);
    expect(recogniseCrs({ stated: null, sample, district })).toMatchObject({ code: 'EPSG:4548', axes: 'east-north' });
  });

  it('makes a readable definition outside the table usable', () => {
    const stated = crsInfo('EPSG:4549')
      .wktOgc.replace('central_meridian",120', 'central_meridian",116.5')
      .replace(',AUTHORITY["EPSG","4549"]', '');
    const go = transformer('EPSG:4490', 'EPSG:4548');
    const sample = Float64Array.from(places.flatMap(([lon, lat]) => go(lon + 0.5, lat)));
    const found = recogniseCrs({ stated, sample, district });
    expect(found.code).toMatch(/^USER:/);
    expect(found.candidates[0]?.reason).toBe('stated');
  });
});
