import { describe, expect, it } from 'vitest';
import { dataOf, sourceDouble } from '../../tests/check-source.ts';
import type { CheckSource } from '../model/check-source.ts';
import { outsideDistrict } from './outside-district.ts';

describe('outside-district', () => {
  it.each<[string, Partial<CheckSource>, object[]]>([
    ['in a grid', {}, []],
    ['in a street without grid', { gridsAt: () => [] }, []],
    ['in a grid that no street holds', { insideDistrict: () => false }, []],
    ['in neither', { gridsAt: () => [], insideDistrict: () => false }, [{ x: 10, y: 20 }]],
    ['without streets to say', { gridsAt: () => [], insideDistrict: () => null }, []],
  ])('%s', (_, over, expected) => {
    expect(dataOf(outsideDistrict, {}, {}, sourceDouble(over))).toEqual(expected);
  });

  it('has nothing to say of a component without a place', () => {
    const nowhere = sourceDouble({ gridsAt: () => [], insideDistrict: () => false });
    expect(dataOf(outsideDistrict, {}, { at: null }, nowhere)).toEqual([]);
  });
});
