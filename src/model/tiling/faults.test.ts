import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpusPath } from '../../../tests/corpus.ts';
import type { PolygonRings, Position, Ring } from '../geometry/types.ts';
import { isCounterClockwise } from '../geometry/ring.ts';
import { parseWkt } from '../geometry/wkt.ts';
import { findCrossingCommunity } from './community-faults.ts';
import { findFaults, type FaultOptions, type TilingFaults } from './faults.ts';
import { buildTiling, type FaceInput } from './tiling.ts';

const corpus = corpusPath();
const X = 447_000;
const Y = 4_417_000;
const ring = (...corners: [number, number][]): Ring =>
  [...corners, corners[0] ?? [0, 0]].map(([x, y]): Position => [X + x, Y + y]);
const box = (x: number, y: number, w: number, h: number): Ring => ring([x, y], [x + w, y], [x + w, y + h], [x, y + h]);
const face = (id: number, ...rings: PolygonRings[]): FaceInput => ({ id, code: `G${id}`, communityCode: 'C', rings });
const faults = (faces: FaceInput[], options: FaultOptions = {}): TilingFaults =>
  findFaults(buildTiling(faces), options);
const none: TilingFaults = { gaps: [], overlaps: [], tJunctions: [], nearTwins: [], outside: [] };

describe('findFaults', () => {
  it('finds nothing wrong with a sound tiling, with its district or without', () => {
    const faces = [face(1, [box(0, 0, 10, 10)]), face(2, [box(10, 0, 10, 10)])];
    expect(faults(faces)).toEqual(none);
    expect(faults(faces, { district: [[box(0, 0, 20, 10)]] })).toEqual(none);
    expect(faults([])).toEqual(none);
  });

  it('lets the border of the district have corners of its own', () => {
    const faces = [face(1, [box(0, 0, 10, 10)]), face(2, [box(10, 0, 10, 10)])];
    const district = [[ring([0, 0], [5, 0], [7.5, 0], [20, 0], [20, 10], [0, 10])]];
    expect(faults(faces, { district })).toEqual(none);
    expect(faults(faces, { district: [[box(0, 0, 10, 10)], [box(10, 0, 10, 10)]] })).toEqual(none);
  });

  it('finds a gap, its size, its place and the grids around it', () => {
    const around = [box(0, 0, 30, 10), box(0, 10, 10, 10), box(20, 10, 10, 10), box(0, 20, 30, 10)];
    const found = faults(around.map((r, i) => face(i + 1, [r])));
    expect(found.gaps).toEqual([
      { place: [X + 15, Y + 15], ids: [1, 2, 3, 4], codes: ['G1', 'G2', 'G3', 'G4'], areaM2: 100 },
    ]);
    expect(found.overlaps).toEqual([]);
    expect(found.tJunctions).toHaveLength(4);
  });

  it('takes a grid standing free within a gap off its ground', () => {
    const found = faults([
      face(1, [box(0, 0, 30, 30), box(5, 5, 20, 20).toReversed()]),
      face(2, [box(10, 10, 10, 10)]),
    ]);
    expect(found.gaps.map((g) => g.areaM2)).toEqual([300]);
  });

  it('finds ground of the district that no grid covers at its edge, and grids beyond it', () => {
    const faces = [face(1, [box(0, 0, 10, 10)]), face(2, [box(10, 0, 12, 10)])];
    const found = faults(faces, { district: [[box(0, 0, 20, 11)]] });
    expect(found.gaps.map((g) => [g.areaM2, g.ids])).toEqual([[20, [1, 2]]]);
    expect(found.outside).toMatchObject([{ ids: [2], areaM2: 20 }]);
    const away = faults([...faces, face(3, [box(100, 0, 5, 5)])], { district: [[box(0, 0, 22, 10)]] });
    expect(away.outside).toMatchObject([{ ids: [3], areaM2: 25 }]);
    const lake = [[box(0, 0, 22, 10), box(2, 2, 3, 3).toReversed()]];
    expect(faults(faces, { district: lake }).outside).toMatchObject([{ ids: [1], areaM2: 9 }]);
  });

  it('finds overlaps of every kind with the ground shared', () => {
    const pairs: [string, Ring, Ring, number][] = [
      ['crossing', box(0, 0, 10, 10), box(5, 5, 10, 10), 25],
      ['equal', box(0, 0, 10, 10), box(0, 0, 10, 10), 100],
      ['within', box(0, 0, 10, 10), box(2, 2, 3, 3), 9],
      ['within, on the border', box(0, 0, 10, 10), box(0, 2, 3, 3), 9],
      ['equal with other corners', box(0, 0, 10, 10), ring([0, 0], [5, 0], [10, 0], [10, 10], [5, 10], [0, 10]), 100],
      ['half', box(0, 0, 10, 10), box(0, 0, 5, 10), 50],
      ['a cross', box(4, 0, 2, 10), box(0, 4, 10, 2), 4],
    ];
    for (const [name, a, b, area] of pairs) {
      const found = faults([face(1, [a]), face(2, [b])]).overlaps;
      expect([name, found.map((f) => [f.ids, f.areaM2?.toFixed(6)])]).toEqual([name, [[[1, 2], area.toFixed(6)]]]);
    }
    const over = faults([face(1, [box(0, 0, 10, 10)]), face(2, [box(10, 0, 10, 10)]), face(3, [box(5, 2, 10, 3)])]);
    expect(over.overlaps.map((f) => [f.ids, f.areaM2])).toEqual([
      [[1, 3], 15],
      [[2, 3], 15],
    ]);
  });

  it('finds corners on edges and corners nearly but not quite shared', () => {
    const t = faults([face(1, [box(0, 0, 20, 10)]), face(2, [box(0, 10, 10, 10)]), face(3, [box(10, 10, 10, 10)])]);
    expect(t.tJunctions).toEqual([
      { place: [X + 10, Y + 10], ids: [1, 2, 3], codes: ['G1', 'G2', 'G3'], areaM2: null },
    ]);
    expect(t.gaps).toEqual([]);
    const near = faults([face(1, [box(0, 0, 10, 10)]), face(2, [ring([10.0005, 0], [20, 0], [20, 10], [10, 10])])]);
    expect(near.nearTwins.map((f) => f.ids)).toEqual([[1, 2]]);
    expect(near.overlaps).toEqual([]);
    const hair = faults([face(1, [box(0, 0, 10, 10)]), face(2, [ring([10 + 1e-8, 0], [20, 0], [20, 10], [10, 10])])]);
    expect(hair.nearTwins.map((f) => f.ids)).toEqual([[1, 2]]);
    const nearEdge = faults([
      face(1, [box(0, 0, 20, 10)]),
      face(2, [ring([0, 10], [10, 10.0004], [20, 10], [20, 20], [0, 20])]),
    ]);
    expect(nearEdge.tJunctions.map((f) => f.ids)).toEqual([[1, 2]]);
    expect(nearEdge.gaps).toEqual([]);
  });

  it('finds grids that cross their community', () => {
    const faces = [
      face(1, [box(0, 0, 10, 10)]),
      face(2, [box(10, 0, 10, 10)]),
      { ...face(3, [box(20, 0, 5, 5)]), communityCode: null },
    ];
    const communities = [{ code: 'C', polygons: [[box(0, 0, 15, 10)]] }];
    expect(findCrossingCommunity(buildTiling(faces), communities)).toMatchObject([{ ids: [2], place: [X + 20, Y] }]);
    const notched = [{ code: 'C', polygons: [[ring([0, 0], [20, 0], [20, 10], [12, 10], [10, 5], [8, 10], [0, 10])]] }];
    const wide = [face(1, [ring([0, 0], [20, 0], [20, 10], [12, 10], [8, 10], [0, 10])])];
    expect(findCrossingCommunity(buildTiling(wide), notched)).toHaveLength(1);
  });
});

