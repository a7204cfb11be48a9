import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  halfWidth,
  normaliseChoice,
  normaliseCode,
  normaliseNumber,
  normaliseText,
  normaliseCoordinate,
} from './normalise.ts';
import { normaliseDate, saysMoreThanDay } from './normalise-date.ts';

describe('codes', () => {
  it('stay text, digit by digit, whatever their length', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{16,19}$/u), (digits) => {
        expect(normaliseCode(digits)).toEqual({ value: digits, fault: null });
        expect(normaliseCode(` ${digits}\u3000`).value).toBe(digits);
        expect(normaliseCode(`'${digits}`).value).toBe(digits);
      }),
    );
  });

  it.each([
    ['１１０１０８０１００１００００１', '110108010010000' + '1'],
    ['110108 01001 000001', '11010801001000001'],
    ['\u200b11010801001000001\ufeff', '11010801001000001'],
    ['\u00a011010801001000001 ', '11010801001000001'],
    ['’11010801001000001', '11010801001000001'],
    ['1101080101000001.0', '1101080101000001'],
    ['', null],
    [null, null],
  ])('%s is %s', (raw, value) => expect(normaliseCode(raw)).toEqual({ value, fault: null }));

  it.each(['1.10108E+16', '1.1e16', '11E+15'])('%s has lost its digits', (raw) =>
    expect(normaliseCode(raw)).toEqual({ value: null, fault: 'scientific-code' }),
  );
  it('a fraction of zeros on more digits than a number holds too', () =>
    expect(normaliseCode('11010801001000001.0')).toEqual({ value: null, fault: 'rounded-number' }));
  it('keeps letters of imported grid codes, an E among them', () => {
    expect(normaliseCode('110108001001E01').value).toBe('110108001001E01');
  });
});

describe('dates', () => {
  it.each([
    ['20240229', '2024-02-29'],
    ['2024-2-9', '2024-02-09'],
    ['2024/02/09 13:45:00', '2024-02-09'],
    ['2024.2.9', '2024-02-09'],
    ['2024年2月9日', '2024-02-09'],
    ['２０２４－０２－０９', '2024-02-09'],
    ['2024-02-09T00:00:00', '2024-02-09'],
    ['2026-3-5', '2026-03-05'],
    ['2026.03.05.', '2026-03-05'],
    ['20260305101500', '2026-03-05'],
    ['2026年3月5号', '2026-03-05'],
    ['二〇二六年三月五日', '2026-03-05'],
    ['二○二六年十二月二十三日', '2026-12-23'],
    ['二零二六年十月三十一日', '2026-10-31'],
    ['2026-03-05T00:00:00Z', '2026-03-05'],
    ['2026-03-04T16:00:00.000Z', '2026-03-05'],
    ['2026-03-05T00:00:00+08:00', '2026-03-05'],
    ['2026-03-05 上午10:20', '2026-03-05'],
    ['45321', '2024-01-30'],
    ['45321.5', '2024-01-30'],
    ['2026\u200b-03-05', '2026-03-05'],
    ['00000000', null],
    ['', null],
  ])('%s is %s', (raw, value) => expect(normaliseDate(raw)).toEqual({ value, fault: null }));

  it.each(['2023-02-29', '2024-13-01', '1899-12-31', '2024-04-31', '去年', '99999'])('%s is none', (raw) =>
    expect(normaliseDate(raw)).toEqual({ value: null, fault: 'bad-date' }),
  );
});

describe('dates that are none yet', () => {
  it.each(['2026年3月', '2026-03', '202603', '2026/3'])('%s has no day', (raw) =>
    expect(normaliseDate(raw)).toEqual({ value: null, fault: 'month-only' }),
  );
  it.each(['3/5/2026', '26-3-5', '26.3.5', '26年3月5日', '05-03-2026 10:00'])('%s can be read in two ways', (raw) =>
    expect(normaliseDate(raw)).toEqual({ value: null, fault: 'ambiguous-date' }),
  );
  it('are counted from 1904 where the workbook does', () =>
    expect(normaliseDate('43859', { date1904: true })).toEqual({ value: '2024-01-30', fault: null }));
  it.each([
    ['2026-03-05', false],
    ['2026-03-05 00:00:00', false],
    ['2026-03-05T00:00:00Z', false],
    ['2026-03-05 10:00', true],
    ['20260305101500', true],
    ['45321', true],
    ['2026-03-05 星期四', true],
  ])('%s says more than a day: %s', (raw, more) => expect(saysMoreThanDay(raw)).toBe(more));
});

describe('coordinates', () => {
  it.each([
    ['116°18′20.5″E', 116.305694],
    ['116°18\'20.5"', 116.305694],
    ['E116°18′20.5″', 116.305694],
    ['116度18分20.5秒', 116.305694],
    ['东经116°18′20.5″', 116.305694],
    ['40°02.5′N', 40.041667],
    ['40.05°', 40.05],
    ['-40°30′', -40.5],
    ['40°30′S', -40.5],
    ['4,428,351.9', 4428351.9],
    ['441070.81米', 441070.81],
    ['441070.81 m', 441070.81],
  ])('%s', (raw, value) => expect(normaliseCoordinate(raw)).toBeCloseTo(value, 5));
  it.each(['116°61′', '116°18′60″', '116.5°18′', '200°', '某路', '12,5', 'E', '1号', 'N116°E'])('%s is none', (raw) =>
    expect(normaliseCoordinate(raw)).toBeNull(),
  );
});

describe('numbers, texts and choices', () => {
  it.each([
    ['４４２８０００.5', 4428000.5],
    ['1e3', 1000],
    ['NaN', null],
    ['Infinity', null],
    ['1e999', null],
    ['12,5', null],
    ['', null],
    [null, null],
  ])('%s as a coordinate is %s', (raw, value) => expect(normaliseNumber(raw)).toBe(value));

  it('leaves a text as it was written, but for blanks around it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(normaliseText(text).value).toBe(text.trim() === '' ? null : text.trim());
      }),
    );
    expect(normaliseText('=cmd()|<script>').value).toBe('=cmd()|<script>');
  });

  it('folds width only', () => expect(halfWidth('Ａｂ１２（）　中😀')).toBe('Ab12() 中😀'));

  it('takes a choice by any of its spellings and names any other', () => {
    const spellings = { confirmed: ['已确权', '是'], disputed: ['有争议'] };
    expect(normaliseChoice(' 已确权 ', spellings)).toEqual({ value: 'confirmed', fault: null });
    expect(normaliseChoice('Disputed', spellings).value).toBe('disputed');
    expect(normaliseChoice('大概', spellings)).toEqual({ value: null, fault: 'unknown-choice' });
    expect(normaliseChoice(null, spellings)).toEqual({ value: null, fault: null });
  });
});
