import { describe, expect, it } from 'vitest';
import type { Position } from '../../../model/geometry/types.ts';
import { bboxOfPoints, groupsOf, offsetBetween, type CrsCandidate } from './candidates.ts';

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

describe('candidates on the map', () => {
  it('keep their letters and put the chosen one first', () => {
    const groups = groupsOf([candidate('A1', [[0, 0]]), candidate('B1', [[1, 1]]), candidate('C1', [])], 'B1');
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
});
