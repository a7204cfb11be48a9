import { describe, expect, it } from 'vitest';
import { measure, medianOf } from './bench.ts';

describe('medianOf', () => {
  it.each([
    [[3], 3],
    [[5, 1, 3], 3],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])('of %j is %d', (list, median) => expect(medianOf(list)).toBe(median));
  it('of nothing is no number', () => expect(medianOf([])).toBeNaN());
});

describe('measure', () => {
  it('runs every way once to warm up and then in turns', async () => {
    const order: string[] = [];
    const measured = await measure({
      name: 'turns',
      rounds: 2,
      ways: { a: () => order.push('a'), b: async () => order.push('b') },
    });
    expect(order.join('')).toBe('ababab');
    expect(measured.map((each) => each.way)).toEqual(['a', 'b']);
    expect(measured[0]?.ratio).toBe(1);
  });
});
