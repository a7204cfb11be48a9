import { describe, expect, it } from 'vitest';
import { classOfComponentCode, guessClass, loadClasses } from './classes.ts';
import { RESOURCES } from './testing.ts';

const catalogue = loadClasses(RESOURCES);
const NEW = 'GB/T 47678.5-2026';
const OLD = 'CJ/T 214-2007';
const sample = (classCode: string | null, name: string | null, count = 1) => ({ classCode, name, count });

describe('the class of a table', () => {
  it('takes the class digits out of a code by its length', () => {
    expect(classOfComponentCode('11010801001000001')).toBe('01001');
    expect(classOfComponentCode('1101080101000001')).toBe('0101');
    expect(classOfComponentCode('1101080101')).toBeNull();
    expect(classOfComponentCode(null)).toBeNull();
  });

  it('lets code and name together tell the scheme', () => {
    expect(guessClass(catalogue, 'x.csv', [sample('0118', '路灯', 9)], NEW)).toMatchObject({
      code: '0118',
      name: '路灯',
    });
    expect(guessClass(catalogue, 'x.csv', [sample('01037', '路灯')], null)).toMatchObject({
      scheme: NEW,
      code: '01037',
    });
    expect(guessClass(catalogue, 'x.csv', [sample('0408', '绿地护栏')], OLD)).toMatchObject({ scheme: OLD });
  });

  it.each([
    ['01001.shp', '01001'],
    ['BJ01001.dbf', '01001'],
    ['部件_绿地护栏.shp', '04008'],
    ['海淀/一期（路灯）.csv', '01037'],
    ['部件登记表.xlsx', null],
  ])('hears the file name %s', (file, code) => expect(guessClass(catalogue, file, [], NEW).code).toBe(code));

  it('names no class for rows of several', () => {
    const guess = guessClass(catalogue, '01001.shp', [sample('01001', '供水井盖'), sample('01037', '路灯')], NEW);
    expect(guess).toMatchObject({ scheme: NEW, code: null });
    expect(guess.evidence.map(({ code }) => code)).toContain('several-classes');
  });

  it('is unsure where nothing speaks', () => {
    expect(guessClass(catalogue, 'x.csv', [], NEW)).toMatchObject({ code: null, scheme: NEW, confidence: 0.3 });
  });
});
