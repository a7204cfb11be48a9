import { describe, expect, it } from 'vitest';
import { dataOf } from '../../tests/check-source.ts';
import { mandatoryFields } from './mandatory-fields.ts';

describe('mandatory-fields', () => {
  it.each([
    ['all there', {}, []],
    ['blank ones, each by itself', { name: null, state: '', surveyed_on: null }, ['name', 'state', 'surveyed_on']],
    ['nobody supervises', { supervisor_id: null }, ['supervisor_id']],
    ['a surveyed supervisor will do', { supervisor_id: null, supervisor_text: '水务局' }, []],
    ['or its code', { supervisor_id: null, supervisor_code_text: '0012' }, []],
  ])('%s', (_, cells, columns) => {
    expect(dataOf(mandatoryFields, cells)).toEqual(columns.map((column) => ({ column })));
  });

  it('leaves a value that was delivered but not taken to the rule that names it', () => {
    const untaken = [{ column: 'surveyed_on', field: 'CSRQ', value: '20210231' }];
    expect(dataOf(mandatoryFields, { surveyed_on: null }, { untaken })).toEqual([]);
  });
});
