import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  halfWidth,
  normaliseChoice,
  normaliseCode,
  normaliseDate,
  normaliseNumber,
  normaliseText,
} from './normalise.ts';

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
    ['', null],
    [null, null],
  ])('%s is %s', (raw, value) => expect(normaliseCode(raw)).toEqual({ value, fault: null }));

  it.each(['1.10108E+16', '1.1e16', '11E+15'])('%s has lost its digits', (raw) =>
    expect(normaliseCode(raw)).toEqual({ value: null, fault: 'scientific-code' }),
  );
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
    ['00000000', null],
    ['', null],
  ])('%s is %s', (raw, value) => expect(normaliseDate(raw)).toEqual({ value, fault: null }));

  it.each(['2023-02-29', '2024-13-01', '1899-12-31', '2024-04-31', '去年', '45321.5'])('%s is none', (raw) =>
    expect(normaliseDate(raw)).toEqual({ value: null, fault: 'bad-date' }),
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
