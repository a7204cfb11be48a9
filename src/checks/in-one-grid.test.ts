import { describe, expect, it } from 'vitest';
import { dataOf, sourceDouble } from '../../tests/check-source.ts';
import type { CheckSource } from '../model/check-source.ts';
import { inOneGrid } from './in-one-grid.ts';

describe('in-one-grid', () => {
  const [one, two] = [
    { code: '110108001001001', inside: true },
    { code: '110108001001002', inside: true },
  ];
  const border = [one, two].map(({ code }) => ({ code, inside: false }));
  it.each<[string, Partial<CheckSource>, object[]]>([
    ['in one', { gridsAt: () => [one] }, []],
    ['on a shared border', { gridsAt: () => border }, []],
    ['in two', { gridsAt: () => [one, two] }, [{ problem: 'several', grids: '110108001001001 110108001001002' }]],
    ['in none, but in the district', { gridsAt: () => [] }, [{ problem: 'none', grids: null }]],
    [
      'in none, of a district without streets',
      { gridsAt: () => [], insideDistrict: () => null },
      [{ problem: 'none', grids: null }],
    ],
    ['outside: another rule says so', { gridsAt: () => [], insideDistrict: () => false }, []],
    ['in a project without grids', { gridsAt: () => [], hasGrids: false }, []],
  ])('%s', (_, over, expected) => {
    expect(dataOf(inOneGrid, {}, {}, sourceDouble(over))).toEqual(expected);
  });

  it('asks for a place, grids or not', () => {
    const source = sourceDouble({ hasGrids: false });
    expect(dataOf(inOneGrid, {}, { at: null }, source)).toEqual([{ problem: 'no-place', grids: null }]);
  });
});
