import { createWriteStream, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import exceljs from 'exceljs';
import type { Row, Worksheet } from 'exceljs';
import { coordinateColumns } from '../coordinate-columns.ts';
import { plainDecimal } from '../decimal.ts';
import { FormatError } from '../format.ts';
import type { FieldType, WriteResult, WriteRow, WriteTable } from '../format.ts';
import { safeText, sheetName, type Report } from './cell-text.ts';

/** Limits of a worksheet (Microsoft, "Excel specifications and limits"). */
const MAX_ROWS = 1_048_576;
const MAX_COLUMNS = 16_384;
const ROWS_BETWEEN_PAUSES = 500;
const TEXT_FORMAT = '@';
const DATE_FORMAT = 'yyyy-mm-dd';

export interface WorkbookWriteOptions {
  /** Lines above the header, as offices put a title there; each in the first cell of its row. */
  titleRows?: readonly string[];
}

/**
 * Writes one sheet: a bold, frozen header of titles, text columns as text cells (codes keep every digit and nothing becomes a
 * formula), numbers as numbers, dates as dates. A number or date that a cell could not hold exactly is written as text
 * instead. Points get two coordinate columns, other shapes a WKT column.
 */
export async function writeWorkbook(
  table: WriteTable,
  path: string,
  options: WorkbookWriteOptions = {},
): Promise<WriteResult> {
  const file = resolve(path);
  const columns = columnsOf(table);
  if (columns.length > MAX_COLUMNS)
    throw new FormatError('too-many-fields', `A sheet holds at most ${MAX_COLUMNS} columns.`, {
      fields: columns.length,
    });
  // Opened here so that a folder that is missing or read-only is an ordinary error, not an event of the stream.
  const stream = createWriteStream(file, { fd: openSync(file, 'w') });
  const failed = new Promise<never>((_, reject) => stream.once('error', reject));
  // A failure between two races is met by the next one; without this it would end the process first.
  failed.catch(() => undefined);
  try {
    const book = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
    const titles = options.titleRows ?? [];
    const sheet = beginSheet(book, table.name, columns, titles);
    const losses: WriteResult['losses'] = [];
    let rows = 0;
    for (const row of table.rows) {
      if (++rows + titles.length >= MAX_ROWS) throw tooManyRows();
      addRow(sheet, columns, row, (field, code, value) => losses.push({ row: rows, field, code, value }));
      if (rows % ROWS_BETWEEN_PAUSES === 0) await Promise.race([setImmediate(), failed]);
    }
    sheet.commit();
    await Promise.race([book.commit(), failed]);
    return { files: [file], rows, losses };
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

interface Column {
  title: string;
  type: FieldType;
  /** Name the column is reported by. */
  name: string;
  value: (row: WriteRow) => string | number | null;
}

function columnsOf(table: WriteTable): Column[] {
  return [
    ...table.fields.map(({ name, title, type }): Column => ({
      name,
      title,
      type,
      value: (row) => row.values[name] ?? null,
    })),
    ...coordinateColumns(table).map(({ title, type, value }): Column => ({
      name: title,
      title,
      type,
      value: (row) => value(row.shape),
    })),
  ];
}

const tooManyRows = (): FormatError =>
  new FormatError('too-many-rows', `A sheet holds at most ${MAX_ROWS - 1} rows. Export a part, or write csv.`, {
    rows: MAX_ROWS - 1,
  });

/** Column formats, titles, header and filter: what a streamed sheet needs before its rows. */
function beginSheet(
  book: exceljs.stream.xlsx.WorkbookWriter,
  name: string,
  columns: readonly Column[],
  titles: readonly string[],
): Worksheet {
  const headerRow = titles.length + 1;
  const sheet = book.addWorksheet(sheetName(name), { views: [{ state: 'frozen', ySplit: headerRow }] });
  sheet.columns = columns.map(({ title, type }) => ({
    width: Math.min(40, Math.max(10, title.length * 2 + 4)),
    style: { numFmt: type === 'text' ? TEXT_FORMAT : type === 'date' ? DATE_FORMAT : 'General' },
  }));
  for (const title of titles) sheet.addRow([safeText(title, () => undefined)]).commit();
  header(sheet.addRow(columns.map(({ title }) => safeText(title, () => undefined))));
  if (columns.length > 0)
    sheet.autoFilter = { from: { row: headerRow, column: 1 }, to: { row: headerRow, column: columns.length } };
  return sheet;
}

function addRow(
  sheet: Worksheet,
  columns: readonly Column[],
  row: WriteRow,
  report: (field: string, code: string, value: string) => void,
): void {
  const cells = columns.map(({ name, type, value }) => {
    const given = value(row);
    return cellValue(given, type, (code) => report(name, code, String(given)));
  });
  const added = sheet.addRow(cells);
  // Text in a column of dates or numbers says so in its own style: some programs read a cell by its style alone.
  cells.forEach((cell, i) => {
    if (typeof cell === 'string') added.getCell(i + 1).numFmt = TEXT_FORMAT;
  });
  added.commit();
}

function header(row: Row): void {
  row.eachCell((cell) => {
    cell.style = {
      numFmt: TEXT_FORMAT,
      font: { bold: true },
      fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EEF4' } },
      border: { bottom: { style: 'thin', color: { argb: 'FF8A9BAC' } } },
    };
  });
  row.commit();
}

function cellValue(value: string | number | null, type: FieldType, report: Report): string | number | Date | null {
  if (value === null || value === '') return null;
  if (typeof value === 'number') {
    if (type === 'text' || type === 'date') return plainDecimal(value);
    if (Number.isFinite(value)) return value;
    report('not-a-number');
    return null;
  }
  if (type === 'integer' || type === 'real') return exactNumber(value) ?? safeText(value, report);
  if (type === 'date') return exactDate(value) ?? safeText(value, report);
  return safeText(value, report);
}

/** The number a text stands for, when a cell shows the same digits: at most 15 of them. */
function exactNumber(text: string): number | null {
  if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) || text.replace(/[-.]/g, '').replace(/^0+/, '').length > 15) return null;
  return Number(text);
}

/** A day from 1900-03-01 on (before it, sheets count a day that never was). */
function exactDate(text: string): Date | null {
  const parts = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text);
  if (!parts) return null;
  const [, year, month, day] = parts;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const whole = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
  return whole && date.getTime() >= Date.UTC(1900, 2, 1) ? date : null;
}
