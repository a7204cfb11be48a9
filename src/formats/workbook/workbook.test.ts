import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import exceljs from 'exceljs';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { allRows, delivered, groupOf, scratchFolder } from '../../../tests/delivered.ts';
import { compound } from '../../../tests/xls-book.ts';
import type { WriteTable } from '../format.ts';
import { isDateFormat, serialToIso } from './dates.ts';
import { workbookFormat, writeWorkbook } from './index.ts';

const folder = scratchFolder();

const open = async (bytes: Uint8Array) => await workbookFormat.open(groupOf(delivered('表.xlsx', bytes)));
const read = async (bytes: Uint8Array) => {
  const [table] = await open(bytes);
  return { info: table?.info, rows: await allRows(table) };
};

/** A workbook from the XML of its first sheet alone. */
function rawBook(sheet: string, parts: Record<string, string> = {}): Uint8Array {
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const files: Record<string, string> = {
    '_rels/.rels': `<Relationships><Relationship Id="r1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<x:workbook xmlns:x="a" xmlns:r="b"><x:sheets><x:sheet name="甲" r:id="r1"/></x:sheets></x:workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="r1" Type="${relation}/worksheet" Target="/xl/worksheets/sheet1.xml"/><Relationship Id="r2" Type="${relation}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<?xml version="1.0"?><worksheet>${sheet}</worksheet>`,
    ...parts,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

async function book(fill: (sheet: exceljs.Worksheet, whole: exceljs.Workbook) => void): Promise<Uint8Array> {
  const whole = new exceljs.Workbook();
  fill(whole.addWorksheet('表'), whole);
  return new Uint8Array(await whole.xlsx.writeBuffer());
}

describe('reading a workbook', () => {
  it('reads words, numbers, dates, formulas, links, rich text and errors', async () => {
    const bytes = await book((sheet) => {
      sheet.addRow(['名称', '数', '日期', '时间', '公式', '链接', '富文本', '错误', '真']);
      const row = sheet.addRow(['路灯', 0.1, new Date('2026-07-01T00:00:00Z'), new Date('2026-07-01T08:30:05Z')]);
      row.getCell(5).value = { formula: 'B2*2', result: 39.907500000000006 };
      row.getCell(6).value = { text: '照片', hyperlink: 'http://example.invalid' };
      row.getCell(7).value = { richText: [{ text: '雨水' }, { font: { bold: true }, text: '井盖' }] };
      row.getCell(8).value = { error: '#N/A' };
      row.getCell(9).value = true;
    });
    const { rows } = await read(bytes);
    expect(rows).toEqual([
      {
        row: 2,
        values: {
          名称: '路灯',
          数: '0.1',
          日期: '2026-07-01',
          时间: '2026-07-01T08:30:05',
          公式: '39.907500000000006',
          链接: '照片',
          富文本: '雨水井盖',
          错误: null,
          真: 'TRUE',
        },
        shape: null,
        faults: [{ field: '错误', code: 'cell-error', message: 'The formula in this cell failed: #N/A.' }],
      },
    ]);
  });

  it('says which codes were rounded by being numbers', async () => {
    const bytes = rawBook(
      '<sheetData><row><c t="inlineStr"><is><t>编码</t></is></c></row><row><c><v>1.10108001001E+16</v></c></row><row><c><v>110108001001000</v></c></row></sheetData>',
    );
    const { rows } = await read(bytes);
    expect(rows.map(({ values, faults }) => [values['编码'], faults?.[0]?.code])).toEqual([
      ['11010800100100000', 'rounded-number'],
      ['110108001001000', undefined],
    ]);
  });

  it('passes over titles and joins a header of two rows', async () => {
    const bytes = await book((sheet) => {
      sheet.addRow(['海淀区部件普查表']);
      sheet.mergeCells('A1:E1');
      sheet.addRow(['编号', '名称', '坐标', null, '权属单位']);
      sheet.addRow([null, null, 'X', 'Y', null]);
      for (const merge of ['A2:A3', 'B2:B3', 'C2:D2', 'E2:E3']) sheet.mergeCells(merge);
      sheet.addRow(['01', '路灯', 1, 2, '市政']);
      sheet.addRow(['02', '井盖', 3, 4, '水务']);
    });
    const { info, rows } = await read(bytes);
    expect(info?.fields.map(({ name }) => name)).toEqual(['编号', '名称', '坐标/X', '坐标/Y', '权属单位']);
    expect(info).toMatchObject({ rows: 2, headerRow: 1, doubts: [{ code: 'title-rows' }] });
    expect(rows.map(({ row }) => row)).toEqual([4, 5]);
  });

  it('gives every sheet with something in it, hidden ones with a doubt', async () => {
    const bytes = await book((sheet, whole) => {
      sheet.addRow(['a']);
      sheet.addRow([1]);
      const hidden = whole.addWorksheet('藏');
      hidden.state = 'veryHidden';
      hidden.addRow(['b']);
      hidden.addRow([2]);
      whole.addWorksheet('空');
    });
    const tables = await open(bytes);
    expect(tables.map(({ info }) => [info.name, info.doubts.map(({ code }) => code)])).toEqual([
      ['表', ['empty-sheets']],
      ['藏', ['hidden-sheet']],
    ]);
  });

  it('reads shared strings without their phonetic guides, escapes, and cells without references', async () => {
    const { info, rows } = await read(
      rawBook(
        '<sheetData><row r="3"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="9"><c t="s"><v>9</v></c><c t="str"><v>a_x000D_b_x005F_x0041_</v></c></row></sheetData>',
        {
          'xl/sharedStrings.xml':
            '<sst><si><t>名</t><rPh><t>ming</t></rPh></si><si><r><t>备</t></r><r><t xml:space="preserve">注 </t></r></si></sst>',
        },
      ),
    );
    expect(info?.fields.map(({ name }) => name)).toEqual(['名', '备注']);
    expect(rows[0]).toMatchObject({
      row: 9,
      values: { 名: null, 备注: 'a\rb_x0041_' },
      faults: [{ code: 'cell-damaged' }],
    });
  });

  it('is not impressed by absurd dimensions', async () => {
    const cells =
      '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>';
    const { info, rows } = await read(rawBook(`<dimension ref="A1:XFD1048576"/><sheetData>${cells}</sheetData>`));
    expect(info?.rows).toBe(1);
    expect(rows[0]?.row).toBe(1048576);
    expect(rows[0]?.values['column_16384']).toBe('1');
  });

  it('refuses a table made endless by one far cell', async () => {
    const many = '<row><c r="A1"><v>1</v></c></row>'.repeat(40_000);
    const wide = '<row r="1"><c r="XFD1"><v>1</v></c></row>';
    await expect(read(rawBook(`<sheetData>${wide}${many}</sheetData>`))).rejects.toMatchObject({
      code: 'table-too-large',
    });
  });

  it.each([
    [
      'xml-doctype',
      rawBook('<sheetData/>', { 'xl/workbook.xml': '<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>' }),
    ],
    ['workbook-damaged', rawBook('<sheetData><row>')],
    ['not-a-workbook', zipSync({ 'a.txt': strToU8('x') })],
    ['mislabelled', strToU8('<html><table></table></html>')],
    ['empty', new Uint8Array(0)],
    ['workbook-damaged', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, ...new Uint8Array(600))],
    ['protected', compound({ EncryptedPackage: new Uint8Array(100), EncryptionInfo: new Uint8Array(100) })],
    ['workbook-damaged', rawBook('<sheetData/>', { 'xl/_rels/workbook.xml.rels': '<Relationships/>' })],
    ['zip-bomb', rawBook(`<sheetData>${' '.repeat(40 * 1024 * 1024)}</sheetData>`)],
  ])('refuses with %s', async (code, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code });
  });
});

