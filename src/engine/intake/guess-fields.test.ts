import { describe, expect, it } from 'vitest';
import { headingKey } from './dictionary.ts';
import { loadEnvironment } from './environment.ts';
import { guessFields, guessKind } from './guess-fields.ts';
import { RESOURCES } from './testing.ts';
import { formTests } from './value-forms.ts';

const environment = loadEnvironment(RESOURCES, null);
const { dictionary, catalogue } = environment;
const context = { dictionary, catalogue, tests: formTests(environment), placed: false };
const field = (name: string, ...samples: string[]) => ({ name, samples });
const codes = ['11010801001000001', '11010801001000002'];

/** heading → column */
function guess(as: Parameters<typeof guessFields>[1], ...fields: { name: string; samples: string[] }[]) {
  return Object.fromEntries(guessFields(context, as, fields).map(({ field: name, to }) => [name, to]));
}

describe('the field dictionary', () => {
  it('compares headings without case, width, blanks and underscores', () => {
    expect(headingKey('Obj_ID ')).toBe('OBJID');
    expect(headingKey('ＯＢＪ－ＩＤ')).toBe('OBJID');
  });
  it('reads the last part of a two-row heading, and only proposes it', () => {
    const [hit] = dictionary.lookUp('component', '权属信息/权属单位名称');
    expect(hit).toEqual({ column: 'owner_text', exact: false });
  });
});

describe('field guesses', () => {
  it.each([
    [
      ['ObjID', 'ObjName', 'DeptName1', 'OwnerName'],
      ['code', 'name'],
    ],
    [
      ['部件标识码', '部件名称', '权属单位名称', '普查日期'],
      ['code', 'name', 'owner_text', 'surveyed_on'],
    ],
  ])('%j', (names, columns) => {
    const samples = [codes, ['井盖'], ['自来水集团'], ['2024-01-02']];
    const to = guess('component', ...names.map((name, i) => field(name, ...(samples[i] ?? []))));
    for (const [i, column] of columns.entries()) expect(to[names[i] ?? '']).toBe(column);
  });

  it('gives a column to one field only, the one that fits better', () => {
    const to = guess('component', field('编号', '1', '2'), field('部件标识码', ...codes));
    expect(to).toEqual({ 编号: null, 部件标识码: 'code' });
  });

  it('does not believe a heading whose values contradict it', () => {
    expect(guess('component', field('普查日期', '完好', '破损', '完好'))['普查日期']).not.toBe('surveyed_on');
  });

  it('knows long codes by their form, whatever the heading', () => {
    expect(guess('component', field('F7', ...codes))['F7']).toBe('code');
    expect(guess('unit-grid', field('F7', '110108001001001'))['F7']).toBe('code');
    expect(guess('unit', field('F7', '91110108MA01ABCD2X'))['F7']).toBe('credit_code');
  });
});

describe('what the rows are', () => {
  const kind = (geometry: string, classFound: boolean, ...fields: { name: string; samples: string[] }[]) =>
    guessKind(dictionary, { geometry, fields, classFound }).value;

  it('by the form of their codes', () => {
    expect(kind('point', false, field('A', ...codes))).toBe('component');
    expect(kind('polygon', false, field('A', '110108001001001'))).toBe('unit-grid');
    expect(kind('polygon', false, field('A', '110108001001'))).toBe('community');
    expect(kind('polygon', false, field('A', '110108001'))).toBe('street');
    expect(kind('none', false, field('A', '110108001'))).toBeNull();
  });
  it('by their headings', () => {
    const unit = [field('单位名称', '甲'), field('统一社会信用代码', '')];
    expect(kind('none', false, ...unit)).toBe('unit');
    expect(kind('point', true, field('A', 'x'))).toBe('component');
    expect(kind('none', false, field('A', 'x'), field('B', 'y'))).toBeNull();
  });
});
