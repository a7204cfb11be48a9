import type { GridRow, Merge } from './rows.ts';

/** Where the header stands and what it says. */
export interface Header {
  /** 0-based first row of the header, -1 where there is none. */
  row: number;
  /** 0-based last row of the header (equal to `row` unless it has several rows), -1 where there is none. */
  last: number;
  /** Names by column, '' where the header is blank there. */
  names: string[];
}

const LOOKED_AT = 15;
const MOST_HEADER_ROWS = 3;
const LONGEST_LABEL = 60;
const NUMBER_LIKE = /^[-+]?[\d０-９][\d０-９,.\s]*%?$/;
const DATE_LIKE = /^\d{2,4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?([ T].*)?$/;
const YEAR_LABEL = /^(19|20)\d\d年?$/;

/** A cell that could name a column: words, not a number, date, long code or long text. */
function isLabel(cell: string): boolean {
  const text = cell.trim();
  if (YEAR_LABEL.test(text)) return true;
  return text.length <= LONGEST_LABEL && !NUMBER_LIKE.test(text) && !DATE_LIKE.test(text) && !/\d{7,}/.test(text);
}

const filled = (row: GridRow): string[] => row.cells.filter((cell) => cell !== null);

/** How many cells rows usually fill: the median of the rows looked at. */
function usualWidth(rows: readonly GridRow[]): number {
  const widths = rows.map((row) => filled(row).length).toSorted((a, b) => a - b);
  return widths[Math.floor(widths.length / 2)] ?? 0;
}

/**
 * Finds the header among the first rows: the first row as wide as the table whose every cell could be a column's name.
 * Narrower rows above it are titles. A row of data met first means that there is no header.
 */
export function findHeader(rows: readonly GridRow[], merges: readonly Merge[]): Header {
  const [first] = rows;
  // One cell alone heads nothing: it is what the sheet says.
  if (rows.length === 1 && first && filled(first).length === 1) return { row: -1, last: -1, names: [] };
  const usual = usualWidth(rows.slice(0, 40));
  for (const [i, row] of rows.slice(0, LOOKED_AT).entries()) {
    const cells = filled(row);
    if (cells.length === 0 || cells.length * 2 < usual || spansTable(row, merges, usual)) continue;
    const labels = cells.filter(isLabel).length;
    const distinct = new Set(cells).size;
    // What was too narrow for a header may be the groups of one.
    const grouped = i > 0 && isGroupRow(rows[i - 1], row, merges);
    const parted = grouped || distinct * 10 >= cells.length * 8 || merges.length > 0;
    const isHeader = labels === cells.length && parted;
    if (!isHeader || repeatsBelow(row, rows.slice(i + 1))) return { row: -1, last: -1, names: [] };
    return headerAt(rows, grouped ? i - 1 : i, merges);
  }
  return { row: -1, last: -1, names: [] };
}

/** A title is often one cell merged over the whole table. */
const spansTable = (row: GridRow, merges: readonly Merge[], usual: number): boolean =>
  usual > 1 &&
  merges.some(({ top, left, right }) => top === row.row - 1 && right - left + 1 >= usual) &&
  filled(row).length === 1;

/** Names stand once: a first row whose words come again below in most of its columns is data. */
function repeatsBelow(row: GridRow, below: readonly GridRow[]): boolean {
  const cells = row.cells.flatMap((cell, column) => (cell === null ? [] : [{ cell, column }]));
  // A header printed again on every page is the header all the same, where there is anything else.
  const others = below.filter((other) => cells.some(({ cell, column }) => other.cells[column] !== cell));
  const rest = others.length === 0 ? below : others;
  if (rest.length < 2) return false;
  const again = cells.filter(({ cell, column }) => rest.some((other) => other.cells[column] === cell));
  return again.length * 2 > cells.length;
}

/** The header that begins at a given row: more rows belong to it as far as merged cells tie them together. */
export function headerAt(rows: readonly GridRow[], index: number, merges: readonly Merge[]): Header {
  const first = rows[index];
  if (!first) return { row: -1, last: -1, names: [] };
  const top = first.row - 1;
  const grouped = isGroupRow(first, rows[index + 1], merges);
  let last = grouped ? top + 1 : top;
  while (last - top + 1 < MOST_HEADER_ROWS && tiesDown(last, merges, rows)) last++;
  const levels: (string | null)[][] = [];
  for (let at = top; at <= last; at++) levels.push(spread(at, rows, merges));
  if (grouped) carryGroups(levels);
  const width = Math.max(0, ...levels.map((level) => level.length));
  const names = Array.from({ length: width }, (_, column) => {
    const words = levels.map((level) => oneLine(level[column] ?? '')).filter((word) => word !== '');
    return words.filter((word, i) => word !== words[i - 1]).join('/');
  });
  return { row: top, last, names };
}

/**
 * A two-row header whose merged cells a csv has lost: groups above with blanks to their right, their parts below. Every part lies under a
 * group or beside it, and a heading of one row has nothing below.
 */
function isGroupRow(above: GridRow | undefined, below: GridRow | undefined, merges: readonly Merge[]): boolean {
  if (merges.length > 0 || above === undefined || below === undefined || below.row !== above.row + 1) return false;
  // One cell alone is a title.
  if (filled(above).length < 2 || filled(below).length < 2) return false;
  if (![...filled(above), ...filled(below)].every(isLabel)) return false;
  const width = Math.max(above.cells.length, below.cells.length);
  const has = (row: GridRow, column: number) => (row.cells[column] ?? null) !== null;
  let groups = 0;
  for (let column = 0; column < width; column++) {
    if (!has(above, column)) {
      if (has(below, column) && column === 0) return false;
      continue;
    }
    const wide = column + 1 < width && !has(above, column + 1) && has(below, column + 1);
    if (has(below, column) !== wide) return false;
    if (wide) groups++;
  }
  return groups > 0;
}

/** The name of a group in every column of it. */
function carryGroups(levels: (string | null)[][]): void {
  const [groups = [], parts = []] = levels;
  let group: string | null = null;
  for (let column = 0; column < parts.length; column++) {
    group = groups[column] ?? group;
    if (parts[column] != null) groups[column] = group;
  }
}

const oneLine = (text: string): string =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .join('');

/** Whether the row below belongs to the header too: a cell reaches down into it, or a wide cell has its parts there. */
function tiesDown(at: number, merges: readonly Merge[], rows: readonly GridRow[]): boolean {
  if (merges.some(({ top, bottom }) => top <= at && bottom > at)) return true;
  const below = rows.find((row) => row.row - 1 === at + 1);
  if (!below || !filled(below).every(isLabel)) return false;
  return merges.some(
    ({ top, left, right }) =>
      top === at && right > left && filled({ ...below, cells: below.cells.slice(left, right + 1) }).length > 1,
  );
}

/** A row with the text of merged cells repeated in every cell they cover. */
function spread(at: number, rows: readonly GridRow[], merges: readonly Merge[]): (string | null)[] {
  const cells = [...(rows.find((row) => row.row - 1 === at)?.cells ?? [])];
  for (const { top, left, bottom, right } of merges) {
    if (at < top || at > bottom) continue;
    const text = rows.find((row) => row.row - 1 === top)?.cells[left] ?? null;
    for (let column = left; column <= right && column < 16_384; column++) cells[column] = text;
  }
  return Array.from(cells, (cell) => cell ?? null);
}
