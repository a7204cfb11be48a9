import { describe, expect, it } from 'vitest';
import { classOfComponentCode, guessClass, loadClasses, nearClasses, statedClassCode } from './classes.ts';
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

  it.each([
    ['GB/T 47678.5-2026', NEW],
    ['GB/T 30428.2-2013', NEW],
    ['CJ/T 214-2007', NEW],
    ['Beijing legacy (Chaoyang app, c.2013)', NEW],
    ['CJ/T 214-2007', 'CJ/T 214-2007'],
  ])('code and name of a whole catalogue tell it: %s in a project of %s', (scheme, project) => {
    const rows = catalogue.classes
      .filter((entry) => entry.scheme === scheme)
      .map((entry) => sample(entry.code, entry.name, 3));
    const guess = guessClass(catalogue, 'x.csv', rows, project);
    expect(guess).toMatchObject({ scheme, code: null });
    expect(guess.confidence).toBeGreaterThanOrEqual(0.8);
  });

  it.each([
    ['0114', '园林井盖', 'GB/T 30428.2-2013'],
    ['0114', '无主井盖', OLD],
    ['0114', '不明井盖', 'Beijing legacy (Chaoyang app, c.2013)'],
    ['0118', '化粪池井盖', 'GB/T 30428.2-2013'],
  ])('%s %s is of %s', (code, name, scheme) => {
    const guess = guessClass(catalogue, 'x.csv', [sample(code, name, 9)], NEW);
    expect(guess).toMatchObject({ scheme, code, name });
    expect(guess.confidence).toBeGreaterThanOrEqual(0.8);
  });

  it('a code alone that means several things is not sure', () => {
    expect(guessClass(catalogue, 'x.csv', [sample('0114', null, 9)], null).confidence).toBeLessThan(0.8);
    expect(guessClass(catalogue, 'x.csv', [sample('01001', null, 9)], null).confidence).toBeGreaterThanOrEqual(0.8);
  });

  it('understands what surveys call a class besides its name', () => {
    expect(catalogue.byName('雨篦子')[0]?.name).toBe('雨水箅子');
    expect(catalogue.byName('门(楼号)牌')[0]?.name).toBe('门（楼号）牌');
    expect(guessClass(catalogue, 'x.csv', [sample(null, '自来水井盖', 9)], NEW)).toMatchObject({ code: '01001' });
    expect(catalogue.byName('某某')).toEqual([]);
  });

  it('puts a lost zero back only where that makes a class', () => {
    expect(statedClassCode(catalogue, '1001')).toBe('01001');
    expect(statedClassCode(catalogue, '101')).toBe('0101');
    expect(statedClassCode(catalogue, '01001')).toBe('01001');
    expect(statedClassCode(catalogue, '9999')).toBe('9999');
    expect(statedClassCode(catalogue, '999')).toBeNull();
    expect(statedClassCode(catalogue, '井盖')).toBeNull();
  });

  it('names what a mistyped class may have been', () => {
    expect(nearClasses(catalogue, NEW, '01002')[0]).toBe('01002 污水井盖');
    expect(nearClasses(catalogue, NEW, '1001')).toContain('01001 供水井盖');
    expect(nearClasses(catalogue, NEW, '路灯')[0]).toBe('01037 路灯');
    expect(nearClasses(catalogue, NEW, '99999')).toEqual([]);
  });

  it('is unsure where nothing speaks', () => {
    expect(guessClass(catalogue, 'x.csv', [], NEW)).toMatchObject({ code: null, scheme: NEW, confidence: 0.3 });
  });
});
