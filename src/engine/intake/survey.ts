import type { SourceRow, SourceTable, ReadOptions } from '../../formats/format.ts';
import { GeometryError } from '../../model/geometry/error.ts';
import type { Position, Shape } from '../../model/geometry/types.ts';
import { parseWkt } from '../../model/geometry/wkt.ts';
import type { StoredTable } from '../../project/batches/batches.ts';
import { classOfComponentCode, statedClassCode, type ClassCatalogue, type ClassSample } from './classes.ts';
import { normaliseCode, normaliseCoordinate } from './normalise.ts';

/** What the first rows of a table say: enough to guess by, whatever the file's size. */
export interface Survey {
  rows: SourceRow[];
}

const SURVEY_ROWS = 4000;

/** Reads at most the first 4,000 rows. */
export async function surveyTable(table: SourceTable, options: ReadOptions): Promise<Survey> {
  const rows: SourceRow[] = [];
  for await (const block of table.blocks(options)) {
    rows.push(...block.slice(0, SURVEY_ROWS - rows.length));
    if (rows.length >= SURVEY_ROWS) break;
  }
  return { rows };
}

/** How a table of a batch was read, to be read so again. */
export function readAgain({ encoding }: Pick<StoredTable, 'encoding'>): ReadOptions {
  return encoding === null ? {} : { encoding };
}

/** Names of the fields as rows carry them, in order: in a dbf they depend on the encoding. */
export async function readHeadings(table: SourceTable, read: ReadOptions): Promise<string[]> {
  for await (const block of table.blocks({ ...read, blockRows: 1 })) return Object.keys(block[0]?.values ?? {});
  return table.info.fields.map((field) => field.name);
}

/** Up to `count` distinct non-blank values of a field, in order of appearance. */
export function distinctValues(rows: SourceRow[], field: string, count: number): string[] {
  const seen = new Set<string>();
  for (const row of rows) {
    const value = row.values[field]?.trim() ?? '';
    if (value !== '') seen.add(value);
    if (seen.size >= count) break;
  }
  return [...seen];
}

/** Distinct (class code, component name) pairs of a table with their counts, by the fields that hold them. */
export function classSamples(
  catalogue: ClassCatalogue,
  rows: SourceRow[],
  to: (column: string) => string | null,
): ClassSample[] {
  const fields = { code: to('code'), class: to('class_code'), name: to('name') };
  const counts = new Map<string, ClassSample>();
  for (const row of rows) {
    const stated = fields.class === null ? null : normaliseCode(row.values[fields.class] ?? null).value;
    const code = fields.code === null ? null : normaliseCode(row.values[fields.code] ?? null).value;
    const classCode = statedClassCode(catalogue, stated) ?? classOfComponentCode(code);
    const name = fields.name === null ? null : (row.values[fields.name]?.trim() ?? null);
    const key = `${classCode ?? ''}\u0000${name ?? ''}`;
    const sample = counts.get(key);
    if (sample === undefined) counts.set(key, { classCode, name: name === '' ? null : name, count: 1 });
    else sample.count += 1;
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count);
}

/** The shape a row writes out in columns: coordinates, or well-known text as other systems and Gewu's own csv have it. */
export function columnShape(row: SourceRow, to: (column: string) => string | null): Shape | null {
  const at = columnPoint(row, to);
  if (at !== null) return { type: 'Point', coordinates: at };
  const field = to('wkt');
  const text = field === null ? null : (row.values[field] ?? null);
  return text === null ? null : wktShape(text);
}

/** Null for text that is no shape: the row is then one without a place, and the text stays in `extra`. */
function wktShape(text: string): Shape | null {
  try {
    return parseWkt(text);
  } catch (error) {
    if (error instanceof GeometryError) return null;
    throw error;
  }
}

/** Coordinates written in columns, x/east first, whatever their headings say; null for a row without both. */
function columnPoint(row: SourceRow, to: (column: string) => string | null): Position | null {
  const pairs: [string, string][] = [
    ['x', 'y'],
    ['lon', 'lat'],
  ];
  for (const [first, second] of pairs) {
    const a = to(first);
    const b = to(second);
    if (a === null || b === null) continue;
    const x = normaliseCoordinate(row.values[a] ?? null);
    const y = normaliseCoordinate(row.values[b] ?? null);
    if (x !== null && y !== null) return [x, y];
  }
  return null;
}