describe('dates', () => {
  it.each([
    [1, '1900-01-01'],
    [59, '1900-02-28'],
    [61, '1900-03-01'],
    [46204, '2026-07-01'],
    [46204.999999, '2026-07-02'],
    [0.5, '12:00:00'],
    [-1, null],
    [3e6, null],
  ])('serial %d is %j', (serial, iso) => expect(serialToIso(serial, false)).toBe(iso));

  it('knows date formats from others', () => {
    expect(serialToIso(44742, true)).toBe('2026-07-01');
    expect(['yyyy"年"m"月"d"日"', '[$-804]yyyy/m/d;@', 'h:mm:ss'].every((code) => isDateFormat(164, code))).toBe(true);
    expect(
      ['0.00"m"', '#,##0;[Red]-#,##0', 'General', '[h]:mm', '@', '0.00E+00'].some((code) => isDateFormat(164, code)),
    ).toBe(false);
    expect([14, 22, 31, 57].every((id) => isDateFormat(id, undefined))).toBe(true);
  });
});

describe('writing a workbook', () => {
  const table: WriteTable = {
    name: '部件[1]',
    geometry: 'point',
    crs: { code: 'EPSG:4548', wkt: '', geographic: false },
    fields: [
      { name: 'code', title: '编码', type: 'text' },
      { name: 'note', title: '备注', type: 'text' },
      { name: 'n', title: '数', type: 'real' },
      { name: 'on', title: '日期', type: 'date' },
    ],
    rows: [
      {
        values: { code: '11010800100100123', note: '=HYPERLINK("x")', n: '1.25', on: '2026-07-01' },
        shape: { type: 'Point', coordinates: [440000.12345, 4420000] },
      },
      { values: { code: '+1', note: 'a\u0001_x0041_', n: '12345678901234567890', on: '不详' }, shape: null },
    ],
  };

  it('keeps codes and would-be formulas as text, numbers and dates as such, and reads back the same', async () => {
    const path = join(folder, 'a.xlsx');
    const { losses } = await writeWorkbook(table, path);
    expect(losses).toEqual([{ row: 2, field: 'note', code: 'control-characters', value: 'a\u0001_x0041_' }]);
    const bytes = readFileSync(path);
    const xml = Buffer.from(unzipSync(bytes)['xl/worksheets/sheet1.xml'] ?? []).toString();
    expect(xml).not.toContain('<f>');
    expect(xml).toContain('state="frozen"');
    const { info, rows } = await read(bytes);
    expect(info?.name).toBe('部件 1');
    expect(rows.map(({ values, faults }) => [Object.values(values), faults])).toEqual([
      [['11010800100100123', '=HYPERLINK("x")', '1.25', '2026-07-01', '440000.1235', '4420000'], undefined],
      [['+1', 'a_x0041_', '12345678901234567890', '不详', null, null], undefined],
    ]);
    const theirs = new exceljs.Workbook();
    await theirs.xlsx.readFile(path);
    expect(theirs.worksheets[0]?.getCell('A2').value).toBe('11010800100100123');
    expect(theirs.worksheets[0]?.getCell('B2').type).toBe(exceljs.ValueType.String);
  });

  it('fails as an ordinary error where it cannot write', async () => {
    await expect(writeWorkbook(table, join(folder, 'none', 'a.xlsx'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
