import type { Database } from 'better-sqlite3';
import type { CheckedComponent } from '../../model/check-source.ts';
import { COMPONENT_COLUMNS, type CellValue } from '../../model/component.ts';
import { pointOfBlob } from '../batches/match.ts';
import { idsParameter } from './reader.ts';

/** Rows looked at between two breaths. */
const BLOCK = 2000;
const NAMES = COMPONENT_COLUMNS.map(({ name }) => name);
const PLACE_OF = new Map(NAMES.map((name, at) => [name, at]));
const LIST = NAMES.map((name) => `"${name}"`).join(', ');

type Raw = [id: number, geom: Uint8Array | null, ...cells: CellValue[]];

/** Components as rules see them, in blocks by id: those named, or all. */
export function* componentBlocks(db: Database, ids: readonly number[] | null): Generator<CheckedComponent[]> {
  const read = untakenReader(db);
  if (ids === null) {
    const page = db
      .prepare<[number], Raw>(`SELECT id, geom, ${LIST} FROM component WHERE id > ? ORDER BY id LIMIT ${BLOCK}`)
      .raw();
    let after = Number.MIN_SAFE_INTEGER;
    for (let rows = page.all(after); rows.length > 0; rows = page.all(after)) {
      after = rows.at(-1)?.[0] ?? after;
      yield rows.map((row) => checked(row, read));
    }
    return;
  }
  const some = db
    .prepare<[string], Raw>(
      `SELECT id, geom, ${LIST} FROM component WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    )
    .raw();
  for (let from = 0; from < ids.length; from += BLOCK) {
    yield some.all(idsParameter(ids.slice(from, from + BLOCK))).map((row) => checked(row, read));
  }
}

function checked([id, geom, ...values]: Raw, untaken: ReadUntaken): CheckedComponent {
  const cells: Record<string, CellValue> = {};
  for (const [at, name] of NAMES.entries()) cells[name] = values[at] ?? null;
  return { id, cells, at: geom === null ? null : pointOfBlob(geom), untaken: untaken(values) };
}

type ReadUntaken = (values: readonly CellValue[]) => CheckedComponent['untaken'];
const NOTHING: CheckedComponent['untaken'] = [];

/** What a delivery said for a column that is blank: the field was mapped to it, and its text had to stay in `extra`. */
function untakenReader(db: Database): ReadUntaken {
  const [batchAt, extraAt] = [PLACE_OF.get('batch_id') ?? -1, PLACE_OF.get('extra') ?? -1];
  const mappings = new Map<CellValue, { field: string; column: string; place: number }[]>();
  return (values) => {
    const extra = values[extraAt];
    const batch = values[batchAt];
    if (typeof extra !== 'string' || typeof batch !== 'number') return NOTHING;
    let fields = mappings.get(batch);
    if (fields === undefined) mappings.set(batch, (fields = mappedFields(db, batch)));
    const blank = fields.filter(({ place }) => (values[place] ?? null) === null);
    if (blank.length === 0) return NOTHING;
    const kept = parsed(extra);
    return blank.flatMap(({ field, column }) => {
      const value = Object.hasOwn(kept, field) ? kept[field] : null;
      return typeof value === 'string' && value.trim() !== '' ? [{ column, field, value }] : [];
    });
  };
}

/** Fields of a delivery that were mapped to a column, each pair once however many tables had it. */
function mappedFields(db: Database, batch: number): { field: string; column: string; place: number }[] {
  const pairs = db
    .prepare<[number], { field: string; column: string }>(
      `SELECT DISTINCT json_extract(m.value, '$.field') AS field, json_extract(m.value, '$.to') AS "column"
       FROM gewu_batch b, json_each(b.tables) t, json_each(t.value, '$.mapping') m WHERE b.id = ? ORDER BY 2, 1`,
    )
    .all(batch);
  const seen = new Set<string>();
  return pairs.flatMap(({ field, column }) => {
    const place = PLACE_OF.get(column);
    if (place === undefined || seen.has(column + field)) return [];
    seen.add(column + field);
    return [{ field, column, place }];
  });
}

/** `extra` as kept; another program may have left something else there, which then says nothing. */
function parsed(extra: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(extra);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
