import { describe, expect, it } from 'vitest';
import { dataOf } from '../../tests/check-source.ts';
import { valueNotTaken } from './value-not-taken.ts';

describe('value-not-taken', () => {
  it('shows what was delivered for a blank column, but for those whose own rule does', () => {
    const untaken = [
      { column: 'confirmation', field: '确权', value: '也许' },
      { column: 'changed_on', field: 'BGRQ', value: '20210231' },
      { column: 'code', field: 'BSM', value: '1E16' },
    ];
    expect(dataOf(valueNotTaken, {}, { untaken })).toEqual([{ column: 'confirmation', field: '确权', value: '也许' }]);
    expect(dataOf(valueNotTaken, {})).toEqual([]);
  });
});
