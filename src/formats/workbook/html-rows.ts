import type { GridRow, Merge } from '../grid/rows.ts';
import { attribute, htmlTokens } from '../html.ts';
import { addCell, MOST_COLUMNS, numberText } from './cell.ts';
import type { AddFault } from './cell.ts';

const MOST_MERGES = 20_000;
/** Characters of one cell; a page without an end to its cells is no table. */
const LONGEST_CELL = 1 << 20;

interface Open {
  text: string;
  /** The number behind what is shown, as Excel writes it beside the text. */
  exact: string | null;
  columns: number;
  rows: number;
}

/**
 * Rows of the tables of a page one under the other, as Excel shows a page that is called xls. A table within a cell is text of
 * that cell. `merges` is filled once the end is reached.
 */
export function* htmlRows(texts: Iterable<string>, merges: Merge[]): Generator<GridRow> {
  merges.length = 0;
  let depth = 0;
  const table = new TableRows(merges);
  for (const token of htmlTokens(texts)) {
    if ('text' in token) table.text(token.text);
    else if (token.tag === 'table') {
      depth += token.end ? -1 : 1;
      if (depth < 0) depth = 0;
    } else if (token.tag === 'br' || (token.tag === 'p' && token.end)) table.text('\n', true);
    else if (depth <= 1 && (token.tag === 'td' || token.tag === 'th')) {
      table.endCell();
      if (!token.end) table.beginCell(token.attributes);
    } else if (depth <= 1 && token.tag === 'tr') {
      const row = table.endRow();
      if (row) yield row;
      if (!token.end) table.beginRow();
    }
  }
  const last = table.endRow();
  if (last) yield last;
}

/** Builds rows from cells, leaving room for cells that reach down from rows above. */
class TableRows {
  readonly #merges: Merge[];
  #number = 0;
  #row: GridRow | null = null;
  #column = 0;
  #cell: Open | null = null;
  /** By column: how many rows below still belong to a cell above. */
  readonly #reaching = new Map<number, number>();

  constructor(merges: Merge[]) {
    this.#merges = merges;
  }

  text(text: string, exact = false): void {
    const cell = this.#cell;
    if (!cell || cell.text.length > LONGEST_CELL) return;
    cell.text += exact ? text : text.replace(/[ \t\r\n\f]+/g, ' ');
  }

  beginRow(): void {
    this.#row = { row: ++this.#number, cells: [] };
    this.#column = 0;
  }

  beginCell(attributes: string): void {
    if (!this.#row) this.beginRow();
    while ((this.#reaching.get(this.#column) ?? 0) > 0) this.#column++;
    const span = (name: string): number =>
      Math.min(MOST_COLUMNS, Math.max(1, Number(attribute(attributes, name)) || 1));
    this.#cell = {
      text: '',
      exact: attribute(attributes, 'x:num'),
      columns: span('colspan'),
      rows: span('rowspan'),
    };
  }

  endCell(): void {
    const cell = this.#cell;
    const row = this.#row;
    this.#cell = null;
    if (!cell || !row || this.#column >= MOST_COLUMNS) return;
    const shown = cell.text
      .split('\n')
      .map((line) => line.trim())
      .join('\n')
      .trim();
    const faults: { code: string; message: string }[] = [];
    const text = exactText(shown, cell.exact?.trim() ?? '', (code, message) => faults.push({ code, message }));
    addCell(row, this.#column, text, faults);
    const top = row.row - 1;
    const right = this.#column + cell.columns - 1;
    if ((cell.rows > 1 || cell.columns > 1) && this.#merges.length < MOST_MERGES) {
      this.#merges.push({ top, left: this.#column, bottom: top + cell.rows - 1, right });
      if (cell.rows > 1)
        for (let column = this.#column; column <= right; column++) this.#reaching.set(column, cell.rows);
    }
    this.#column = right + 1;
  }

  endRow(): GridRow | null {
    this.endCell();
    const row = this.#row;
    this.#row = null;
    if (row)
      for (const [column, rows] of this.#reaching)
        if (rows <= 1) this.#reaching.delete(column);
        else this.#reaching.set(column, rows - 1);
    return row;
  }
}

const NUMBER = /^[+-]?(?:\d+(?:\.(\d*))?|\.(\d+))(?:e([+-]?\d{1,3}))?$/i;
/** What a cell shows that is too narrow for its number, or shows nothing. */
const UNSHOWN = /^#*$/;

/**
 * What is shown, or the number behind it where that only says more of the same: 0.12 stands for 0.123456789 and 1,234 for
 * 1234, but a date does not stand for its serial, nor 0103 for 103.
 */
function exactText(shown: string, exact: string, fault: AddFault): string {
  if (!NUMBER.test(exact)) return shown;
  if (UNSHOWN.test(shown)) return numberText(exact, false, false, fault);
  const plain = shown.replaceAll(',', '');
  const parts = NUMBER.exec(plain);
  if (!parts) return shown;
  const value = Number(exact);
  const unit = 10 ** (Number(parts[3] ?? 0) - (parts[1] ?? parts[2] ?? '').length);
  // Half a unit of the last digit shown, and the little that is lost in counting.
  if (!(Math.abs(Number(plain) - value) <= unit * 0.5 + Math.abs(value) * Number.EPSILON * 4)) return shown;
  const text = numberText(exact, false, false, fault);
  return Number(plain) === value && plain === shown ? shown : text;
}
