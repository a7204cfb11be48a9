import { describe, expect, it } from 'vitest';
import { dataOf, sourceDouble } from '../../tests/check-source.ts';
import { unitValid } from './unit-valid.ts';

describe('unit-valid', () => {
  it.each([
    ['valid', {}, []],
    [
      'ended',
      { owner_id: 2 },
      [{ role: 'owner', column: 'owner_id', value: '区市政管理处', problem: 'ended', day: '2020-06-30' }],
    ],
    [
      'not yet begun',
      { owner_id: 3 },
      [{ role: 'owner', column: 'owner_id', value: '区新局', problem: 'early', day: '2027-01-01' }],
    ],
    ['out of service', { owner_id: 2, state: '移除' }, []],
  ])('%s', (_, cells, expected) => {
    expect(dataOf(unitValid, cells)).toEqual(expected);
  });

  it('holds on the last day itself', () => {
    expect(dataOf(unitValid, { owner_id: 2 }, {}, sourceDouble({ today: '2020-06-30' }))).toEqual([]);
    expect(dataOf(unitValid, { owner_id: 2 }, {}, sourceDouble({ today: '2020-07-01' }))).toHaveLength(1);
  });
});
