import { describe, expect, it } from 'vitest';
import { crsInfo, transformer } from '../../model/geometry/crs.ts';
import { sameNumbers } from '../../model/geometry/crs-twins.ts';
import type { Position } from '../../model/geometry/types.ts';
import {
  BEIJING54,
  KNOWN,
  placeOf,
  streetCode,
  things,
  withKnownDistrict,
  XIAN80,
  type Thing,
} from '../../../tests/known-district.ts';
import { seeded } from '../../../tests/made-up-district.ts';
import { loadEnvironment, type IntakeEnvironment } from './environment.ts';
import { recogniseTable, type TableCrs } from './table-crs.ts';
import { RESOURCES } from './testing.ts';

interface Distortion {
  name: string;
  /** System the numbers are written in. */
  code: string;
  swapped?: boolean;
  /** Text of the .prj. */
  prj?: string;
  /** What a right answer names; null: that another datum is the cause. */
  right: string | null;
}

const DISTORTIONS: Distortion[] = [
  { name: 'EPSG:4548', code: 'EPSG:4548', right: 'EPSG:4548' },
  { name: 'zone 39 in front', code: 'EPSG:4527', right: 'EPSG:4527' },
  { name: 'another zone', code: 'EPSG:4547', right: 'EPSG:4547' },
  { name: 'Beijing local', code: 'BJ-LOCAL', right: 'BJ-LOCAL' },
  { name: 'degrees', code: 'EPSG:4490', right: 'EPSG:4490' },
  { name: 'swapped metres', code: 'EPSG:4548', swapped: true, right: 'EPSG:4548' },
  { name: 'swapped degrees', code: 'EPSG:4490', swapped: true, right: 'EPSG:4490' },
  { name: 'GCJ-02', code: 'GCJ-02', right: 'GCJ-02' },
  { name: 'BD-09', code: 'BD-09', right: 'BD-09' },
  { name: 'Web Mercator', code: 'EPSG:3857', right: 'EPSG:3857' },
  { name: 'Beijing 54', code: BEIJING54, right: null },
  { name: "Xi'an 80", code: XIAN80, right: null },
  { name: 'wrong .prj', code: 'EPSG:4548', prj: crsInfo('EPSG:4527').wktEsri, right: 'EPSG:4548' },
  { name: 'GCJ-02 under a .prj of WGS 84', code: 'GCJ-02', prj: crsInfo('EPSG:4326').wktEsri, right: 'GCJ-02' },
  { name: 'Beijing 54 under a .prj of 4548', code: BEIJING54, prj: crsInfo('EPSG:4548').wktEsri, right: null },
  { name: 'UTM', code: 'EPSG:32650', right: 'EPSG:32650' },
  { name: 'GCJ-02 in Web Mercator', code: 'GCJ-3857', right: 'GCJ-3857' },
];

interface Subset {
  name: string;
  of: Thing[];
  codes: boolean;
  grids: boolean;
}

const some = (count: number, seed: number): Thing[] => {
  const random = seeded(seed);
  return KNOWN.map((thing) => ({ thing, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ thing }) => thing);
};
const lamps = KNOWN.filter(({ classCode }) => classCode === '01037');
const street = KNOWN.filter((thing) => thing.street === streetCode(6));
const SUBSETS: Subset[] = [
  { name: 'whole', of: KNOWN, codes: true, grids: true },
  { name: 'one street', of: street, codes: true, grids: true },
  { name: 'one class', of: lamps, codes: true, grids: true },
  { name: '30 points', of: some(30, 1), codes: true, grids: true },
  { name: '5 points', of: some(5, 2), codes: true, grids: true },
  { name: 'codes only', of: some(60, 3), codes: true, grids: false },
  { name: 'grids only', of: some(60, 4), codes: false, grids: true },
  { name: 'neither', of: some(60, 5), codes: false, grids: false },
  {
    name: 'lamps of a street, neither',
    of: lamps.filter((t) => t.street === streetCode(6)),
    codes: false,
    grids: false,
  },
  { name: '5 points, neither', of: some(5, 6), codes: false, grids: false },
  { name: 'new ones with grids', of: things(200, 77, 5000), codes: true, grids: true },
];

/** Surveyed anew: within half a metre, one in thirty moved by up to 40 m, one in twenty with another's grid. */
function surveyed(of: readonly Thing[]): Thing[] {
  const random = seeded(of.length);
  return of.map((thing, i) => {
    const reach = random() < 1 / 30 ? 40 : 0.5;
    const at: Position = [thing.at[0] + reach * (2 * random() - 1), thing.at[1] + reach * (2 * random() - 1)];
    return { ...thing, at, grid: random() < 1 / 20 ? (of[(i + 1) % of.length]?.grid ?? '') : thing.grid };
  });
}

