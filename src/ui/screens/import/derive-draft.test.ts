import { describe, expect, it } from 'vitest';
import type { Derivation } from '../../../model/derive.ts';
import { derivationOf, draftOf, linesFor, missingIn, previewOf } from './derive-draft.ts';

const field = (name: string, ...samples: string[]) => ({
  name,
  type: 'text',
  role: null,
  confidence: 1,
  why: '',
  samples,
});
const table = {
  fields: [field('大类', '01'), field('小类', '1', '37'), field('状况', '1', '9')],
  firstRows: [
    { row: 2, values: ['01', '1', '1'] },
    { row: 3, values: ['01', '37', '9'] },
    { row: 4, values: ['01', null, null] },
  ],
};

describe('a derived column being put together', () => {
  it.each([
    { to: 'class_code', op: 'concat', from: ['大类', '小类'], separator: '-', widths: [2, 3] },
    { to: 'note', op: 'concat', from: ['大类'] },
    { to: 'note', op: 'split', from: ['大类'], separator: '/', part: -1 },
    { to: 'note', op: 'split', from: ['大类'], start: 3, length: 2 },
    { to: 'note', op: 'split', from: ['大类'], start: 3 },
    { to: 'phase', op: 'constant', value: '三期' },
    {
      to: 'state',
      op: 'lookup',
      from: ['状况'],
      values: [
        { was: '1', now: '完好' },
        { was: '9', now: null },
      ],
      otherwise: 'keep',
    },
  ] satisfies Derivation[])('comes back as it was: %j', (derivation) => {
    expect(derivationOf(draftOf(derivation, null))).toEqual(derivation);
  });

  it('says what is missing, and is none until then', () => {
    const draft = draftOf(null, '状况');
    expect(missingIn(draft)).toBe('to');
    expect(derivationOf(draft)).toBeNull();
    expect(missingIn({ ...draft, to: 'note', from: [] })).toBe('from');
    expect(missingIn({ ...draft, to: 'note', op: 'split' })).toBe('separator');
    expect(missingIn({ ...draft, to: 'note', op: 'constant' })).toBe('value');
    expect(missingIn({ ...draft, to: 'note', op: 'lookup', list: 'abc' })).toBe('list');
    expect(missingIn({ ...draft, to: 'note' })).toBeNull();
  });

  it('takes a list pasted from a sheet or typed', () => {
    const made = derivationOf({
      ...draftOf(null, '状况'),
      to: 'state',
      op: 'lookup',
      list: '1\t完好\n2 = 破损\n3→\n\n',
    });
    expect(made).toMatchObject({
      values: [
        { was: '1', now: '完好' },
        { was: '2', now: '破损' },
        { was: '3', now: null },
      ],
    });
    expect(linesFor(table, '状况')).toBe('1\t\n9\t');
  });

  it('shows what it makes of the first rows', () => {
    const join: Derivation = { to: 'class_code', op: 'concat', from: ['大类', '小类'], widths: [2, 3] };
    expect(previewOf(table, join).map(({ value }) => value)).toEqual(['01001', '01037', '01']);
    const list: Derivation = { to: 'state', op: 'lookup', from: ['状况'], values: [{ was: '1', now: '完好' }] };
    expect(previewOf(table, list)).toEqual([
      { row: 2, sources: ['1'], value: '完好', fault: null },
      { row: 3, sources: ['9'], value: null, fault: 'not-in-list' },
      { row: 4, sources: [null], value: null, fault: null },
    ]);
  });
});
