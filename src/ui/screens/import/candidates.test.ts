import { describe, expect, it } from 'vitest';
import type { Position } from '../../../model/geometry/types.ts';
import { bboxOfPoints, chosenOf, groupsOf, offsetBetween, tiesOf, type CrsCandidate } from './candidates.ts';

const candidate = (code: string, points: Position[]): CrsCandidate => ({
  code,
  axes: 'east-north',
  confidence: 0.5,
  evidence: [],
  datum: null,
  points,
});

describe('offset between two candidates', () => {
  const here: Position[] = [
    [0, 0],
    [10, 0],
    [20, 5],
  ];
  it('is the middle of the single offsets, so that one stray does not turn it', () => {
    const there: Position[] = [
      [300, 400],
      [310, 400],
      [90_000, 5],
    ];
    expect(offsetBetween(here, there)).toEqual({ metres: 500, direction: 1 });
  });
  it('names the direction clockwise from north', () => {
    expect(offsetBetween([[0, 0]], [[0, 5]])?.direction).toBe(0);
    expect(offsetBetween([[0, 0]], [[5, 0]])?.direction).toBe(2);
    expect(offsetBetween([[0, 0]], [[0, -5]])?.direction).toBe(4);
    expect(offsetBetween([[0, 0]], [[-5, 0]])?.direction).toBe(6);
  });
  it('is unknown where a candidate cannot be placed', () => {
    expect(offsetBetween(here, [])).toBeNull();
  });
});

const asItStands = { axes: 'east-north', datum: { applied: null, proposed: null, refused: null } } as const;

describe('candidates on the map', () => {
  it('keep their letters and put the chosen one first', () => {
    const candidates = [candidate('A1', [[0, 0]]), candidate('B1', [[1, 1]]), candidate('C1', [])];
    const groups = groupsOf({ ...asItStands, candidates, code: 'B1' });
    expect(groups.map((one) => [one.letter, one.tone])).toEqual([
      ['B', 'chosen'],
      ['A', 'second'],
    ]);
  });
  it('span a box, or none without points', () => {
    expect(
      bboxOfPoints([
        [1, 9],
        [4, 2],
      ]),
    ).toEqual([1, 2, 4, 9]);
    expect(bboxOfPoints([])).toBeNull();
  });
  it('of one system are told apart by whether they are shifted', () => {
    const plain = candidate('EPSG:4548', [[0, 0]]);
    const shifted = { ...candidate('EPSG:4548', [[100, 0]]), datum: { method: 'known-components' } as const };
    const answer = { ...asItStands, candidates: [shifted, plain], code: 'EPSG:4548' };
    expect(chosenOf(answer)).toBe(plain);
    const residual = { name: 'a', dx: 0, dy: 0, metres: 0, used: true };
    const applied = {
      shift: { method: 'known-components' as const },
      planar: null,
      model: 'similarity' as const,
      total: 2,
      used: 1,
      rms: 0,
      max: 0,
      residuals: [
        { ...residual, before: [0, 0] as Position, to: [100, 0] as Position },
        { ...residual, before: [9, 9] as Position, to: [0, 0] as Position, used: false },
      ],
      known: null,
      warnings: [],
    };
    const datum = { applied, proposed: null, refused: null };
    expect(chosenOf({ ...answer, datum })).toBe(shifted);
    expect(tiesOf({ datum })).toEqual([{ from: [0, 0], to: [100, 0] }]);
  });
});
