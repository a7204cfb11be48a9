import { coordinateColumns, type SheetCell, type SheetToWrite } from '../../../formats/index.ts';
import type { SourceRow, SourceTable, TableHead } from '../../../formats/format.ts';
import type { StoredTable } from '../../../project/batches/batches.ts';
import { crsInfo } from '../../../model/geometry/crs.ts';
import { readAgain } from '../survey.ts';
import { stagedValue, type Problem, type ReturnedRow } from './problems.ts';
import { reasonWords, sheetWords, type ReturnLanguage } from './words.ts';

/** One delivered table with the rows of it that go back. */
export interface TableToReturn {
  name: string;
  stored: StoredTable;
  /** Null: the values are those of the import. */
  source: SourceTable | null;
  rows: ReturnedRow[];
}

const OWN_COLUMNS = 2;
const WIDTHS = { row: 12, reason: 46, least: 10, most: 36 };

/** The supplier's own table: its titles and headings in their order behind the row's number and the reason, and the rows that go back as delivered. */
export function tableSheet(table: TableToReturn, language: ReturnLanguage, breathe: () => Promise<void>): SheetToWrite {
  const fields = table.stored.mapping.map(({ field }) => field);
  const places = placeColumns(table);
  const head = headOf(table.source?.head, fields, places, language);
  return {
    name: table.name,
    widths: [WIDTHS.row, WIDTHS.reason, ...[...fields, ...places.map(({ title }) => title)].map(widthOf)],
    head: head.cells,
    merges: head.merges,
    frozenColumns: OWN_COLUMNS,
    filterRow: head.cells.length - 1,
    rows: rowsOf(table, fields, places, language, breathe),
  };
}

const widthOf = (title: string): number => Math.min(WIDTHS.most, Math.max(WIDTHS.least, title.length * 2 + 4));

type PlaceColumns = ReturnType<typeof coordinateColumns>;

/** Columns for shapes, as delivered: without them a row that has no code could not come back. */
function placeColumns({ source, stored }: TableToReturn): PlaceColumns {
  if (source === null || source.info.geometry === 'none') return [];
  const geographic = stored.crs !== null && crsInfo(stored.crs).geographic;
  const fields = stored.mapping.map(({ field }) => ({ name: field, title: field, type: 'text' as const }));
  const geometry = source.info.geometry === 'point' ? 'point' : 'line';
  return coordinateColumns({ name: '', geometry, fields, crs: { code: stored.crs, wkt: '', geographic }, rows: [] });
}

interface Head {
  cells: SheetCell[][];
  merges: TableHead['merges'];
}

function headOf(head: TableHead | undefined, fields: string[], places: PlaceColumns, language: ReturnLanguage): Head {
  const own = [sheetWords('rowHead', language), sheetWords('reasonHead', language)];
  const ownCells = own.map((text): SheetCell => ({ text, look: 'own-head' }));
  const placeCells = places.map(({ title }): SheetCell => ({ text: title, look: 'own-head' }));
  if (head === undefined) {
    const cells = [...ownCells, ...fields.map((text): SheetCell => ({ text, look: 'head' })), ...placeCells];
    return { cells: [cells], merges: [] };
  }
  const last = head.rows.length - 1;
  const first = firstHeaderRow(head);
  const cells = head.rows.map((row, i): SheetCell[] => {
    const titles = i < first;
    const theirs = Array.from({ length: fields.length }, (_, column): SheetCell => {
      return { text: row[column] ?? null, ...(titles ? {} : { look: 'head' }) };
    });
    const before = i === first ? ownCells : own.map((): SheetCell => ({ text: null }));
    return [...before, ...theirs, ...(i === first ? placeCells : [])];
  });
  const shifted = head.merges.map(({ top, left, bottom, right }) => ({
    top,
    left: left + OWN_COLUMNS,
    bottom,
    right: Math.min(right, fields.length - 1) + OWN_COLUMNS,
  }));
  const added = [...own.keys(), ...places.keys().map((i) => OWN_COLUMNS + fields.length + i)];
  const down = first === last ? [] : added.map((left) => ({ top: first, left, bottom: last, right: left }));
  return { cells, merges: [...shifted.filter(isArea), ...down] };
}

const isArea = ({ top, left, bottom, right }: TableHead['merges'][number]): boolean =>
  right >= left && (right > left || bottom > top);

/** Titles stand above the headings; headings of several rows hang together by merged cells that reach the last of them. */
function firstHeaderRow({ rows, merges }: TableHead): number {
  let first = rows.length - 1;
  const tied = (row: number) =>
    merges.some(({ top, bottom, left, right }) => top < row && (bottom >= row || (top === row - 1 && right > left)));
  while (first > 0 && tied(first) && !isTitle(rows[first - 1])) first--;
  return first;
}

/** A row of one cell is a title, merged or not. */
const isTitle = (row: (string | null)[] | undefined): boolean =>
  (row ?? []).filter((cell) => cell !== null && cell !== '').length <= 1;

async function* rowsOf(
  table: TableToReturn,
  fields: string[],
  places: PlaceColumns,
  language: ReturnLanguage,
  breathe: () => Promise<void>,
): AsyncGenerator<SheetCell[]> {
  const wanted = new Map(table.rows.map((row) => [row.row, row]));
  if (table.source !== null) {
    for await (const block of table.source.blocks(readAgain(table.stored))) {
      for (const row of block) {
        const returned = wanted.get(row.row);
        if (returned === undefined) continue;
        wanted.delete(row.row);
        yield cellsOf(returned, valuesOf(row, fields, places), fields, language);
      }
      if (wanted.size === 0) break;
      await breathe();
    }
  }
  for (const returned of wanted.values()) {
    const { staged } = returned;
    const values = table.stored.mapping.map(({ field, to }) =>
      staged === null ? null : stagedValue(staged, field, to),
    );
    yield cellsOf(returned, [...values, ...places.map(() => null)], fields, language);
  }
}

function valuesOf(row: SourceRow, fields: string[], places: PlaceColumns): (string | null)[] {
  return [...fields.map((field) => row.values[field] ?? null), ...places.map(({ value }) => value(row.shape))];
}

function cellsOf(
  { row, problems }: ReturnedRow,
  values: (string | null)[],
  fields: string[],
  language: ReturnLanguage,
): SheetCell[] {
  const reasons = problems.map((problem) => problemWords(problem, language));
  const marks = values.map((_, i) => {
    const field = fields[i];
    const own = problems.filter((one) => (field === undefined ? one.place : one.fields.includes(field)));
    return own.map(({ code, data }) => reasonWords(code, data, language));
  });
  const cells = values.map((text, i): SheetCell => {
    const notes = marks[i] ?? [];
    if (notes.length === 0) return { text };
    return { text, look: 'fault', note: notes.join(sheetWords('semicolon', language)) };
  });
  const reason = [...new Set(reasons)].join(sheetWords('semicolon', language));
  return [{ text: row > 0 ? String(row) : null, look: 'own' }, { text: reason, look: 'own' }, ...cells];
}

function problemWords({ fields, code, data }: Problem, language: ReturnLanguage): string {
  const words = reasonWords(code, data, language);
  return fields.length === 0 ? words : `${fields.join('、')}${sheetWords('colon', language)}${words}`;
}
