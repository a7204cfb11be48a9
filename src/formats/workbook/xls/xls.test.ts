import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { allRows, delivered } from '../../../../tests/delivered.ts';
import { bof, bookStream, cell, compound, eof, record, wide, xlsBook } from '../../../../tests/xls-book.ts';
import { openDelivery } from '../../delivery.ts';
import type { SourceRow, TableInfo } from '../../format.ts';

interface Read {
  infos: TableInfo[];
  rows: SourceRow[][];
  doubts: string[];
}

async function open(bytes: Uint8Array, name = '清单.xls'): Promise<Read> {
  const { tables, doubts } = await openDelivery([delivered(name, bytes)]);
  const rows: SourceRow[][] = [];
  for (const table of tables) rows.push(await allRows(table));
  const codes = [...doubts, ...tables.flatMap(({ info }) => info.doubts)].map(({ code }) => code);
  return { infos: tables.map(({ info }) => info), rows, doubts: codes };
}

const u16 = (value: number): Buffer => Buffer.of(value & 0xff, value >> 8);
const style = (format: number): Buffer => record(0x00e0, u16(0), u16(format), Buffer.alloc(16));
const sst = (...parts: Uint8Array[]): Buffer[] => [
  record(0x00fc, Buffer.from([9, 0, 0, 0, 9, 0, 0, 0]), ...parts.slice(0, 1)),
  ...parts.slice(1).map((part) => record(0x003c, part)),
];
const one = (...records: Uint8Array[]): { name: string; records: Uint8Array[] }[] => [{ name: '表', records }];

