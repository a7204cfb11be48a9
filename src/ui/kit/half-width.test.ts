import { describe, expect, it } from 'vitest';
import { halfWidth, isoDate } from './half-width.ts';

describe('full-width input', () => {
  it('is understood in codes', () => {
    expect(halfWidth('１１０１０８０１')).toBe('11010801');
    expect(halfWidth('ＨＤ－０１２')).toBe('HD-012');
  });
  it('leaves Chinese text alone', () => {
    expect(halfWidth('海淀区水务局')).toBe('海淀区水务局');
  });
});

describe('dates as typed', () => {
  it.each([
    ['2026-09-01', '2026-09-01'],
    ['２０２６．９．１', '2026-09-01'],
    ['20260901', '2026-09-01'],
    ['2026年9月1日', '2026-09-01'],
    ['2024/2/29', '2024-02-29'],
  ])('%s', (typed, iso) => expect(isoDate(typed)).toBe(iso));
  it.each(['2026-02-29', '2021-06-81', '昨天', ''])('refuses %s', (typed) => expect(isoDate(typed)).toBeNull());
});
