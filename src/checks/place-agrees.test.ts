import { describe, expect, it } from 'vitest';
import { dataOf } from '../../tests/check-source.ts';
import { placeAgrees } from './place-agrees.ts';

describe('place-agrees', () => {
  it.each([
    ['nothing said', {}, []],
    ['the grid', { grid_text: '110108001001003' }, []],
    [
      'another grid',
      { grid_text: '110108001001004' },
      [{ column: 'grid_text', value: '110108001001004', expected: '110108001001003' }],
    ],
    ['a grid, where it stands in none', { grid_text: '110108001001004', grid_id: null }, []],
    ['the street by code', { street_text: '110108001' }, []],
    ['by name without its kind', { street_text: '万寿路' }, []],
    ['by name with more of it', { street_text: '万寿路街道办事处' }, []],
    ['by another name', { street_text: '万寿路地区' }, []],
    [
      'another street',
      { street_text: '羊坊店街道' },
      [{ column: 'street_text', value: '羊坊店街道', expected: '万寿路街道' }],
    ],
    [
      'one character is no name',
      { street_text: '万' },
      [{ column: 'street_text', value: '万', expected: '万寿路街道' }],
    ],
    ['the community', { community_text: '翠微路社区' }, []],
    [
      'another community',
      { community_text: '今日家园' },
      [{ column: 'community_text', value: '今日家园', expected: '翠微路社区居委会' }],
    ],
  ])('%s', (_, cells, expected) => {
    expect(dataOf(placeAgrees, cells)).toEqual(expected);
  });
});