describe('reading xls (BIFF8)', () => {
  it('reads every kind of cell', async () => {
    const { infos, rows, doubts } = await open(
      xlsBook(
        one(
          ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, column) => cell.wide(0, column, name)),
          cell.number(1, 0, 1.5),
          cell.rk(1, 1, -123, true),
          cell.mulRk(1, 2, [7, 8]),
          cell.bool(1, 4, true),
          cell.error(1, 5, 0x2a),
          cell.formula(1, 6, '甲乙'),
          cell.formula(1, 7, 0.1),
          cell.number(2, 0, 1e-7),
          cell.number(2, 1, Number('1101080103000123456')),
        ),
      ),
    );
    expect(infos).toMatchObject([{ name: '表', format: 'workbook', rows: 2, encoding: { name: null } }]);
    expect(rows[0]?.[0]?.values).toEqual({
      a: '1.5',
      b: '-1.23',
      c: '7',
      d: '8',
      e: 'TRUE',
      f: null,
      g: '甲乙',
      h: '0.1',
    });
    expect(rows[0]?.[0]?.faults).toMatchObject([
      { field: 'f', code: 'cell-error', message: expect.stringContaining('#N/A') },
    ]);
    expect(rows[0]?.[1]).toMatchObject({ row: 3, values: { a: '0.0000001', b: '1101080103000123400' } });
    expect(rows[0]?.[1]?.faults?.map(({ code }) => code)).toEqual(['rounded-number']);
    expect(doubts).toEqual([]);
  });

  it('reads dates by the format of their cells, in both date systems', async () => {
    const globals = [
      record(0x041e, u16(164), wide('yyyy"年"m"月"d"日"')),
      record(0x041e, u16(165), wide('0.00')),
      ...[0, 164, 165, 22].map(style),
    ];
    const sheet = one(
      ...['a', 'b', 'c', 'd'].map((name, column) => cell.wide(0, column, name)),
      ...[0, 1, 2, 3].map((column) => cell.number(1, column, 46204.25, column)),
    );
    const plain = await open(xlsBook(sheet, globals));
    expect(plain.rows[0]?.[0]?.values).toEqual({
      a: '46204.25',
      b: '2026-07-01T06:00:00',
      c: '46204.25',
      d: '2026-07-01T06:00:00',
    });
    const mac = await open(xlsBook(sheet, [record(0x0022, u16(1)), ...globals]));
    expect(mac.rows[0]?.[0]?.values['d']).toBe('2030-07-02T06:00:00');
  });

  it('reads shared strings over continued records, narrow and wide, rich and phonetic', async () => {
    const rich = Buffer.concat([u16(2), Buffer.of(0x09), u16(1), Buffer.from('井盖', 'utf16le'), Buffer.alloc(4)]);
    const phonetic = Buffer.concat([
      u16(1),
      Buffer.of(0x05),
      Buffer.from([6, 0, 0, 0]),
      Buffer.from('路', 'utf16le'),
      Buffer.alloc(6, 0x41),
    ]);
    // Six characters, of which two narrow ones still fit; the rest goes on wide in the next record.
    const begins = Buffer.concat([u16(6), Buffer.of(0), Buffer.from('ab')]);
    const goesOn = Buffer.concat([Buffer.of(1), Buffer.from('中关村街', 'utf16le')]);
    const { rows } = await open(
      xlsBook(
        one(
          ...[0, 1, 2, 3, 9]
            .flatMap((index, column) => [cell.wide(0, column, `c${column}`), cell.shared(1, column, index)])
            .toSorted((a, b) => (a[4] ?? 0) - (b[4] ?? 0)),
        ),
        sst(Buffer.concat([rich, phonetic, begins]), Buffer.concat([goesOn, wide('末')])),
      ),
    );
    expect(rows[0]?.[0]?.values).toEqual({ c0: '井盖', c1: '路', c2: 'ab中关村街', c3: '末', c4: null });
    expect(rows[0]?.[0]?.faults).toMatchObject([{ field: 'c4', code: 'cell-damaged' }]);
  });

  it('finds headers of two rows by merged cells, and titles', async () => {
    const { infos, rows } = await open(
      xlsBook(
        one(
          cell.wide(0, 0, '登记表'),
          cell.wide(1, 0, '编码'),
          cell.wide(1, 1, '坐标'),
          cell.wide(2, 1, 'X'),
          cell.wide(2, 2, 'Y'),
          cell.wide(3, 0, '0103'),
          cell.number(3, 1, 1),
          cell.number(3, 2, 2),
          cell.merged([0, 0, 0, 2], [1, 2, 0, 0], [1, 1, 1, 2]),
        ),
      ),
    );
    expect(infos[0]?.fields.map(({ name }) => name)).toEqual(['编码', '坐标/X', '坐标/Y']);
    expect(rows[0]?.[0]).toMatchObject({ row: 4, values: { 编码: '0103', '坐标/X': '1', '坐标/Y': '2' } });
  });

  it('sorts cells that were written column by column', async () => {
    const { rows } = await open(
      xlsBook(
        one(
          ...[0, 1].flatMap((column) =>
            [0, 1, 2].map((row) => cell.wide(row, column, row === 0 ? `n${column}` : `${row}${column}`)),
          ),
          cell.merged([0, 0, 5, 6]),
        ),
      ),
    );
    expect(rows[0]?.map(({ values }) => values)).toEqual([
      { n0: '10', n1: '11' },
      { n0: '20', n1: '21' },
    ]);
  });

  it('names hidden and empty sheets and passes over charts', async () => {
    const chart = Buffer.concat([bof(0x0600, 0x0020), cell.wide(0, 0, 'in a chart'), eof]);
    const table = [cell.wide(0, 0, 'a'), chart, cell.wide(1, 0, 'x')];
    const { infos, doubts } = await open(
      xlsBook([
        { name: '一', records: table },
        { name: '二', records: [] },
        { name: '三', records: table, state: 1 },
      ]),
    );
    expect(infos.map(({ name, rows }) => [name, rows])).toEqual([
      ['一', 1],
      ['三', 1],
    ]);
    expect(doubts.toSorted()).toEqual(['empty-sheets', 'hidden-sheet']);
  });

  it('reads small workbooks out of the small streams', async () => {
    const { infos } = await open(xlsBook(one(cell.wide(0, 0, 'a'), cell.wide(1, 0, 'x'))));
    expect(infos[0]?.rows).toBe(1);
  });
});

