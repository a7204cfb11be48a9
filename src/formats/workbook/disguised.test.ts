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
