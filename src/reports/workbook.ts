import exceljs from 'exceljs';
import type { Row, Worksheet } from 'exceljs';
import type { ColumnForm, Language, Report, ReportSource, Sheet, SheetColumn } from './report.ts';

const INK = 'FF24508F';
const HEAD = 'FFE9F0FA';
const LINE = 'FFD8DDE4';
const FONT = 'Microsoft YaHei';
const FORMATS: Record<ColumnForm, string> = {
  text: '@',
  code: '@',
  integer: '#,##0',
  percent: '0.0%',
  area: '#,##0.0',
  date: 'yyyy-mm-dd',
};
const WIDEST = 48;
const MEASURED_ROWS = 300;

/**
 * Writes a report as one workbook: a cover, then a sheet a table with its title, frozen bold header, number formats, and print set-up
 * (A4 landscape, one page wide, header repeated, page numbers). Text stays text, so codes keep every digit and nothing becomes a formula.
 */
export async function writeReport(
  report: Report,
  source: ReportSource,
  language: Language,
  path: string,
): Promise<{ files: string[]; rows: number }> {
  const book = new exceljs.stream.xlsx.WorkbookWriter({ filename: path, useStyles: true, useSharedStrings: false });
  book.creator = 'Gewu';
  book.title = language === 'zh' ? report.titleZh : report.titleEn;
  let rows = 0;
  for (const sheet of report.sheets(source)) {
    if (sheet.id === 'cover') writeCover(book, sheet, source, language);
    else writeSheet(book, sheet, source, language);
    rows += sheet.rows.length;
  }
  await book.commit();
  return { files: [path], rows };
}

type Book = exceljs.stream.xlsx.WorkbookWriter;
const titleOf = (sheet: Sheet, language: Language) => (language === 'zh' ? sheet.titleZh : sheet.titleEn);

/** Excel allows 31 characters without []:*?/\ in a sheet's name. */
function sheetName(title: string): string {
  return title.replaceAll(/[[\]:*?/\\]/gu, ' ').slice(0, 31);
}

function addSheet(book: Book, sheet: Sheet, language: Language, headerRow: number): Worksheet {
  return book.addWorksheet(sheetName(titleOf(sheet, language)), {
    views: [
      headerRow > 0
        ? { state: 'frozen', ySplit: headerRow, xSplit: 1, showGridLines: false }
        : { showGridLines: false },
    ],
    pageSetup: {
      paperSize: 9,
      orientation: headerRow > 0 ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
      ...(headerRow > 0 ? { printTitlesRow: `${headerRow}:${headerRow}` } : {}),
    },
    headerFooter: { oddFooter: '&L&8&A&R&8&P / &N' },
  });
}

function writeCover(book: Book, sheet: Sheet, source: ReportSource, language: Language): void {
  const page = addSheet(book, sheet, language, 0);
  page.columns = [{ width: 30 }, { width: 52 }];
  page.addRow([]).commit();
  const title = page.addRow([titleOf(sheet, language)]);
  title.height = 40;
  title.getCell(1).font = { name: FONT, size: 24, bold: true, color: { argb: INK } };
  title.commit();
  const under = page.addRow([`${source.project.district}　${source.street?.name ?? ''}　${source.asOf}`]);
  under.getCell(1).font = { name: FONT, size: 12 };
  under.commit();
  page.addRow([]).commit();
  for (const { cells } of sheet.rows) {
    const row = page.addRow([cells['item'], cells['value']]);
    row.height = 22;
    row.font = { name: FONT, size: 11 };
    row.getCell(1).font = { name: FONT, size: 11, color: { argb: 'FF47515F' } };
    row.getCell(2).numFmt = '@';
    for (const cell of [row.getCell(1), row.getCell(2)])
      cell.border = { bottom: { style: 'thin', color: { argb: LINE } } };
    row.commit();
  }
  page.commit();
}

const HEADER_ROW = 3;

function writeSheet(book: Book, sheet: Sheet, source: ReportSource, language: Language): void {
  const page = addSheet(book, sheet, language, HEADER_ROW);
  page.columns = sheet.columns.map((column) => ({
    width: widthOf(sheet, column, language),
    style: { numFmt: FORMATS[column.kind] },
  }));
  const title = page.addRow([titleOf(sheet, language)]);
  title.height = 26;
  title.getCell(1).font = { name: FONT, size: 15, bold: true, color: { argb: INK } };
  title.commit();
  const about = page.addRow([
    [source.project.district, source.street?.name, source.asOf].filter((part) => part !== undefined).join('　'),
  ]);
  about.getCell(1).font = { name: FONT, size: 9, color: { argb: 'FF616B79' } };
  about.commit();
  header(page.addRow(sheet.columns.map((column) => (language === 'zh' ? column.zh : column.en))), sheet.columns);
  for (const line of sheet.rows) {
    const row = page.addRow(sheet.columns.map((column) => cellOf(column, line.cells[column.key] ?? null)));
    row.font = { name: FONT, size: 10, bold: line.strong === true };
    sheet.columns.forEach((column, i) => {
      const cell = row.getCell(i + 1);
      cell.numFmt = FORMATS[column.kind];
      cell.border = { bottom: { style: 'hair', color: { argb: LINE } } };
      if (line.strong === true) cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF6F7F9' } };
    });
    row.commit();
  }
  const last = HEADER_ROW + sheet.rows.length;
  page.autoFilter = { from: { row: HEADER_ROW, column: 1 }, to: { row: last, column: sheet.columns.length } };
  page.commit();
}

function header(row: Row, columns: readonly SheetColumn[]): void {
  row.height = 22;
  row.font = { name: FONT, size: 10, bold: true };
  columns.forEach((column, i) => {
    const cell = row.getCell(i + 1);
    cell.numFmt = '@';
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: HEAD } };
    cell.border = { bottom: { style: 'thin', color: { argb: INK } } };
    cell.alignment = { vertical: 'middle', horizontal: isNumber(column.kind) ? 'right' : 'left' };
  });
  row.commit();
}

const isNumber = (kind: ColumnForm) => kind === 'integer' || kind === 'percent' || kind === 'area';

/** Days as Excel's own dates (midnight UTC, as exceljs writes them); everything else as it is. */
function cellOf(column: SheetColumn, value: string | number | null): string | number | Date | null {
  if (column.kind === 'date' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value))
    return new Date(`${value}T00:00:00Z`);
  return value;
}

/** As wide as its longest text, Chinese characters counting double; measured on the first rows. */
function widthOf(sheet: Sheet, column: SheetColumn, language: Language): number {
  const texts = sheet.rows.slice(0, MEASURED_ROWS).map((row) => String(row.cells[column.key] ?? ''));
  const longest = Math.max(...[language === 'zh' ? column.zh : column.en, ...texts].map(displayWidth));
  return Math.min(WIDEST, Math.max(9, longest + 3));
}

function displayWidth(text: string): number {
  let width = 0;
  for (const char of text) width += (char.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1;
  return width;
}
