import { setImmediate } from 'node:timers/promises';
import type {
  Doubt,
  EncodingEvidence,
  ReadOptions,
  SourceField,
  SourceRow,
  SourceTable,
  TableHead,
  TableInfo,
} from '../format.ts';
import { FormatError } from '../format.ts';
import { blockRows, isTooSparse } from '../bounds.ts';
import { addSample, uniqueNames } from '../field-names.ts';
import { findHeader, headerAt } from './header.ts';
import type { Header } from './header.ts';
import { createSuspects, notesBelow, sideRowDoubts, type SideRow, type Suspects } from './side-rows.ts';
import { isBlankRow } from './rows.ts';
import type { GridRow, Merge } from './rows.ts';

const FIRST_ROWS = 60;
const SAMPLE_ROWS = 2000;
/** Cells of the rows that samples are taken from. */
const SAMPLE_CELLS = 400_000;
/** Tables wider than this lose the columns that nothing names and nothing fills: one cell far away makes thousands of them. */
const WIDE = 256;
/** Cells of the whole table, blank ones included: one cell far to the right makes every row that wide. */
const MOST_CELLS = 400_000_000;

/** A sheet or csv, ready to be read from its beginning as often as needed. */
export interface Grid {
  file: string;
  name: string;
  format: string;
  encoding: EncodingEvidence;
  doubts: Doubt[];
  /** Days are counted from 1904. */
  date1904?: boolean;
  /** Reads all rows; `encoding` is a person's word given at reading time. */
  rows(encoding?: string): AsyncIterable<GridRow>;
  /** Known once `rows` has been read to its end. */
  merges(): Merge[];
}

interface Survey {
  first: GridRow[];
  samples: GridRow[];
  filledRows: number;
  width: number;
  widths: Map<number, number>;
  /** Columns with a value in any row. */
  used: Set<number>;
  filledCells: number;
  suspects: Suspects;
}

/** One pass over the whole grid: what the header needs, and true counts. */
async function survey(grid: Grid): Promise<Survey> {
  const found: Survey = {
    first: [],
    samples: [],
    filledRows: 0,
    width: 0,
    widths: new Map(),
    used: new Set(),
    filledCells: 0,
    suspects: createSuspects(),
  };
  let sampled = 0;
  let spread = 0;
  for await (const row of grid.rows()) {
    if (isBlankRow(row)) continue;
    found.filledRows++;
    found.suspects.note(row);
    const width = row.cells.findLastIndex((cell) => cell !== null) + 1;
    if (found.first.length < FIRST_ROWS) found.first.push(row);
    if (found.samples.length < SAMPLE_ROWS && sampled < SAMPLE_CELLS) {
      found.samples.push(row);
      sampled += row.cells.length;
    }
    for (let column = 0; column < width; column++) {
      if (row.cells[column] === null) continue;
      found.used.add(column);
      found.filledCells++;
    }
    found.width = Math.max(found.width, width);
    spread += width;
    if (isTooLarge(found, spread))
      throw new FormatError(
        'table-too-large',
        `"${grid.name}" is ${found.width} columns wide and more than ${found.filledRows} rows long. Delete the cells far outside the table.`,
        { columns: found.width, rows: found.filledRows },
      );
    found.widths.set(row.cells.length, (found.widths.get(row.cells.length) ?? 0) + 1);
  }
  return found;
}

/** Too many cells, or so few values in them that rows reach far to the right for nothing. `spread` is the length of all rows. */
const isTooLarge = ({ width, filledRows, used, filledCells }: Survey, spread: number): boolean =>
  width * filledRows > MOST_CELLS ||
  isTooSparse(used.size, filledRows, filledCells) ||
  isTooSparse(1, spread, filledCells);

function chooseHeader(found: Survey, merges: Merge[], headerRow: number | undefined): Header {
  const header = headerWithout(found, merges, headerRow);
  // Rows of units and column numbers explain the header and belong to it.
  return header.row < 0 ? header : { ...header, last: header.last + notesBelow(found.first, header) };
}

function headerWithout(found: Survey, merges: Merge[], headerRow: number | undefined): Header {
  if (headerRow === undefined) return findHeader(found.first, merges);
  const index = found.first.findIndex((row) => row.row - 1 === headerRow);
  return headerRow < 0 || index < 0 ? { row: -1, last: -1, names: [] } : headerAt(found.first, index, merges);
}

/** Makes a table of a grid: header found or given, blank rows passed over, every cell kept as text. */
export async function openGrid(grid: Grid, options: ReadOptions = {}): Promise<SourceTable> {
  return tableAt(grid, await survey(grid), options.headerRow);
}

