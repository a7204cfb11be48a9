import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriver, sourcesOf, type Derivation } from './derive.ts';

const derive = (derivation: Derivation, values: Record<string, string | null> = {}) =>
  deriver(derivation)((field) => values[field] ?? null);
const to = 'note';

describe('joining', () => {
  it('puts parts together, filled up with zeros where a width is said', () => {
    const join: Derivation = { to, op: 'concat', from: ['大类', '小类'], widths: [2, 3] };
    expect(derive(join, { 大类: '1', 小类: '37' }).value).toBe('01037');
    expect(derive(join, { 大类: '01', 小类: '037' }).value).toBe('01037');
  });
  it('leaves blanks out with their separator, or is blank where one is', () => {
    const join: Derivation = { to, op: 'concat', from: ['a', 'b', 'c'], separator: '，' };
    expect(derive(join, { a: '甲', b: ' ', c: '丙' }).value).toBe('甲，丙');
    expect(derive({ ...join, blanks: 'blank' }, { a: '甲', b: ' ', c: '丙' })).toEqual({ value: null, fault: null });
    expect(derive(join)).toEqual({ value: null, fault: null });
  });
});

describe('cutting', () => {
  it.each([
    [1, '北京市'],
    [2, '海淀区'],
    [-1, '清河街道'],
  ])('takes part %i', (part, value) =>
    expect(derive({ to, op: 'split', from: ['a'], separator: '/', part }, { a: '北京市/海淀区/ 清河街道' }).value).toBe(
      value,
    ),
  );
  it('takes characters from a place on, counted as a person counts them', () => {
    const code = { a: '𠮷10108001001001' };
    expect(derive({ to, op: 'split', from: ['a'], start: 2, length: 5 }, code).value).toBe('10108');
    expect(derive({ to, op: 'split', from: ['a'], start: 7 }, code).value).toBe('001001001');
  });
  it('names what is not there as a fault, and a blank as none', () => {
    const split: Derivation = { to, op: 'split', from: ['a'], separator: '-', part: 3 };
    expect(derive(split, { a: '1-2' })).toEqual({ value: null, fault: 'no-such-part' });
    expect(derive(split, { a: '1-2- ' })).toEqual({ value: null, fault: 'no-such-part' });
    expect(derive(split, { a: null })).toEqual({ value: null, fault: null });
    expect(derive({ to, op: 'split', from: ['a'], start: 9 }, { a: 'abc' }).fault).toBe('no-such-part');
  });
  it('puts parts back to what was cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z\u4e00-\u4eff]{1,6}$/u), { minLength: 1, maxLength: 8 }),
        (parts) => {
          const again = parts.map(
            (_, i) =>
              derive({ to, op: 'split', from: ['a'], separator: '·', part: i + 1 }, { a: parts.join('·') }).value,
          );
          expect(again).toEqual(parts);
        },
      ),
    );
  });
});

describe('a constant', () => {
  it('is the same for every row and reads nothing', () => {
    const constant: Derivation = { to, op: 'constant', value: ' 三期 ' };
    expect(derive(constant)).toEqual({ value: '三期', fault: null });
    expect(sourcesOf(constant)).toEqual([]);
  });
});

describe('looking up', () => {
  const list: Derivation = {
    to,
    op: 'lookup',
    from: ['a'],
    values: [
      { was: '1', now: '完好' },
      { was: '损坏', now: '破损' },
      { was: '0', now: null },
    ],
  };
  it('finds values whatever their width and blanks', () => {
    expect(derive(list, { a: ' １ ' }).value).toBe('完好');
    expect(derive(list, { a: '损坏' }).value).toBe('破损');
    expect(derive(list, { a: '0' })).toEqual({ value: null, fault: null });
  });
  it('says what is not in the list, keeps it or leaves it blank', () => {
    expect(derive(list, { a: '歪' })).toEqual({ value: null, fault: 'not-in-list' });
    expect(derive({ ...list, otherwise: 'keep' }, { a: '歪' })).toEqual({ value: '歪', fault: null });
    expect(derive({ ...list, otherwise: 'blank' }, { a: '歪' })).toEqual({ value: null, fault: null });
    expect(derive(list, { a: ' ' })).toEqual({ value: null, fault: null });
  });
});