describe('reading xls (BIFF5)', () => {
  const gbk = (text: string): Buffer => iconv.encode(text, 'gbk');
  const names = ['中关村街道雨水井盖', '学院路检查井盖', '五道口路灯'];
  const records = (encode: (text: string) => Uint8Array): Uint8Array[] => [
    cell.bytes(0, 0, encode('名称')),
    cell.bytes(0, 1, encode('编码')),
    ...names.flatMap((name, i) => [cell.bytes(i + 1, 0, encode(name)), cell.bytes(i + 1, 1, encode(`010${i}`))]),
  ];
  const book = (codepage: number | null, encode: (text: string) => Uint8Array): Buffer =>
    compound({
      Book: bookStream([{ name: '部件', records: records(encode) }], {
        version: 0x0500,
        globals: codepage === null ? [] : [record(0x0042, u16(codepage))],
        encode,
      }),
    });

  it.each([
    ['says 936', book(936, gbk), 'GBK'],
    ['says 1252 and is GBK', book(1252, gbk), 'GB18030'],
    ['says nothing', book(null, gbk), 'GB18030'],
  ])('text that %s', async (_, bytes, name) => {
    const { infos, rows } = await open(bytes);
    expect(infos[0]).toMatchObject({ name: '部件', encoding: { name } });
    expect(rows[0]?.map(({ values }) => values['名称'])).toEqual(names);
    expect(rows[0]?.map(({ values }) => values['编码'])).toEqual(['0100', '0101', '0102']);
  });

  it('reads Big5 where the text says so', async () => {
    const big5 = (text: string): Buffer => iconv.encode(text, 'big5');
    const words = ['中關村街道雨水井蓋', '學院路檢查井蓋', '五道口路燈'];
    const cells = ['名稱', ...words].map((word, row) => cell.bytes(row, 0, big5(word)));
    const globals = [record(0x0042, u16(950))];
    const { infos, rows } = await open(
      compound({ Book: bookStream([{ name: '表', records: cells }], { version: 0x0500, globals, encode: big5 }) }),
    );
    expect(infos[0]?.encoding.name).toBe('Big5');
    expect(rows[0]?.map(({ values }) => values['名稱'])).toEqual(words);
  });

  it('reads records without a container, as simple exporters write them', async () => {
    const stream = Buffer.concat([record(0x0809, u16(0), u16(0x10), Buffer.alloc(4)), ...records(gbk), eof]);
    const { infos, rows } = await open(stream);
    expect(infos[0]?.name).toBe('清单');
    expect(rows[0]?.map(({ values }) => values['名称'])).toEqual(names);
  });

  it('prefers the later half of a file for Excel 95 and 97 both', async () => {
    const later = bookStream([{ name: '新', records: [cell.wide(0, 0, 'a'), cell.wide(1, 0, 'x')] }]);
    const earlier = bookStream([{ name: 'alt', records: records(gbk) }], { version: 0x0500 });
    expect((await open(compound({ Book: earlier, Workbook: later }))).infos.map(({ name }) => name)).toEqual(['新']);
  });
});

describe('xls that cannot be used', () => {
  const table = [cell.wide(0, 0, 'a'), cell.wide(1, 0, 'x')];
  it.each([
    ['protected', xlsBook(one(...table), [record(0x002f, Buffer.alloc(6))])],
    ['protected', compound({ EncryptedPackage: new Uint8Array(8), EncryptionInfo: new Uint8Array(8) })],
    ['not-a-workbook', compound({ WordDocument: new Uint8Array(8) })],
    ['not-a-workbook', compound({ Workbook: new Uint8Array(8) })],
    ['xls-too-old', Buffer.concat([record(0x0409, u16(0), u16(0x10)), cell.bytes(0, 0, Buffer.from('a')), eof])],
    ['workbook-damaged', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, ...new Uint8Array(600))],
    ['mislabelled', Uint8Array.from({ length: 600 }, (_, i) => (i * 7) % 251)],
  ])('%s', async (code, bytes) => {
    const { tables, doubts } = await openDelivery([delivered('a.xls', bytes)]);
    expect(tables).toEqual([]);
    expect(doubts).toMatchObject([{ code, data: { file: 'a.xls' } }]);
  });

  it('ends where chains of sectors go round in circles', async () => {
    const bytes = xlsBook(one(...table));
    for (let at = 512; at < 1024; at += 4) if (bytes.readUInt32LE(at) < 100) bytes.writeUInt32LE(3, at);
    expect((await open(bytes)).doubts.length + (await open(bytes)).infos.length).toBeGreaterThan(0);
  });

  it('believes no count of shared strings', async () => {
    const lying = record(0x00fc, Buffer.from('ffffffffffffff7f', 'hex'), wide('a'));
    const { rows } = await open(xlsBook(one(cell.wide(0, 0, 'h'), cell.shared(1, 0, 0)), [lying]));
    expect(rows[0]?.[0]?.values).toEqual({ h: 'a' });
  });
});

