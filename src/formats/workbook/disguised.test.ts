import { describe, expect, it } from 'vitest';
import { allRows, delivered } from '../../../tests/delivered.ts';
import { openDelivery } from '../delivery.ts';

/** Rows of the one table of a file that is called xls. */
async function read(text: string) {
  const { tables } = await openDelivery([delivered('清单.xls', text)]);
  return await allRows(tables[0]);
}

describe('an XML spreadsheet', () => {
  const cell = (text: string, inner = ''): string => `<Cell><Data ss:Type="String">${text}</Data>${inner}</Cell>`;
  const book = (rows: string): string =>
    `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">` +
    `<Worksheet ss:Name="甲"><Table>${rows}</Table></Worksheet></Workbook>`;

  it('keeps what was remarked on a cell out of its value', async () => {
    const remark =
      '<Comment ss:Author="李工"><ss:Data xmlns="http://www.w3.org/TR/REC-html40"><B>李工：</B>待核</ss:Data></Comment>';
    const rows = await read(
      book(
        `<Row>${cell('数量', remark)}${cell('备注')}${cell('核查')}</Row>` +
          `<Row><Cell><Data ss:Type="Number">12</Data>${remark}</Cell>${cell('完好', remark)}<Cell>${remark}</Cell></Row>` +
          `<Row><Cell>${remark}<Data ss:Type="DateTime">2026-07-01T00:00:00.000</Data></Cell>${cell('缺损')}</Row>`,
      ),
    );
    expect(rows.map(({ values }) => values)).toEqual([
      { 数量: '12', 备注: '完好', 核查: null },
      { 数量: '2026-07-01', 备注: '缺损', 核查: null },
    ]);
  });
});

describe('a page of Excel', () => {
  it.each([
    ['2024/1/30', '45321', '2024/1/30'],
    ['2024', '45321', '2024'],
    ['0103', '103', '0103'],
    ['1.50', '1.5', '1.50'],
    ['12%', '0.12', '12%'],
    ['￥1,234', '1234', '￥1,234'],
    ['0.12', '0.123456789', '0.123456789'],
    ['-3', '-2.75', '-2.75'],
    ['.5', '.4983', '0.4983'],
    ['1,234', '1234', '1234'],
    ['1,234.6', '1234.5678', '1234.5678'],
    ['1.1E+07', '11010801', '11010801'],
    ['########', '45321', '45321'],
    ['', '7', '7'],
    ['12', '', '12'],
    ['12', 'x', '12'],
  ])('that shows %j for x:num %j gives %j', async (shown, number, value) => {
    const rows = await read(
      `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>名称</td><td>数</td></tr>` +
        `<tr><td>路灯</td><td x:num="${number}">${shown}</td></tr></table></html>`,
    );
    expect(rows.map(({ values }) => values)).toEqual([{ 名称: '路灯', 数: value }]);
  });

  it('says which codes were rounded by being numbers, and takes x:num alone for nothing', async () => {
    const rows = await read(
      '<table><tr><td>编码</td><td>名称</td></tr><tr><td x:num="1.1010801030001234E+17">1.10108E+17</td><td>甲</td></tr>' +
        '<tr><td x:num="1.1010801030001234E+17">110108010300012340</td><td>乙</td></tr><tr><td x:num>0103</td><td>丙</td></tr></table>',
    );
    expect(rows.map(({ values, faults }) => [values['编码'], faults?.map(({ code }) => code)])).toEqual([
      ['110108010300012340', ['rounded-number']],
      ['110108010300012340', ['rounded-number']],
      ['0103', undefined],
    ]);
  });
});
