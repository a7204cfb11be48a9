import { describe, expect, it } from 'vitest';
import { allRows, delivered, groupOf } from '../../../tests/delivered.ts';
import { csvFormat } from '../csv/index.ts';

/** Rows as a printed register has them; csv, since sheets go the same way. */
const read = async (...lines: string[]) => {
  const [table] = await csvFormat.open(groupOf(delivered('a.csv', lines.join('\n'))));
  const rows = await allRows(table);
  const doubts = Object.fromEntries((table?.info.doubts ?? []).map(({ code, data }) => [code, data]));
  return { names: table?.info.fields.map(({ name }) => name), rows, doubts, counted: table?.info.rows };
};
const HEAD = '序号,部件名称,权属单位,数量,位置';
const row = (n: number) => `${n},路灯,北京市路灯管理中心,1,清河路${n}号`;
const firsts = (rows: { values: Record<string, string | null> }[]) =>
  rows.map(({ values }) => Object.values(values)[0]);

describe('rows below the header that explain it', () => {
  it.each([
    ['units', ',（文字）,（全称）,（个）,（米）'],
    ['a note', '（单位：个）,,,,'],
    ['types', '数字,文本(30),文本(100),数字,文本'],
    ['column numbers', '1,2,3,4,5'],
    ['column numbers in brackets', '(1),(2),(3),(4),(5)'],
    ['letters', 'A,B,C,D,E'],
    ['甲 乙 1 2 3', '甲,乙,1,2,3'],
  ])('%s', async (_, below) => {
    const { rows, names, counted } = await read(HEAD, below, row(1), row(2), row(3));
    expect(names).toEqual(HEAD.split(','));
    expect(firsts(rows)).toEqual(['1', '2', '3']);
    expect(counted).toBe(3);
  });
  it('are not rows of numbers', async () => {
    expect((await read('a,b,c,d', '1,2,3,4', '5,6,7,8')).rows).toHaveLength(2);
    expect((await read('a,b', '1,2', '甲,乙')).rows).toHaveLength(2);
  });
});

describe('rows that are no data', () => {
  it('sums are named and left out', async () => {
    const lines = [HEAD, row(1), row(2), '小 计,,,2,', row(3), '合计：3,,,,', ',总计,,3,'];
    const { rows, doubts, counted } = await read(...lines);
    expect(firsts(rows)).toEqual(['1', '2', '3']);
    expect(counted).toBe(3);
    expect(doubts['total-rows']).toEqual({ count: 3, rows: '4, 6, 7' });
  });
  it('headings printed on every page are passed over', async () => {
    const { rows, doubts } = await read(HEAD, row(1), HEAD, row(2), HEAD, row(3));
    expect(firsts(rows)).toEqual(['1', '2', '3']);
    expect(doubts['repeated-header']).toEqual({ count: 2, rows: '3, 5' });
  });
  it('notes and signatures at the foot are left out', async () => {
    const { rows, doubts } = await read(HEAD, row(1), row(2), '填表人：张三,,,审核：李四,', '注：以现场为准,,,,');
    expect(firsts(rows)).toEqual(['1', '2']);
    expect(doubts['foot-rows']).toMatchObject({ count: 2 });
  });
  it('a row about something stays, whatever it is called', async () => {
    const { rows } = await read(
      HEAD,
      row(1),
      '合计,110108010010000' + '01,某单位,1,某处',
      '备注：有,路灯,某单位,1,某处',
    );
    expect(rows).toHaveLength(3);
  });
  it('lines stay where a file has no header', async () => {
    expect((await read('1,2,3', '合计,2,3', '1,2,3')).rows).toHaveLength(3);
  });
});

describe('a two-row header in a csv', () => {
  it('has its groups back, as merged cells would say', async () => {
    const { names, rows } = await read(
      '部件标识码,权属信息,,养护信息,,备注',
      ',单位名称,单位代码,单位名称,单位代码,',
      '11010801001000001,甲,1,乙,2,x',
      '11010801001000002,甲,1,乙,2,y',
    );
    expect(names).toEqual([
      '部件标识码',
      '权属信息/单位名称',
      '权属信息/单位代码',
      '养护信息/单位名称',
      '养护信息/单位代码',
      '备注',
    ]);
    expect(rows).toHaveLength(2);
  });
  it('also where the groups are few', async () => {
    const { names } = await read(
      '权属,,,,养护,,,',
      '名称,代码,电话,地址,名称,代码,电话,地址',
      ...['1', '2', '3'].map((n) => `甲,${n},010-62512345,乙${n},丙,${n},010-62512346,丁`),
    );
    expect(names?.slice(3, 6)).toEqual(['权属/地址', '养护/名称', '养护/代码']);
  });
  it('is not seen in data under a heading that is blank', async () => {
    const { names, rows } = await read('名称,,备注', '路灯,甲,乙', '井盖,1,2');
    expect(names).toEqual(['名称', 'column_2', '备注']);
    expect(rows).toHaveLength(2);
  });
});
