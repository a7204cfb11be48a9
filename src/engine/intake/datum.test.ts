import { describe, expect, it } from 'vitest';
import { BEIJING54, KNOWN, placeOf, withKnownDistrict, type Thing } from '../../../tests/known-district.ts';
import { transformer } from '../../model/geometry/crs.ts';
import type { DatumShift } from '../../model/geometry/datum-shift.ts';
import type { Position } from '../../model/geometry/types.ts';
import type { IntakeEnvironment } from './environment.ts';
import { recogniseTable, type TableCrs } from './table-crs.ts';
import { knownPairs } from './crs-fit.ts';
import { crsInfo } from '../../model/geometry/crs.ts';
import type { TablePlan } from '../../api/delivery.ts';

type Write = (at: Position) => Position;
type Wish = Pick<TablePlan, 'crs' | 'axes' | 'datum'>;

const toBeijing54 = transformer('EPSG:4548', BEIJING54);
const older: Write = ([x, y]) => toBeijing54(x, y);

/** The table as its maker wrote it. */
function deliver(environment: IntakeEnvironment, of: Thing[], write: Write, wish?: Wish, prj?: string): TableCrs {
  const rows = of.map((thing, i) => ({
    row: i + 1,
    values: { code: thing.code },
    shape: { type: 'Point', coordinates: write(placeOf(thing)) } as const,
  }));
  const to = (column: string) => (column === 'code' ? 'code' : null);
  const table = {
    info: { file: 'a.shp', crsStated: prj ?? null },
    survey: { rows },
    as: 'component',
    to,
    classCode: null,
  } as const;
  return recogniseTable(environment, table, wish);
}

/** How far from their places all known things come to lie, metres. */
function furthest(found: TableCrs, write: Write): number {
  const { toProject } = found;
  if (toProject === null) return Infinity;
  return Math.max(
    ...KNOWN.map((thing) => {
      const at = placeOf(thing);
      const [x, y] = toProject(write(at));
      return Math.hypot(x - at[0], y - at[1]);
    }),
  );
}

const SEVEN: DatumShift = {
  method: 'geocentric',
  dx: 21.4,
  dy: -139.2,
  dz: -70.8,
  rx: 0.6,
  ry: -0.9,
  rz: 1.7,
  scale: 3.1,
  convention: 'position-vector',
};
const corners: Thing[] = [KNOWN[0], KNOWN[100], KNOWN[333], KNOWN[777], KNOWN[901]].filter((one) => one !== undefined);
const control = (write: Write, of: Thing[]): DatumShift => ({
  method: 'control-points',
  points: of.map((thing) => ({ name: thing.code, from: write(placeOf(thing)), to: placeOf(thing) })),
});

