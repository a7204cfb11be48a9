import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolygonRings, Position } from '../geometry/types.ts';
import { findFaults } from './faults.ts';
import { isSoundNear } from './sound-near.ts';
import { buildTiling, type FaceInput, type Tiling } from './tiling.ts';

const SIDE = 50;
const ACROSS = 4;
const [X, Y] = [430_000, 4_430_000];

const square = (x: number, y: number, side: number): Position[] => [
  [X + x, Y + y],
  [X + x + side, Y + y],
  [X + x + side, Y + y + side],
  [X + x, Y + y + side],
  [X + x, Y + y],
];
const face = (id: number, ring: Position[]): FaceInput => ({
  id,
  code: String(id),
  communityCode: null,
  rings: [[ring]],
});
const faceIds = (tiling: Tiling): number[] => tiling.faces.map(({ id }) => id);

/** Grids row by row from the south-west, ids from 1. */
const faces = Array.from({ length: ACROSS * ACROSS }, (_, i) =>
  face(i + 1, square((i % ACROSS) * SIDE, Math.trunc(i / ACROSS) * SIDE, SIDE)),
);
const everyEdge = (step: number): Position[] =>
  [
    [0, 0, 1, 0],
    [ACROSS, 0, 0, 1],
    [ACROSS, ACROSS, -1, 0],
    [0, ACROSS, 0, -1],
  ].flatMap(([x = 0, y = 0, dx = 0, dy = 0]) =>
    Array.from({ length: ACROSS / step }, (_, i): Position => [
      X + (x + dx * i * step) * SIDE,
      Y + (y + dy * i * step) * SIDE,
    ]),
  );
/** The district with the grids' own corners. */
const district: PolygonRings[] = [[[...everyEdge(1), [X, Y]]]];

describe('sound by the surroundings alone', () => {
  it('is what tiles, within and along the border of the district', () => {
    const tiling = buildTiling(faces);
    expect(isSoundNear(tiling, faceIds(tiling), district)).toBe(true);
    expect(isSoundNear(tiling, [6], null)).toBe(true);
    // Without a district nobody can say that nothing is missing beyond.
    expect(isSoundNear(tiling, [1], null)).toBe(false);
  });

  it('is in two streets too, whose common border is none of the district', () => {
    const halves: PolygonRings[] = [[square(0, 0, SIDE)], [square(SIDE, 0, SIDE)]];
    const two = faces.slice(0, 2);
    expect(isSoundNear(buildTiling(two), [1, 2], halves)).toBe(true);
    expect(isSoundNear(buildTiling(two.slice(0, 1)), [1], halves)).toBe(false);
  });

  it.each<[string, FaceInput[], number]>([
    ['a grid is missing beside it', faces.filter(({ id }) => id !== 7), 6],
    ['another lies over it', [...faces, face(17, square(60, 60, 10))], 6],
    ['another shares an edge on its own side', [...faces, face(17, square(50, 50, 50))], 6],
    ['its corner differs in the last digit', faces.map((f) => (f.id === 6 ? face(6, shifted(50, 50, 1e-6)) : f)), 6],
    ['it reaches out', [...faces, face(17, square(-50, 0, 50))], 17],
  ])('is not when %s', (_, inputs, id) => {
    expect(isSoundNear(buildTiling(inputs), [id], district)).toBe(false);
  });

  it('is never said of a grid that findFaults names', () => {
    const change = fc.record({
      index: fc.nat(faces.length - 1),
      how: fc.constantFrom('drop', 'shift', 'grow', 'double'),
      by: fc.constantFrom(0.0003, 0.5, 7, 60),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 3 }), fc.boolean(), (changes, bounded) => {
        const inputs = changed(changes);
        const tiling = buildTiling(inputs);
        const found = findFaults(tiling, bounded ? { district } : {});
        const named = new Set(
          Object.values(found as unknown as Record<string, { ids: number[] }[]>).flatMap((each) =>
            each.flatMap(({ ids }) => ids),
          ),
        );
        const sound = faceIds(tiling).filter((id) => isSoundNear(tiling, [id], bounded ? district : null));
        expect(sound.filter((id) => named.has(id))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

function shifted(x: number, y: number, by: number): Position[] {
  return square(x, y, SIDE).map(([px, py]): Position => [px + by, py]);
}

function changed(changes: readonly { index: number; how: string; by: number }[]): FaceInput[] {
  const gone = new Set<number>();
  const more: FaceInput[] = [];
  const rings = new Map<number, Position[]>();
  for (const { index, how, by } of changes) {
    const [x, y] = [(index % ACROSS) * SIDE, Math.trunc(index / ACROSS) * SIDE];
    if (how === 'drop') gone.add(index + 1);
    else if (how === 'shift') rings.set(index + 1, shifted(x, y, by));
    else if (how === 'grow') rings.set(index + 1, square(x, y, SIDE + by));
    else more.push(face(20 + more.length, square(x + by, y + by, SIDE / 2)));
  }
  return [
    ...faces.flatMap((f) => (gone.has(f.id) ? [] : [face(f.id, rings.get(f.id) ?? f.rings[0]?.[0] ?? [])])),
    ...more,
  ];
}
