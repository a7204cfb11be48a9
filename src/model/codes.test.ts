import { describe, expect, it } from 'vitest';
import { codeAt, componentPrefix, parseComponentCode, parseGridCode, sequenceDigits, streetOfGrid } from './codes.ts';
import { creditCheckCharacter, isCreditCode, normaliseUnitName } from './unit.ts';

describe('codes', () => {
  it('are taken apart by their length, as text', () => {
    expect(parseComponentCode('1101080114000007')).toEqual({
      district: '110108',
      classCode: '0114',
      sequence: '000007',
    });
    expect(parseComponentCode('11010801001000007')).toEqual({
      district: '110108',
      classCode: '01001',
      sequence: '000007',
    });
    expect(parseComponentCode('110108010010000071')).toBeNull();
    expect(parseGridCode('11010800100112')).toMatchObject({ street: '110108001', sequence: '12' });
    expect(parseGridCode('110108001001A12')).toMatchObject({ community: '110108001001', sequence: 'A12' });
    expect(parseGridCode('1101080010011')).toBeNull();
  });

  it('are put together, and end where the digits end', () => {
    expect(componentPrefix('110108', '01001')).toBe('11010801001');
    expect(componentPrefix('110108', 'x')).toBeNull();
    expect(codeAt('110108001001', 7, 3)).toBe('110108001001007');
    expect(codeAt('110108001001', 1000, 3)).toBeNull();
    expect(sequenceDigits('unit_grid', '11010800100112', '110108001001')).toBe(2);
    expect(sequenceDigits('unit_grid', null, '110108001001')).toBe(3);
  });

  it('tell the street of a grid', () => {
    expect(streetOfGrid('110108001001', null)).toBe('110108001');
    expect(streetOfGrid(null, '110108002001001')).toBe('110108002');
    expect(streetOfGrid('x', null)).toBeNull();
  });
});

describe('unified social credit codes', () => {
  it('are checked by their last character', () => {
    // As published by Peking University.
    expect(isCreditCode('12100000400002259P')).toBe(true);
    expect(isCreditCode('121000004000022592')).toBe(false);
    expect(isCreditCode('12100000400002259')).toBe(false);
    expect(creditCheckCharacter('1210000040000225I')).toBeNull();
  });

  it('a change of any one character is noticed', () => {
    const code = '12100000400002259P';
    for (let at = 0; at < 17; at++) {
      const other = code.charAt(at) === '3' ? '4' : '3';
      expect(isCreditCode(code.slice(0, at) + other + code.slice(at + 1)), `place ${at}`).toBe(false);
    }
  });
});

describe('unit names', () => {
  it('agree when they differ only in how they were typed', () => {
    const spellings = ['北京市海淀区水务局（本级）', ' 北京市海淀区 水务局(本级)', '北京市海淀区水务局【本级】\u200b'];
    expect(new Set(spellings.map(normaliseUnitName)).size).toBe(1);
    expect(normaliseUnitName('ＡＢＣ公司')).toBe(normaliseUnitName('abc公司'));
    expect(normaliseUnitName('水务局')).not.toBe(normaliseUnitName('区水务局'));
  });
});
