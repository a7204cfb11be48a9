import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { allRows, delivered, gdal, groupOf, scratchFolder } from '../../../tests/delivered.ts';
import type { ReadOptions, WriteTable } from '../format.ts';
import { csvFormat, writeCsv } from './index.ts';

const folder = scratchFolder();

const read = async (content: string | Uint8Array, name = 'a.csv', options: ReadOptions = {}) => {
  const [table] = await csvFormat.open(groupOf(delivered(name, content)), options);
  const rows = await allRows(table);
  return { info: table?.info, rows, values: rows.map(({ values }) => Object.values(values)) };
};

describe('reading csv', () => {
  it('keeps everything as text', async () => {
    const { info, values } = await read('编号,名称,日期\n0011010800100100123,路灯, 1.50\n');
    expect(info?.fields.map(({ name, type }) => [name, type])).toEqual([
      ['编号', 'text'],
      ['名称', 'text'],
      ['日期', 'text'],
    ]);
    expect(values).toEqual([['0011010800100100123', '路灯', ' 1.50']]);
  });

  it.each([
    ['GBK', iconv.encode('名称,街道\n雨水井盖,中关村街道\n路灯,学院路街道\n', 'gbk'), 'GB18030'],
    ['UTF-8 with a mark', Buffer.from('\ufeff名称,街道\n雨水井盖,中关村街道\n路灯,学院路街道\n'), 'UTF-8'],
    [
      'UTF-16LE with a mark',
      iconv.encode('名称,街道\n雨水井盖,中关村街道\n路灯,学院路街道\n', 'utf-16le', { addBOM: true }),
      'UTF-16LE',
    ],
    [
      'UTF-16LE without',
      iconv.encode('id,名称,街道\r\n1,雨水井盖,中关村街道\r\n2,路灯,学院路街道\r\n', 'utf-16le'),
      'UTF-16LE',
    ],
    [
      'UTF-16BE without',
      iconv.encode('id,名称,街道\r\n1,雨水井盖,中关村街道\r\n2,路灯,学院路街道\r\n', 'utf-16be'),
      'UTF-16BE',
    ],
  ])('recognises %s', async (_, bytes, name) => {
    const { info, rows } = await read(bytes);
    expect(info?.encoding.name).toBe(name);
    expect(info?.encoding.confidence).toBeGreaterThanOrEqual(0.8);
    expect(rows.map(({ values }) => values['名称'])).toEqual(['雨水井盖', '路灯']);
  });

  it.each([
    ['\t', 'a.txt'],
    [';', 'a.csv'],
    ['|', 'a.txt'],
    ['，', 'a.txt'],
  ])('finds the delimiter %j', async (delimiter, name) => {
    const { values } = await read(
      [
        ['名称', '代码'],
        ['a,b', '01'],
        ['c', '02'],
      ]
        .map((cells) => cells.join(delimiter))
        .join('\n'),
      name,
    );
    expect(values).toEqual([
      ['a,b', '01'],
      ['c', '02'],
    ]);
  });

  it('gives the line on which a row begins, past quoted line ends and blank lines', async () => {
    const { rows } = await read('a,b\r\n1,"x\r\ny"\r\n\r\n2,"p ""q"""\r\n3,z');
    expect(rows.map(({ row, values }) => [row, values['a'], values['b']])).toEqual([
      [2, '1', 'x\r\ny'],
      [5, '2', 'p "q"'],
      [6, '3', 'z'],
    ]);
  });

  it('takes rows above the header for titles and says so', async () => {
    const { info, rows } = await read('海淀区部件清单,,\n填报单位：城管委,,\n序号,名称,数量\n1,路灯,3\n2,井盖,4\n');
    expect(info).toMatchObject({ rows: 2, headerRow: 2 });
    expect(info?.doubts[0]).toMatchObject({
      code: 'title-rows',
      data: { titles: ['海淀区部件清单', '填报单位：城管委'] },
    });
    expect(rows[0]).toMatchObject({ row: 4, values: { 序号: '1', 名称: '路灯', 数量: '3' } });
  });

  it('sees that there is no header, and obeys a person who knows better', async () => {
    const content = '110108001,路灯,3\n110108002,井盖,4\n';
    expect((await read(content)).info).toMatchObject({ rows: 2, headerRow: -1, doubts: [{ code: 'no-header' }] });
    expect((await read(content, 'a.csv', { headerRow: 0 })).info?.fields[0]?.name).toBe('110108001');
    expect((await read('名称\n路灯\n', 'a.csv', { headerRow: -1 })).info?.rows).toBe(2);
  });

  it('keeps the cells of ragged rows', async () => {
    const { info, values } = await read('a,b\n1\n1,2,3\n1,2\n');
    expect(values).toEqual([
      ['1', null, null],
      ['1', '2', '3'],
      ['1', '2', null],
    ]);
    expect(info?.doubts[0]).toMatchObject({ code: 'ragged-rows' });
  });

  it('reads on where quotes do not pair up', async () => {
    const { info, values } = await read('a,b\n"1,2\n3,4\n');
    expect(info?.doubts[0]?.code).toBe('quotes-broken');
    expect(values).toEqual([
      ['"1', '2'],
      ['3', '4'],
    ]);
  });

  it('spells NUL out and names the cell', async () => {
    const { rows } = await read('a,b\n1,x\0y\n2,z\n3,z\n4,z\n5,z\n6,z\n7,z\n8,z\n9,z\n10,z\n11,z\n');
    expect(rows[0]).toMatchObject({
      values: { b: String.raw`x\x00y` },
      faults: [{ field: 'b', code: 'control-characters' }],
    });
  });

  it.each([
    ['empty', new Uint8Array(0)],
    ['mislabelled', Buffer.from('PK\u0003\u0004zzzz')],
    ['not-text', Buffer.from([1, 0, 2, 10, 0, 0, 10, 3, 0])],
  ])('refuses what is no text: %s', async (code, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code });
  });
});

