import type { GridRow, Merge } from '../grid/rows.ts';
import type { XmlEvent } from '../xml.ts';
import { addCell, MOST_COLUMNS, numberText } from './cell.ts';

const MOST_ROWS = 1_048_576;
const MOST_MERGES = 20_000;

/** A sheet of an XML spreadsheet as Excel 2003 wrote it. */
export interface XmlSheet {
  /** Which of the `Worksheet` elements it is, from 0. */
  index: number;
  name: string;
  hidden: boolean;
}

/** Names and visibility of the sheets; null where it is no such workbook. */
export function xmlSheets(events: Iterable<XmlEvent>): XmlSheet[] | null {
  const sheets: XmlSheet[] = [];
  let root: string | null = null;
  let visible = '';
  let inVisible = false;
  for (const event of events) {
    if ('open' in event) {
      root ??= event.open;
      if (root !== 'Workbook') return null;
      const index = sheets.length;
      if (event.open === 'Worksheet')
        sheets.push({ index, name: event.attributes['Name'] ?? `Sheet${index + 1}`, hidden: false });
      else if (event.open === 'Visible') [inVisible, visible] = [true, ''];
    } else if ('text' in event) visible += inVisible ? event.text : '';
    else if (event.close === 'Visible') {
      inVisible = false;
      const sheet = sheets.at(-1);
      if (sheet) sheet.hidden = /hidden/i.test(visible);
    }
  }
  return root === null ? null : sheets;
}

interface Cell {
  column: number;
  type: string;
  text: string;
}

/** Rows of one sheet. `merges` is filled once the end is reached. */
export function* xmlRows(events: Iterable<XmlEvent>, wanted: number, merges: Merge[]): Generator<GridRow> {
  merges.length = 0;
  let sheet = -1;
  let row: GridRow | null = null;
  let lastRow = 0;
  let nextColumn = 0;
  let cell: Cell | null = null;
  let inData = false;
  // What somebody remarked on a cell stands within it, in the same words as its value.
  let inComment = false;
  for (const event of events) {
    if ('open' in event && event.open === 'Worksheet') {
      if (++sheet > wanted) return;
    } else if (sheet !== wanted) continue;
    else if (inComment) inComment = !('close' in event && event.close === 'Comment');
    else if ('text' in event) {
      if (cell && inData) cell.text += event.text;
    } else if ('open' in event) {
      const { open, attributes } = event;
      if (open === 'Row') {
        lastRow = place(attributes['Index'], lastRow + 1, MOST_ROWS);
        row = { row: lastRow, cells: [] };
        nextColumn = 1;
      } else if (open === 'Cell' && row) {
        const column = place(attributes['Index'], nextColumn, MOST_COLUMNS);
        cell = { column: column - 1, type: 'String', text: '' };
        nextColumn = column + 1 + addMerge(attributes, lastRow - 1, column - 1, merges);
      } else if (open === 'Data' && cell) {
        inData = true;
        cell.type = attributes['Type'] ?? 'String';
      } else if (open === 'Comment') inComment = true;
    } else if (event.close === 'Data') inData = false;
    else if (event.close === 'Cell' && row && cell) {
      endCell(row, cell);
      cell = null;
    } else if (event.close === 'Row' && row) {
      yield row;
      row = null;
    }
  }
}

/** A stated place where it lies ahead, else the next one. */
function place(stated: string | undefined, next: number, most: number): number {
  const number = Number(stated);
  return Number.isInteger(number) && number >= next && number <= most ? number : next;
}

/** Notes a merged cell; gives how many columns it takes beyond its own. */
function addMerge(attributes: Record<string, string>, top: number, left: number, merges: Merge[]): number {
  const span = (name: string, most: number): number => {
    const number = Number(attributes[name]);
    return Number.isInteger(number) && number > 0 && number < most ? number : 0;
  };
  const across = span('MergeAcross', MOST_COLUMNS);
  const down = span('MergeDown', MOST_ROWS);
  if ((across > 0 || down > 0) && merges.length < MOST_MERGES)
    merges.push({ top, left, bottom: top + down, right: left + across });
  return across;
}

function endCell(row: GridRow, { column, type, text }: Cell): void {
  const faults: { code: string; message: string }[] = [];
  const fault = (code: string, message: string): number => faults.push({ code, message });
  const plain = text.trim();
  if (type === 'Number') addCell(row, column, numberText(plain, false, false, fault), faults);
  else if (type === 'DateTime') addCell(row, column, plain.replace(/\.0+$/, '').replace(/T00:00:00$/, ''), faults);
  else if (type === 'Boolean') addCell(row, column, plain === '' ? null : plain === '1' ? 'TRUE' : 'FALSE', faults);
  else if (type === 'Error') {
    fault('cell-error', `The formula in this cell failed: ${plain.slice(0, 40)}.`);
    addCell(row, column, null, faults);
  } else addCell(row, column, text, faults);
}