/** Polygons of well-known text as grids, scaled so that its small numbers are metres apart, not millimetres. */
function grids(texts: string[]): FaceInput[] {
  return texts.flatMap((text, i) => {
    const shape = parseWkt(text);
    return shape?.type === 'MultiPolygon' ? [face(i + 1, ...shape.coordinates)] : [];
  });
}

describe.skipIf(corpus === null)('corpus: tilings made by others', () => {
  const text = (file: string): string => readFileSync(join(corpus ?? '', file), 'utf8');

  it('agrees with the known answers on what is wrong', () => {
    interface Case {
      test: string;
      call: string;
      args: unknown[];
    }
    const file: { suites: Record<string, Case[]> } = JSON.parse(text('predicates/jts/coverage_cases.json'));
    // What those suites call an invalid edge is here a fault of one of four kinds. Ground open to the outside is none.
    const open = new Set(['testGapDisjoint', 'testGore', 'testGap']);
    const verdicts: [string, boolean, boolean][] = [];
    for (const suite of ['CoverageValidatorTest', 'CoveragePolygonValidatorTest'])
      for (const { test, call, args } of file.suites[suite] ?? []) {
        const texts = Array.isArray(args[0]) ? args[0] : args.slice(0, 2);
        // One text of the collection has a bracket too many.
        const found = faults(grids(texts.map((t) => String(t).replace('))),', ')),'))));
        const kinds = [found.gaps, found.overlaps, found.tJunctions, found.nearTwins];
        if (!open.has(test))
          verdicts.push([`${suite} ${test}`, call !== 'checkValid', kinds.some((k) => k.length > 0)]);
      }
    expect(verdicts.length).toBeGreaterThan(25);
    expect(verdicts.filter(([, invalid, found]) => invalid !== found)).toEqual([]);
    const parts = parseWkt(String(file.suites['CoverageGapFinderTest']?.[0]?.args[0]));
    const found = faults(parts?.type === 'MultiPolygon' ? parts.coordinates.map((rings, i) => face(i + 1, rings)) : []);
    expect(found.gaps.map((g) => g.areaM2)).toEqual([2]);
  });

  it('finds the plots of a Dutch quarter to be what they are', () => {
    const shape = parseWkt(text('tilings/georust/nl_plots_epsg_28992.wkt'));
    if (shape?.type !== 'MultiPolygon') throw new Error('not a multipolygon');
    const faces = shape.coordinates.map((rings, i) => face(i + 1, rings));
    const tiling = buildTiling(faces);
    expect(tiling.faces).toHaveLength(316);
    const found = findFaults(tiling);
    // Streets and water are no plots: they are ground enclosed by plots. A union of all plots by JSTS has the same eleven holes.
    const areas = found.gaps.map((g) => Math.round(g.areaM2 ?? 0)).sort((a, b) => a - b);
    expect(areas).toEqual([12, 18, 67, 308, 586, 1207, 4942, 7398, 8578, 8826, 30812]);
    expect([found.overlaps, found.tJunctions, found.nearTwins]).toEqual([[], [], []]);
  });

  it('finds nothing wrong with the block groups of San Francisco', () => {
    const faces = shapefilePolygons(readFileSync(join(corpus ?? '', 'tilings/pyshp/blockgroups.shp')));
    const tiling = buildTiling(faces);
    expect([tiling.faces.length, tiling.xs.length]).toEqual([663, 4921]);
    expect(findFaults(tiling)).toEqual(none);
  });
});

/** The rings of a polygon shapefile in degrees, as if a degree were 100 km; a clockwise ring begins a polygon. */
function shapefilePolygons(bytes: Buffer): FaceInput[] {
  const faces: FaceInput[] = [];
  for (let at = 100; at < bytes.length; at += 8 + 2 * bytes.readInt32BE(at + 4)) {
    const [parts, points] = [bytes.readInt32LE(at + 44), bytes.readInt32LE(at + 48)];
    const start = (i: number): number => (i < parts ? bytes.readInt32LE(at + 52 + 4 * i) : points);
    const polygons: PolygonRings[] = [];
    for (let i = 0; i < parts; i++) {
      const positions: Ring = [];
      for (let k = start(i); k < start(i + 1); k++) {
        const offset = at + 52 + 4 * parts + 16 * k;
        positions.push([bytes.readDoubleLE(offset) * 1e5, bytes.readDoubleLE(offset + 8) * 1e5]);
      }
      if (!isCounterClockwise(positions)) polygons.push([positions]);
      else polygons.at(-1)?.push(positions);
    }
    faces.push(face(faces.length + 1, ...polygons));
  }
  return faces;
}
