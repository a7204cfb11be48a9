import { describe, expect, it } from 'vitest';
import { codeGroups } from './code-groups.ts';
import { parsePosition } from './position.ts';

describe('typed coordinates', () => {
  it.each([
    'E 441 070.81 N 4 428 351.90',
    '441070.81, 4428351.90',
    '441070.81 4428351.90',
    '４４１０７０．８１，４４２８３５１．９０',
    'x=441070.81 y=4428351.90',
  ])('%s', (typed) => expect(parsePosition(typed)).toEqual([441_070.81, 4_428_351.9]));
  it.each(['', '441070.81', '北边', '1, 2, 3'])('refuses %s', (typed) => expect(parsePosition(typed)).toBeNull());
});

describe('codes in groups', () => {
  it.each([
    ['11010801037000655', ['110108', '01', '037', '000655']],
    ['110108024002003', ['110108', '024', '002', '003']],
    ['12345', ['12345']],
  ])('%s', (code, groups) => expect(codeGroups(code)).toEqual(groups));
});
