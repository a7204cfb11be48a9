import { createWriteStream, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import exceljs from 'exceljs';
import type { Style, Worksheet } from 'exceljs';
import { FormatError } from '../format.ts';
import type { Merge } from '../grid/rows.ts';
import { safeText, uniqueSheetName } from './cell-text.ts';

const MAX_ROWS = 1_048_576;
const MAX_COLUMNS = 16_384;
/** Notes of one sheet; programs that open it draw each by itself. */
const MAX_NOTES = 5000;
const ROWS_BETWEEN_PAUSES = 500;
const PLAIN_WIDTH = 16;
const A4 = 9;
/** As many columns as are legible on upright paper. */
const PORTRAIT_COLUMNS = 5;

/** How a cell looks: a heading, a heading of ours among another's, a title, a value at fault, what is said about a row, small print. */
export type CellLook = 'head' | 'own-head' | 'title' | 'fault' | 'own' | 'faint';

export interface SheetCell {
  text: string | null;
  look?: CellLook;
  /** Shown when the cell is pointed at. */
  note?: string;
}

/** One sheet to be written: rows that stay in sight at the top, then rows as they come. */
export interface SheetToWrite {
  /** Wished; made safe and told apart from the other sheets'. */
  name: string;
  /** In characters, by column. */
  widths: readonly number[];
  head: readonly (readonly SheetCell[])[];
  /** Cells of `head` that are one, 0-based. */
  merges?: readonly Merge[];
  /** Columns that stay in sight at the left. */
  frozenColumns?: number;
  /** 0-based row of `head` that filters hang on; none where absent. */
  filterRow?: number;
  rows: Iterable<readonly SheetCell[]> | AsyncIterable<readonly SheetCell[]>;
}

const fill = (argb: string): Partial<Style> => ({ fill: { type: 'pattern', pattern: 'solid', fgColor: { argb } } });
const LOOKS: Record<CellLook, Partial<Style>> = {
  head: { font: { bold: true }, ...fill('FFE8EEF4'), alignment: { vertical: 'middle', wrapText: true } },
  'own-head': { font: { bold: true }, ...fill('FFFDE9C8'), alignment: { vertical: 'middle', wrapText: true } },
  title: { font: { bold: true, size: 14 } },
  fault: { font: { color: { argb: 'FF8F1D14' } }, ...fill('FFFBD5D0') },
  own: { ...fill('FFFFF7E8'), alignment: { vertical: 'top', wrapText: true } },
  faint: { font: { color: { argb: 'FF5B6673' } } },
};
const TEXT: Partial<Style> = { numFmt: '@' };

/**
 * Writes a workbook of several sheets, every cell as text: codes keep their digits and nothing becomes a formula. Rows are taken one by
 * one, so that a sheet may be longer than memory. Answers the rows of each sheet, heads left out.
 * @throws FormatError 'too-many-rows' | 'too-many-fields'; what the disk says
 */
export async function writeSheets(sheets: Iterable<SheetToWrite>, path: string): Promise<number[]> {
  const file = resolve(path);
  // Opened here so that a folder that is missing or read-only is an ordinary error, not an event of the stream.
  const stream = createWriteStream(file, { fd: openSync(file, 'w') });
  const failed = new Promise<never>((_, reject) => stream.once('error', reject));
  // A failure between two races is met by the next one; without this it would end the process first.
  failed.catch(() => undefined);
  try {
    const book = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
    book.creator = 'Gewu';
    const taken = new Set<string>();
    const counts: number[] = [];
    for (const sheet of sheets) {
      const begun = begin(book, sheet, uniqueSheetName(sheet.name, taken));
      let rows = 0;
      for await (const cells of sheet.rows) {
        if (sheet.head.length + ++rows > MAX_ROWS) throw tooManyRows();
        begun.add(cells);
        if (rows % ROWS_BETWEEN_PAUSES === 0) await Promise.race([setImmediate(), failed]);
      }
      begun.sheet.commit();
      counts.push(rows);
    }
    await Promise.race([book.commit(), failed]);
    return counts;
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

const tooManyRows = (): FormatError =>
  new FormatError('too-many-rows', `A sheet holds at most ${MAX_ROWS - 1} rows.`, { rows: MAX_ROWS - 1 });

interface Begun {
  sheet: Worksheet;
  add(cells: readonly SheetCell[]): void;
}

function begin(book: exceljs.stream.xlsx.WorkbookWriter, spec: SheetToWrite, name: string): Begun {
  const columns = Math.max(spec.widths.length, ...spec.head.map((cells) => cells.length));
  if (columns > MAX_COLUMNS)
    throw new FormatError('too-many-fields', `A sheet holds at most ${MAX_COLUMNS} columns.`, { fields: columns });
  const sheet = book.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: spec.head.length, xSplit: spec.frozenColumns ?? 0 }],
    pageSetup: {
      paperSize: A4,
      orientation: columns > PORTRAIT_COLUMNS ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `1:${Math.max(1, spec.head.length)}`,
    },
  });
  sheet.columns = Array.from({ length: columns }, (_, i) => ({
    width: spec.widths[i] ?? PLAIN_WIDTH,
    style: { numFmt: '@' },
  }));
  let notes = 0;
  const write = (cells: readonly SheetCell[]) => {
    const row = sheet.addRow(cells.map(({ text }) => cellText(text)));
    cells.forEach(({ look, note }, i) => {
      if (look !== undefined) row.getCell(i + 1).style = { ...LOOKS[look], ...TEXT };
      if (note !== undefined && notes < MAX_NOTES) {
        notes++;
        row.getCell(i + 1).note = plain(note);
      }
    });
    return row;
  };
  const heads = spec.head.map(write);
  for (const { top, left, bottom, right } of spec.merges ?? [])
    sheet.mergeCells(top + 1, left + 1, bottom + 1, right + 1);
  for (const row of heads) row.commit();
  if (spec.filterRow !== undefined)
    sheet.autoFilter = {
      from: { row: spec.filterRow + 1, column: 1 },
      to: { row: spec.filterRow + 1, column: columns },
    };
  return { sheet, add: (cells) => write(cells).commit() };
}

const plain = (text: string): string => safeText(text, () => undefined);
const cellText = (text: string | null): string | null => (text === null || text === '' ? null : plain(text));
