import { describe, expect, it } from 'vitest';
import { clarityOf, unitValidOn } from './clarity.ts';

const roles = (...ids: (number | null)[]) => ({
  supervisor: ids[0] ?? null,
  owner: ids[1] ?? null,
  maintainer: ids[2] ?? null,
  responsible: ids[3] ?? null,
});
/** Units 1 to 4 are valid, 9 is not. */
const valid = (id: number) => id < 9;

describe('clarity', () => {
  it.each([
    ['disputed', 'disputed', roles(1, 2, 3, 4), true],
    ['clear', 'confirmed', roles(1, 1, 1, 1), false],
    ['partial', 'confirmed', roles(1, 2, 3, 4), true],
    ['partial', 'confirmed', roles(1, 2, 3, 9), false],
    ['partial', 'confirmed', roles(1, 2, 3), false],
    ['partial', 'unconfirmed', roles(1, 2, 3, 4), false],
    ['partial', null, roles(1), false],
    ['unclear', 'confirmed', roles(9, 9), false],
    ['unclear', 'unconfirmed', roles(), false],
    ['unclear', 'ownerless', roles(1, 2, 3, 4), false],
    ['unclear', 'ownerless', roles(), true],
  ] as const)('is %s when %s', (expected, confirmation, held, ownerlessClass) => {
    expect(clarityOf({ confirmation, roles: held, ownerlessClass }, valid)).toBe(expected);
  });

  it('counts a unit valid on its first and its last day', () => {
    const unit = { valid_from: '2020-01-01', valid_to: '2020-12-31' };
    const days = ['2019-12-31', '2020-01-01', '2020-12-31', '2021-01-01'];
    expect(days.map((day) => unitValidOn(unit, day))).toEqual([false, true, true, false]);
    expect(unitValidOn({ valid_from: null, valid_to: null }, '1900-01-01')).toBe(true);
  });
});