/** The city's own system with a planted turn and offset: its true relation is not public. */
function localised([x, y]: Position): Position {
  const turn = 2e-5;
  return [x + 31.7 - turn * (y - 310_000), y - 44.2 + turn * (x - 490_000)];
}

function recognise(environment: IntakeEnvironment, { code, swapped, prj }: Distortion, subset: Subset): TableCrs {
  const go = transformer('EPSG:4548', code, { accept: true });
  const rows = surveyed(subset.of).map((thing, i) => {
    const plain = go(...placeOf(thing));
    const [x, y] = code === 'BJ-LOCAL' ? localised(plain) : plain;
    const coordinates: Position = swapped === true ? [y, x] : [x, y];
    const values = {
      code: subset.codes ? thing.code : null,
      grid: subset.grids ? thing.grid : null,
      class: thing.classCode,
    };
    return { row: i + 1, values, shape: { type: 'Point', coordinates } as const };
  });
  const fields = new Map([
    ['code', 'code'],
    ['grid_text', 'grid'],
    ['class_code', 'class'],
  ]);
  return recogniseTable(
    environment,
    {
      info: { file: 'a.shp', crsStated: prj ?? null },
      survey: { rows },
      as: 'component',
      to: (column) => fields.get(column) ?? null,
      classCode: null,
    },
    undefined,
  );
}

type Outcome = 'right' | 'unsure' | 'silently wrong';

const CAUSE = new Set(['known-contradicts', 'grid-contradicts']);

function judge({ right, swapped }: Distortion, found: TableCrs): Outcome {
  const axes = swapped === true ? 'swapped' : 'east-north';
  const told =
    right === null
      ? found.evidence.some(({ code }) => CAUSE.has(code)) && found.confidence < 0.8
      : found.code !== null && sameNumbers(found.code, right) && found.axes === axes;
  if (told) return 'right';
  return found.confidence < 0.8 ? 'unsure' : 'silently wrong';
}

function tally(environment: IntakeEnvironment, distortions: Distortion[], subsets: Subset[]) {
  const all: { outcome: Outcome; what: string }[] = [];
  for (const distortion of distortions)
    for (const subset of subsets) {
      const found = recognise(environment, distortion, subset);
      const outcome = judge(distortion, found);
      all.push({
        outcome,
        what: `${distortion.name} · ${subset.name}: ${found.code} ${found.axes} ${found.confidence}`,
      });
    }
  const of = (outcome: Outcome) => all.filter((one) => one.outcome === outcome).map(({ what }) => what);
  return { right: of('right').length, unsure: of('unsure'), silentlyWrong: of('silently wrong') };
}

describe('planted distortions of coordinates', () => {
  it('are told or asked with a project, never silently wrong', () => {
    withKnownDistrict((environment) => {
      const counted = tally(environment, DISTORTIONS, SUBSETS);
      const all = DISTORTIONS.length * SUBSETS.length;
      expect(counted).toEqual({ right: all, unsure: [], silentlyWrong: [] });
      const plain = SUBSETS.map((subset) => recognise(environment, DISTORTIONS[0] ?? never(), subset).confidence);
      expect(Math.min(...plain)).toBeGreaterThanOrEqual(0.8);
    });
  });

  // Numbers of the older datums and of UTM lie in the ranges of CGCS2000: without a project, the .prj alone tells them.
  const stated: Record<string, Partial<Distortion>> = {
    'Beijing 54': { prj: crsInfo('EPSG:2436').wktEsri, right: 'EPSG:2436' },
    "Xi'an 80": { prj: crsInfo('EPSG:2384').wktEsri, right: 'EPSG:2384' },
    UTM: { prj: crsInfo('EPSG:32650').wktEsri },
  };
  const ONLY_WITH_A_PROJECT = new Set([
    'GCJ-02 under a .prj of WGS 84',
    'Beijing 54 under a .prj of 4548',
    'GCJ-02 in Web Mercator',
  ]);

  it('are told or asked without a project as far as ranges and statements go', () => {
    const alone = loadEnvironment(RESOURCES, null);
    const tellable = DISTORTIONS.filter(({ name }) => !ONLY_WITH_A_PROJECT.has(name));
    const asStated = tellable.map((distortion) => ({ ...distortion, ...stated[distortion.name] }));
    const counted = tally(alone, asStated, SUBSETS);
    // Lon/lat and its encryptions look alike: asked.
    const encrypted = counted.unsure.filter((what) => /^(GCJ-02|BD-09)/.test(what));
    expect(encrypted).toHaveLength(2 * SUBSETS.length);
    const right = (tellable.length - 2) * SUBSETS.length;
    expect(counted).toEqual({ right, unsure: encrypted, silentlyWrong: [] });
  });
});

function never(): never {
  throw new Error('no distortion');
}