describe('a delivery on an older datum', () => {
  it('is refused until somebody says how it lies, and the known components say it', () => {
    withKnownDistrict((environment) => {
      const found = deliver(environment, KNOWN, older, undefined, crsInfo('EPSG:2436').wktEsri);
      expect(found).toMatchObject({ code: 'EPSG:2436', problem: 'datum-shift-unknown', toProject: null });
      expect(found.datum.proposed).toMatchObject({ total: 1000, used: 1000, model: 'similarity' });
      expect(found.datum.proposed?.max).toBeLessThan(0.01);
      expect(found.candidates[0]).toMatchObject({ code: 'EPSG:2436', datum: { method: 'known-components' } });
      expect(found.candidates[0]?.confidence).toBeLessThan(0.8);
    });
  });

  it('lands within a centimetre by parameters, control points and known components alike', () => {
    withKnownDistrict((environment) => {
      const ways: [string, Thing[], DatumShift][] = [
        ['EPSG:2436', KNOWN, SEVEN],
        ['EPSG:2436', KNOWN, control(older, corners)],
        ['EPSG:2436', KNOWN.slice(0, 30), { method: 'known-components' }],
        ['EPSG:4548', KNOWN.slice(0, 200), { method: 'known-components' }],
        ['EPSG:4548', KNOWN, control(older, corners)],
      ];
      for (const [crs, of, datum] of ways) {
        const found = deliver(environment, of, older, { crs, datum });
        expect(furthest(found, older)).toBeLessThan(0.01);
        expect(found).toMatchObject({ confidence: 1, problem: null, code: crs });
        expect(found.datum.applied?.max).toBeLessThan(0.01);
        expect(found.datum.applied?.known?.verdict).toBe('fits');
        expect(found.datum.applied?.warnings).toEqual([]);
      }
    });
  });

  it('says what the known components think of parameters that do not fit', () => {
    withKnownDistrict((environment) => {
      const wrong = deliver(environment, KNOWN, older, { crs: 'EPSG:2436', datum: { ...SEVEN, dx: -21.4 } });
      expect(wrong.confidence).toBe(1);
      expect(wrong.datum.applied?.warnings.map(({ code }) => code)).toEqual(['known-disagree']);
      const two = deliver(environment, KNOWN, older, { crs: 'EPSG:2436', datum: control(older, corners.slice(0, 2)) });
      expect(two.datum.applied?.warnings.map(({ code }) => code)).toContain('few-points');
      const [first, ...others] = corners;
      const moved = control(older, others);
      if (moved.method !== 'control-points' || first === undefined) throw new Error('no control points');
      const [x, y] = placeOf(first);
      moved.points.push({ name: 'typed wrong', from: older([x, y]), to: [x + 10, y] });
      const stray = deliver(environment, KNOWN, older, { crs: 'EPSG:2436', datum: moved });
      expect(stray.datum.applied?.warnings.map(({ code }) => code)).toContain('leaves-over');
      expect(stray.datum.applied?.residuals[0]?.name).toBe('typed wrong');
    });
  });

  it('is not shifted by what cannot be used', () => {
    withKnownDistrict((environment) => {
      const refusal = (of: Thing[], wish: Wish) => {
        const { datum, problem, toProject } = deliver(environment, of, older, wish);
        expect([problem, toProject]).toEqual(['datum-unusable', null]);
        return `${datum.refused?.code}: ${datum.refused?.message}`;
      };
      expect(refusal(KNOWN.slice(0, 2), { crs: 'EPSG:2436', datum: { method: 'known-components' } })).toMatch(
        /^datum-unusable: a\.shp: .*three components/,
      );
      expect(refusal(KNOWN, { crs: 'EPSG:2436', datum: control(older, corners.slice(0, 1)) })).toMatch(
        /two control points/,
      );
      expect(refusal(KNOWN, { crs: 'EPSG:4548', datum: SEVEN })).toMatch(/name the older system/);
      expect(refusal(KNOWN, { crs: 'USER:none', datum: SEVEN })).toMatch(/not known/);
    });
  });
});

describe('numbers of no known system', () => {
  const writes: [string, Write][] = [
    ['leading digits left out', ([x, y]) => [x - 400_000, y - 4_400_000]],
    [
      'a site grid of its own, turned by 12 degrees, north first',
      ([x, y]) => {
        const [u, v] = [x - 430_000, y - 4_430_000];
        const turn = (12 / 180) * Math.PI;
        return [1000 + u * Math.sin(turn) + v * Math.cos(turn), 5000 + u * Math.cos(turn) - v * Math.sin(turn)];
      },
    ],
    ['kilometres', ([x, y]) => [x / 1000, y / 1000]],
  ];
  it.each(writes)('%s: the known components say where they are, and it is asked', (_, write) => {
    withKnownDistrict((environment) => {
      const found = deliver(environment, KNOWN, write);
      expect(found.confidence).toBeLessThan(0.8);
      const [candidate] = found.candidates;
      expect(candidate).toMatchObject({ code: 'EPSG:4548', datum: { method: 'known-components' } });
      const chosen = deliver(environment, KNOWN, write, {
        crs: 'EPSG:4548',
        ...(candidate === undefined ? {} : { axes: candidate.axes, datum: candidate.datum ?? undefined }),
      });
      expect(furthest(chosen, write)).toBeLessThan(0.01);
    });
  });
});

describe('known pairs', () => {
  it('leave out codes that come twice', () => {
    withKnownDistrict((environment) => {
      const { project } = environment;
      if (project === null) throw new Error('no project');
      const point = {
        at: [0, 0] as Position,
        shaped: false,
        classCode: null,
        grid: null,
        community: null,
        street: null,
      };
      const codes = [KNOWN[0]?.code ?? '', KNOWN[0]?.code ?? '', KNOWN[1]?.code ?? '', 'nobody'];
      const pairs = knownPairs(
        project,
        'component',
        codes.map((code) => ({ ...point, code })),
      );
      expect(pairs.map(({ code }) => code)).toEqual([KNOWN[1]?.code]);
    });
  });
});
