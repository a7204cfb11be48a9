import type { GridRow, Merge } from '../grid/rows.ts';
import { addCell, MOST_COLUMNS, numberText } from './cell.ts';
import type { AddFault } from './cell.ts';
import { unescapeText } from './parts.ts';
import type { SheetPart, WorkbookParts } from './parts.ts';
import { partEvents } from './xml.ts';

const MOST_ROWS = 1_048_576;
const MOST_MERGES = 20_000;

interface Cell {
  column: number;
  type: string;
  style: number;
  value: string;
  inline: string;
}

/**
 * Reads the rows of one sheet as they stand: shared and inline strings, results of formulas, dates as ISO text, numbers by
 * their digits. What the sheet claims about its own size is not looked at. `merges` is filled once the end is reached.
 */
export function* sheetRows(part: SheetPart, book: WorkbookParts, merges: Merge[]): Generator<GridRow> {
  let row: GridRow | null = null;
  let lastRow = 0;
  let nextColumn = 0;
  let cell: Cell | null = null;
  let target: 'value' | 'inline' | null = null;
  let phonetic = false;
  merges.length = 0;
  for (const event of partEvents(part.entry.pieces(), part.entry.name)) {
    if ('text' in event) {
      if (cell && target && !phonetic) cell[target] += event.text;
    } else if ('open' in event) {
      const { open, attributes } = event;
      if (open === 'row') {
        const stated = Number(attributes['r'] ?? lastRow + 1);
        lastRow = stated > lastRow && stated <= MOST_ROWS ? stated : lastRow + 1;
        row = { row: lastRow, cells: [] };
        nextColumn = 0;
      } else if (open === 'c' && row) {
        cell = beginCell(attributes, nextColumn);
        nextColumn = cell.column + 1;
      } else if (open === 'v') target = 'value';
      else if (open === 't' && cell?.type === 'inlineStr') target = 'inline';
      else if (open === 'rPh') phonetic = true;
      else if (open === 'mergeCell') addMerge(attributes['ref'] ?? '', merges);
    } else if (event.close === 'v' || event.close === 't') target = null;
    else if (event.close === 'rPh') phonetic = false;
    else if (event.close === 'c' && row && cell) {
      endCell(row, cell, book);
      cell = null;
    } else if (event.close === 'row' && row) {
      yield row;
      row = null;
    }
  }
}

/** 0-based column of a reference like 'AB12', -1 where it is none. */
function columnOf(reference: string): number {
  const letters = /^([A-Za-z]{1,3})\d*$/.exec(reference)?.[1];
  if (letters === undefined) return -1;
  return Array.from(letters.toUpperCase()).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function beginCell(attributes: Record<string, string>, next: number): Cell {
  const stated = columnOf(attributes['r'] ?? '');
  return {
    column: stated >= next ? stated : next,
    type: attributes['t'] ?? 'n',
    style: Number(attributes['s'] ?? '0'),
    value: '',
    inline: '',
  };
}

function endCell(row: GridRow, cell: Cell, book: WorkbookParts): void {
  if (cell.column >= MOST_COLUMNS) return;
  const faults: { code: string; message: string }[] = [];
  const text = cellText(cell, book, (code, message) => faults.push({ code, message }));
  addCell(row, cell.column, text, faults);
}

function cellText({ type, value, inline, style }: Cell, book: WorkbookParts, fault: AddFault): string | null {
  switch (type) {
    case 's': {
      const text = book.shared[Number(value)];
      if (text === undefined && value !== '')
        fault('cell-damaged', 'The cell points to a text that is not in the workbook.');
      return text ?? null;
    }
    case 'inlineStr':
      return unescapeText(inline);
    case 'str':
      return unescapeText(value);
    case 'b':
      return value.trim() === '1' ? 'TRUE' : value.trim() === '' ? null : 'FALSE';
    case 'e':
      fault('cell-error', `The formula in this cell failed: ${value.trim().slice(0, 40)}.`);
      return null;
    case 'd':
      return value.trim();
    default:
      return value.trim() === ''
        ? null
        : numberText(value.trim(), book.dateStyles[style] ?? false, book.date1904, fault);
  }
}

function addMerge(reference: string, merges: Merge[]): void {
  const parts = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference);
  if (!parts || merges.length >= MOST_MERGES) return;
  const [, left = '', top = '', right = '', bottom = ''] = parts;
  merges.push({ top: Number(top) - 1, left: columnOf(left), bottom: Number(bottom) - 1, right: columnOf(right) });
}
