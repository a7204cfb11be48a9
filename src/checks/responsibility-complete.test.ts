import { describe, expect, it } from 'vitest';
import { dataOf } from '../../tests/check-source.ts';
import { responsibilityComplete } from './responsibility-complete.ts';

describe('responsibility-complete', () => {
  it.each([
    ['all four', {}, []],
    [
      'two missing, in one finding',
      { owner_id: null, responsible_id: null },
      [{ missing: 'owner responsible', count: 2 }],
    ],
    ['surveyed but not registered: another rule says so', { owner_id: null, owner_text: '某物业' }, []],
    ['out of service', { owner_id: null, state: '废弃' }, []],
  ])('%s', (_, cells, expected) => {
    expect(dataOf(responsibilityComplete, cells)).toEqual(expected);
  });
});
