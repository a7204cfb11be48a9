import { describe, expect, it } from 'vitest';
import { found, grid, sourceDouble } from '../../tests/check-source.ts';
import { gridCodeForm } from './grid-code-form.ts';

describe('grid-code-form', () => {
  it.each([
    ['15 characters', grid('110108001001003', '110108001001'), null],
    ['14', grid('11010800100103', '110108001001'), null],
    ['letters at the end', grid('1101080010010A3'), null],
    ['too short', grid('1101080010013'), { problem: 'form', value: '1101080010013' }],
    ['letters before', grid('11010800A001003'), { problem: 'form', value: '11010800A001003' }],
    [
      'another district',
      grid('110105001001003'),
      { problem: 'district', value: '110105001001003', expected: '110108' },
    ],
    [
      'another community',
      grid('110108001001003', '110108001002'),
      { problem: 'community', value: '110108001001003', expected: '110108001002' },
    ],
  ])('%s', (_, one, data) => {
    const features = [{ layer: 'unit_grid', id: 3 }];
    const expected = data === null ? [] : [{ rule: 'grid-code-form', features, key: '', at: null, data }];
    expect(found(gridCodeForm, null, sourceDouble({ grids: () => [one] }))).toEqual(expected);
  });
});