describe('writing csv', () => {
  const table: WriteTable = {
    name: 't',
    geometry: 'point',
    crs: { code: 'EPSG:4490', wkt: '', geographic: true },
    fields: [
      { name: 'code', title: '编码', type: 'text' },
      { name: 'note', title: '备注', type: 'text' },
      { name: 'n', title: '数', type: 'real' },
    ],
    rows: [
      {
        values: { code: '011010800100100123', note: '=1+1,"甲"\n乙', n: 0.0000001 },
        shape: { type: 'Point', coordinates: [116.3, 39.1234567891234] },
      },
      { values: { code: ' a ', note: null, n: null }, shape: null },
    ],
  };

  it('writes a mark, CRLF, quotes where needed and coordinates; alters nothing', async () => {
    writeCsv(table, join(folder, 'a.csv'));
    const text = readFileSync(join(folder, 'a.csv'), 'utf8');
    expect(text).toBe(
      '\ufeff编码,备注,数,lon,lat\r\n011010800100100123,"=1+1,""甲""\n乙",0.0000001,116.3,39.123456789\r\n" a ",,,,\r\n',
    );
    const { values } = await read(readFileSync(join(folder, 'a.csv')));
    expect(values[0]).toEqual(['011010800100100123', '=1+1,"甲"\n乙', '0.0000001', '116.3', '39.123456789']);
    expect(gdal('ogrinfo', '-al', join(folder, 'a.csv'))).toContain('编码 (String) = 011010800100100123');
  });

  it('writes GBK and reports what GBK has not', () => {
    const rows = [{ values: { code: '𠮷', note: '路灯', n: 1 }, shape: null }];
    const { losses } = writeCsv({ ...table, geometry: 'none', rows }, join(folder, 'g.csv'), { encoding: 'gbk' });
    expect(losses).toEqual([{ row: 1, field: 'code', code: 'not-in-encoding', value: '𠮷' }]);
    expect(iconv.decode(readFileSync(join(folder, 'g.csv')), 'gbk')).toBe('编码,备注,数\r\n?,路灯,1\r\n');
  });
});