describe('files that are called xls', () => {
  const page = (head: string): string =>
    `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>${head}<style>td{mso-number-format:"\\@"}</style></head><body><!-- <table> --><table border=1>` +
    `<tr><th colspan=2>部件登记表</th></tr><tr><th rowspan="1">编码<th>名&nbsp;称</tr>` +
    `<tr><td>1101080103000123</td><td>雨水<br>井盖&lt;1&gt;</td></tr><tr><td x:num="0.123456789">0.12<td><table><tr><td>内</td><td>层</td></tr></table></table></body></html>`;

  it('are read as pages of tables, whatever their encoding', async () => {
    for (const bytes of [
      Buffer.from(page('<meta charset="utf-8">')),
      iconv.encode(page('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'), 'gbk'),
      iconv.encode(`\ufeff${page('')}`, 'utf-16le'),
    ]) {
      const { infos, rows, doubts } = await open(bytes);
      expect(infos[0]?.fields.map(({ name }) => name)).toEqual(['编码', '名 称']);
      expect(rows[0]?.map(({ values }) => Object.values(values))).toEqual([
        ['1101080103000123', '雨水\n井盖<1>'],
        ['0.123456789', '内层'],
      ]);
      expect(doubts).toEqual(['read-as', 'title-rows']);
    }
  });

  it('leave room for cells that reach down', async () => {
    const html = '<table><tr><td>a<td>b</tr><tr><td rowspan=2>1<td>x</tr><tr><td>y</tr><tr><td>2<td>z</tr></table>';
    const { rows } = await open(Buffer.from(html));
    expect(rows[0]?.map(({ values }) => Object.values(values))).toEqual([
      ['1', 'x'],
      [null, 'y'],
      ['2', 'z'],
    ]);
  });

  it('are read as XML spreadsheets', async () => {
    const xml = (cells: string): string =>
      `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">` +
      `<Worksheet ss:Name="甲"><Table ss:ExpandedColumnCount="99999999" ss:ExpandedRowCount="99999999"><Row ss:Index="2"><Cell><Data ss:Type="String">编码</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">日期</Data></Cell></Row>${cells}</Table></Worksheet>` +
      `<Worksheet ss:Name="乙"><Table><Row><Cell><Data ss:Type="String">n</Data></Cell></Row><Row><Cell><Data ss:Type="Number">1101080103000123456</Data></Cell></Row></Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>`;
    const { infos, rows, doubts } = await open(
      Buffer.from(
        xml(
          '<Row><Cell><ss:Data ss:Type="String"><B>01</B>03</ss:Data></Cell><Cell ss:Index="3"><Data ss:Type="DateTime">2026-07-01T00:00:00.000</Data></Cell></Row>',
        ),
      ),
    );
    expect(infos.map(({ name }) => name)).toEqual(['甲', '乙']);
    expect(rows[0]).toMatchObject([{ row: 3, values: { 编码: '0103', column_2: null, 日期: '2026-07-01' } }]);
    expect(rows[1]?.[0]).toMatchObject({ values: { n: '1101080103000123456' }, faults: [{ code: 'rounded-number' }] });
    expect(doubts.toSorted()).toEqual(['hidden-sheet', 'read-as', 'read-as']);
    expect((await open(Buffer.from(xml('<Row><Cell>')))).doubts).toEqual(['workbook-damaged']);
    expect(
      (await open(Buffer.from(xml('').replace('<Workbook', '<!DOCTYPE a [<!ENTITY b "c">]><Workbook')))).doubts,
    ).toEqual(['xml-doctype']);
  });

  it('are read as text between tabs', async () => {
    const { rows, doubts, infos } = await open(
      iconv.encode('编码\t名称\r\n0103\t中关村街道雨水井盖\r\n0104\t学院路路灯检查井\r\n', 'gbk'),
    );
    expect(rows[0]?.[0]?.values).toEqual({ 编码: '0103', 名称: '中关村街道雨水井盖' });
    expect(infos[0]?.encoding.name).toBe('GB18030');
    expect(doubts).toEqual(['read-as']);
  });

  it('and old ones that are called xlsx', async () => {
    const { doubts, rows } = await open(xlsBook(one(cell.wide(0, 0, 'a'), cell.wide(1, 0, 'x'))), 'a.xlsx');
    expect(rows[0]).toHaveLength(1);
    expect(doubts).toEqual(['read-as']);
  });

  it('are refused where there is no table in them', async () => {
    expect((await open(Buffer.from('<html><body>not found</body></html>'))).doubts).toEqual(['mislabelled']);
    expect((await open(Buffer.from('<kml/>'))).doubts).toEqual(['mislabelled']);
  });
});