/** The table under a header that is found, or that somebody knows the row of. */
function tableAt(grid: Grid, found: Survey, headerRow: number | undefined): SourceTable {
  const header = chooseHeader(found, grid.merges(), headerRow);
  const headerRows = found.first.filter((row) => row.row - 1 >= header.row && row.row - 1 <= header.last);
  const side = header.row < 0 ? new Map<number, SideRow>() : found.suspects.judge(header, headerRows, found.width);
  const doubts = [
    ...grid.doubts,
    ...headerDoubts(header, found),
    ...sideRowDoubts(side),
    ...(grid.format === 'csv' ? raggedDoubt(found) : []),
  ];
  const names = columnNames(header, found);
  const fields = names.map((name): SourceField => ({ name, type: 'text', samples: [] }));
  const isData = (row: GridRow): boolean => row.row - 1 > header.last && !isBlankRow(row) && !side.has(row.row);
  for (const row of found.samples.filter(isData))
    fields.forEach((field, column) => addSample(field, row.cells[column] ?? null));
  const above = found.first.filter((row) => row.row - 1 <= header.last).length;
  const info: TableInfo = {
    file: grid.file,
    name: grid.name,
    format: grid.format,
    geometry: 'none',
    rows: found.filledRows - above - side.size,
    deletedRows: 0,
    encoding: grid.encoding,
    crsStated: null,
    extent: null,
    fields: fields.filter(({ name }) => name !== ''),
    doubts,
    headerRow: header.row,
    ...(grid.date1904 === true ? { date1904: true } : {}),
  };
  const table: SourceTable = {
    info,
    blocks: (read) => blocks(grid, { names, header, found, side }, read ?? {}),
    reheaded: (row) => tableAt(grid, found, row),
  };
  if (header.row >= 0 && header.last < FIRST_ROWS) table.head = headOf(header, found, grid.merges());
  return table;
}

/** The rows down to the last of the header, with the merges that lie in them. */
function headOf(header: Header, found: Survey, merges: Merge[]): TableHead {
  const rows = Array.from({ length: header.last + 1 }, (_, i) => {
    return [...(found.first.find((row) => row.row - 1 === i)?.cells ?? [])];
  });
  return { rows, merges: merges.filter(({ bottom }) => bottom <= header.last) };
}

/** Names of the columns by their place; '' where a wide table has nothing at all. */
function columnNames(header: Header, { width, used }: Pick<Survey, 'width' | 'used'>): string[] {
  const raw = Array.from({ length: Math.max(width, header.names.length) }, (_, i) => header.names[i] ?? '');
  // Blank columns at the right end of the header are no columns.
  while (raw.length > width && raw.at(-1) === '') raw.pop();
  const names = uniqueNames(raw, (i) => `column_${i + 1}`);
  return raw.length <= WIDE ? names : names.map((name, i) => (raw[i] !== '' || used.has(i) ? name : ''));
}

function headerDoubts(header: Header, found: Survey): Doubt[] {
  const doubts: Doubt[] = [];
  if (found.filledRows === 0) return [{ code: 'empty-table', message: 'There is nothing in this table.' }];
  if (header.row < 0)
    return [{ code: 'no-header', message: 'The first row looks like data, so the columns got numbers for names.' }];
  const titles = found.first.filter((row) => row.row - 1 < header.row);
  if (titles.length > 0)
    doubts.push({
      code: 'title-rows',
      message: `The header was found in row ${header.row + 1}; ${titles.length} rows above it were taken for titles.`,
      data: { headerRow: header.row, titles: titles.map((row) => row.cells.filter((cell) => cell !== null).join(' ')) },
    });
  return doubts;
}

/** Lines with more or fewer cells than most: often a delimiter within a text that was not quoted. */
function raggedDoubt({ widths, filledRows }: Survey): Doubt[] {
  const most = Math.max(0, ...widths.values());
  const other = filledRows - most;
  if (other === 0) return [];
  const message = `${other} of ${filledRows} rows have another number of cells than the rest; no cell was dropped.`;
  return [{ code: 'ragged-rows', message, data: { rows: other, of: filledRows } }];
}

interface Heading {
  names: readonly string[];
  header: Header;
  found: Survey;
  /** Rows that are no data. */
  side: ReadonlyMap<number, SideRow>;
}

async function* blocks(grid: Grid, heading: Heading, options: ReadOptions): AsyncGenerator<SourceRow[]> {
  const size = blockRows(heading.names.length, options.blockRows);
  const { header } = heading;
  const above: GridRow[] = [];
  let names: readonly string[] | null = options.encoding === undefined ? heading.names : null;
  let places: number[] | null = null;
  let block: SourceRow[] = [];
  for await (const row of grid.rows(options.encoding)) {
    if (row.row - 1 <= header.last) above.push(row);
    if (row.row - 1 <= header.last || isBlankRow(row) || heading.side.has(row.row)) continue;
    names ??= decodedNames(above, heading, grid.merges());
    places ??= [...names.keys()].filter((column) => names?.[column] !== '');
    block.push(toSourceRow(row, names, places));
    if (block.length < size) continue;
    yield block;
    block = [];
    await setImmediate();
  }
  if (block.length > 0) yield block;
}

/** Under another encoding the headings read otherwise too. */
function decodedNames(above: readonly GridRow[], { header, found }: Heading, merges: readonly Merge[]): string[] {
  const index = above.findIndex((row) => row.row - 1 === header.row);
  return columnNames(index < 0 ? header : headerAt(above, index, merges), found);
}

/** A row under its headings; `places` are the columns that are fields. */
function toSourceRow(row: GridRow, names: readonly string[], places: readonly number[]): SourceRow {
  const values: SourceRow['values'] = {};
  for (const column of places) values[names[column] ?? ''] = row.cells[column] ?? null;
  const out: SourceRow = { row: row.row, values, shape: null };
  if (row.faults && row.faults.length > 0)
    out.faults = row.faults.map(({ column, code, message }) => ({ field: names[column] || null, code, message }));
  return out;
}
