import { describe, expect, it } from 'vitest';
import { gridFilter, isFiltered, NO_CONDITIONS } from './desk.ts';

const street = { code: '110108013', name: '上地街道' };

describe('conditions of the table of grids', () => {
  it('are no filter when there are none', () => {
    expect(gridFilter(NO_CONDITIONS)).toBeNull();
    expect(isFiltered({ ...NO_CONDITIONS, text: '  ' })).toBe(false);
  });
  it('stand alone when there is one', () => {
    expect(gridFilter({ ...NO_CONDITIONS, street })).toEqual({ op: '=', column: 'street_code', value: '110108013' });
  });
  it('count a grid without a status as active', () => {
    expect(gridFilter({ ...NO_CONDITIONS, status: 'active' })).toEqual({
      op: '!=',
      column: 'status',
      value: 'retired',
    });
  });
  it('hold all together', () => {
    const filter = gridFilter({ status: 'retired', street, community: null, text: ' 013007 ' });
    expect(filter).toEqual({
      op: 'and',
      of: [
        { op: '=', column: 'status', value: 'retired' },
        { op: '=', column: 'street_code', value: '110108013' },
        { op: '=', column: 'text', value: '013007' },
      ],
    });
  });
});
