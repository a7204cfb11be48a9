import { describe, expect, it } from 'vitest';
import { dataOf } from '../../tests/check-source.ts';
import { dates } from './dates.ts';

describe('dates', () => {
  it.each([
    ['in order', { changed_on: '2022-01-01' }, []],
    ['changed on the day it was surveyed', { changed_on: '2021-05-01' }, []],
    ['today is not the future', { surveyed_on: '2026-11-23' }, []],
    ['tomorrow is', { surveyed_on: '2026-11-24' }, [{ problem: 'future', column: 'surveyed_on', value: '2026-11-24' }]],
    [
      'changed before surveyed',
      { changed_on: '2021-04-30' },
      [{ problem: 'order', column: 'changed_on', value: '2021-04-30', expected: '2021-05-01' }],
    ],
  ])('%s', (_, cells, expected) => {
    expect(dataOf(dates, cells)).toEqual(expected);
  });

  it('names a delivered day that no calendar has, and no other refused value', () => {
    const untaken = [
      { column: 'surveyed_on', field: 'CSRQ', value: '20210231' },
      { column: 'accuracy', field: 'DWJD', value: '?' },
    ];
    expect(dataOf(dates, { surveyed_on: null }, { untaken })).toEqual([
      { problem: 'impossible', column: 'surveyed_on', value: '20210231' },
    ]);
  });
});
