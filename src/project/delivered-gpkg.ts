import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { decodeGpkg } from '../model/geometry/wkb.ts';
import type { Shape } from '../model/geometry/types.ts';
import type {
  ExchangeField,
  ExchangeFieldType,
  ExchangeGeometry,
  ExchangeRow,
  ExchangeTable,
} from '../model/table-exchange.ts';
import { ProjectError, sqliteCode } from './error.ts';
import { assertFreeSpace } from './media.ts';
import { quoted } from './schema/table.ts';
import { zmOf } from './wkb-zm.ts';

interface Bytes {
  readonly size: number;
  slice(start: number, end: number): Uint8Array;
}

const COPY_BLOCK = 1 << 22;
const BLOCK_ROWS = 2000;
const SAMPLES = 5;
const SAMPLE_ROWS = 200;
/** Bytes of one cell that are still a text somebody wrote. */
const LONGEST_CELL = 1_000_000;

/**
 * Opens the layers and attribute tables of a delivered GeoPackage. The bytes are copied to a temporary file first, so the delivery is
 * never touched and an unfinished journal beside it never looked for; nothing of its schema runs (no triggers, views, or generated columns).
 * @throws ProjectError 'not-a-geopackage' · 'damaged' · 'disk-full'
 */
export async function openDeliveredGpkg(file: { name: string; bytes: Bytes }): Promise<ExchangeTable[]> {
  const db = openCopy(file);
  return understood(file.name, () => {
    const has = db.prepare<[], number>(
      `SELECT count(*) FROM sqlite_schema WHERE name = 'gpkg_contents' AND type = 'table'`,
    );
    if (has.pluck().get() !== 1)
      throw new ProjectError(
        'not-a-geopackage',
        `${file.name} is a database but no GeoPackage: it lists no layers. Ask for the file again.`,
        {
          file: file.name,
        },
      );
    return listTables(db, file.name);
  });
}

function openCopy(file: { name: string; bytes: Bytes }): Database.Database {
  const folder = mkdtempSync(join(tmpdir(), 'gewu-delivery-'));
  const path = join(folder, 'd.gpkg');
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 2 });
  try {
    assertFreeSpace(path, file.bytes.size);
    copyTo(path, file.bytes);
    const db = new Database(path, { readonly: true, fileMustExist: true });
    // Elsewhere than on Windows an open file may be unlinked: nothing is left behind, however this ends.
    if (process.platform === 'win32') process.once('exit', remove);
    else remove();
    return understood(file.name, () => {
      db.pragma('trusted_schema = OFF');
      db.pragma('query_only = ON');
      db.pragma('cell_size_check = ON');
      return db;
    });
  } catch (error) {
    remove();
    throw error;
  }
}

function copyTo(path: string, bytes: Bytes): void {
  const out = openSync(path, 'w');
  try {
    for (let at = 0; at < bytes.size; at += COPY_BLOCK) {
      const block = Uint8Array.from(bytes.slice(at, Math.min(bytes.size, at + COPY_BLOCK)));
      // Versions 2 mean WAL, which needs a second file even to read; 1 is the rollback journal.
      if (at === 0) block.fill(1, 18, 20);
      writeSync(out, block);
    }
  } finally {
    closeSync(out);
  }
}

function understood<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = sqliteCode(error);
    if (code === null) throw error;
    throw new ProjectError(
      'damaged',
      `${name} is damaged and can't be read as a GeoPackage (${code}). Ask for the file again.`,
      { file: name },
      error,
    );
  }
}

interface ContentRow {
  name: string;
  kind: string;
  geom: string | null;
  geometry: string | null;
  organization: string | null;
  code: number | null;
  wkt: string | null;
}

function listTables(db: Database.Database, file: string): ExchangeTable[] {
  const geometry = db.prepare<[], number>(
    `SELECT count(*) FROM sqlite_schema WHERE name = 'gpkg_geometry_columns' AND type = 'table'`,
  );
  const hasGeometry = geometry.pluck().get() === 1;
  const contents = db
    .prepare<[], ContentRow>(
      hasGeometry
        ? `SELECT c.table_name AS name, c.data_type AS kind, g.column_name AS geom, g.geometry_type_name AS geometry,
             s.organization, s.organization_coordsys_id AS code, s.definition AS wkt
           FROM gpkg_contents c LEFT JOIN gpkg_geometry_columns g ON g.table_name = c.table_name
           LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id WHERE c.data_type IN ('features', 'attributes') ORDER BY c.data_type DESC, c.rowid`
        : `SELECT table_name AS name, data_type AS kind, NULL AS geom, NULL AS geometry, NULL AS organization, NULL AS code, NULL AS wkt
           FROM gpkg_contents WHERE data_type = 'attributes' ORDER BY rowid`,
    )
    .all();
  // A view's text is the sender's code, and SQLite offers no way to stop one that never ends: real tables only.
  const real = db
    .prepare<[string], number>(
      `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND lower(name) = lower(?) AND sql NOT LIKE 'CREATE VIRTUAL%'`,
    )
    .pluck();
  return contents.flatMap((row) =>
    real.get(row.name) === 1 && row.name !== 'layer_styles' ? [describe(db, file, row)] : [],
  );
}

interface FieldPlan {
  fields: ExchangeField[];
  geom: string | null;
  key: string;
}

function planOf(db: Database.Database, row: ContentRow): FieldPlan {
  const columns = db
    .prepare<[string], { name: string; type: string; pk: number; hidden: number }>(
      `SELECT name, type, pk, hidden FROM pragma_table_xinfo(?)`,
    )
    .all(row.name);
  const geom = columns.find((column) => column.name.toLowerCase() === row.geom?.toLowerCase())?.name ?? null;
  const key = columns.find((column) => column.pk === 1 && /^INTEGER$/iu.test(column.type))?.name ?? 'rowid';
  const fields = columns
    .filter((column) => column.hidden === 0 && column.name !== geom && column.name !== key)
    .map(({ name, type }): ExchangeField => ({ name, ...typeOf(type), samples: [] }));
  return { fields, geom, key };
}

function typeOf(declared: string): { type: ExchangeFieldType; length?: number } {
  const type = declared.toUpperCase();
  const length = Number(/^TEXT\s*\((\d+)\)/u.exec(type)?.[1]);
  if (/^(TINYINT|SMALLINT|MEDIUMINT|INT|INTEGER)/u.test(type)) return { type: 'integer' };
  if (/^(FLOAT|DOUBLE|REAL|NUMERIC)/u.test(type)) return { type: 'real' };
  if (type === 'BOOLEAN') return { type: 'boolean' };
  if (type === 'DATE') return { type: 'date' };
  return Number.isInteger(length) ? { type: 'text', length } : { type: 'text' };
}

function geometryOf(name: string | null): ExchangeGeometry {
  const type = name?.toUpperCase() ?? '';
  if (type === '') return 'none';
  if (type === 'POINT' || type === 'MULTIPOINT') return type === 'POINT' ? 'point' : 'multipoint';
  if (/LINESTRING|CURVE$/u.test(type) && type !== 'CURVE') return 'line';
  return /POLYGON/u.test(type) ? 'polygon' : 'mixed';
}

function describe(db: Database.Database, file: string, row: ContentRow): ExchangeTable {
  const plan = planOf(db, row);
  const reader = new TableReader(db, row.name, plan);
  const crs =
    row.geom === null ? null : row.organization?.toUpperCase() === 'EPSG' ? `EPSG:${row.code ?? ''}` : row.wkt;
  for (const sample of reader.page(null, SAMPLE_ROWS).rows) {
    for (const field of plan.fields) {
      const value = sample.values[field.name];
      if (value != null && field.samples.length < SAMPLES && !field.samples.includes(value)) field.samples.push(value);
    }
  }
  return {
    info: {
      file,
      name: row.name,
      format: 'geopackage',
      geometry: plan.geom === null ? 'none' : geometryOf(row.geometry),
      rows:
        db
          .prepare<[], number>(`SELECT count(*) FROM ${quoted(row.name)}`)
          .pluck()
          .get() ?? 0,
      deletedRows: 0,
      encoding: { name: null, confidence: 1, evidence: [], candidates: [] },
      crsStated: crs === 'undefined' ? null : crs,
      extent: reader.extent(),
      fields: plan.fields,
      doubts: [],
    },
    blocks: (options = {}) => blocksOf(file, reader, options.blockRows ?? BLOCK_ROWS),
  };
}

async function* blocksOf(file: string, reader: TableReader, size: number): AsyncGenerator<ExchangeRow[]> {
  let page = understood(file, () => reader.page(null, size));
  while (page.rows.length > 0) {
    yield page.rows;
    const { last } = page;
    page = understood(file, () => reader.page(last, size));
  }
}

interface Page {
  rows: ExchangeRow[];
  /** Key of the last row; null when there was none. */
  last: bigint | null;
}
type RawCell = bigint | number | string | Buffer | null;

/** Reads a table page by page in order of its key; integers of any size come as their digits. */
class TableReader {
  readonly #db: Database.Database;
  readonly #table: string;
  readonly #plan: FieldPlan;

  constructor(db: Database.Database, table: string, plan: FieldPlan) {
    this.#db = db;
    this.#table = table;
    this.#plan = plan;
  }

  page(after: bigint | null, limit: number): Page {
    const { key, geom, fields } = this.#plan;
    const columns = [key, ...(geom === null ? [] : [geom]), ...fields.map((field) => field.name)]
      .map(quoted)
      .join(', ');
    const where = after === null ? '' : `WHERE ${quoted(key)} > ?`;
    const raw = this.#db
      .prepare<bigint[], RawCell[]>(
        `SELECT ${columns} FROM ${quoted(this.#table)} ${where} ORDER BY ${quoted(key)} LIMIT ${limit}`,
      )
      .raw()
      .safeIntegers()
      .all(...(after === null ? [] : [after]));
    const last = raw.at(-1)?.[0];
    return { rows: raw.map((cells) => this.#row(cells)), last: typeof last === 'bigint' ? last : null };
  }

  #row(cells: RawCell[]): ExchangeRow {
    const { geom, fields } = this.#plan;
    const faults: NonNullable<ExchangeRow['faults']> = [];
    const values: Record<string, string | null> = {};
    const first = geom === null ? 1 : 2;
    for (const [at, field] of fields.entries()) {
      const { text, fault } = asText(cells[first + at] ?? null);
      values[field.name] = text;
      if (fault !== null)
        faults.push({ field: field.name, code: fault, message: `"${field.name}" could not be read as text.` });
    }
    const found = geom === null ? { shape: null } : shapeOf(cells[1] ?? null, geom);
    if (found.fault !== undefined) faults.push(found.fault);
    const { z, m } = found;
    return {
      row: Number(cells[0] ?? 0),
      values,
      shape: found.shape,
      ...(z === undefined ? {} : { z }),
      ...(m === undefined ? {} : { m }),
      ...(faults.length === 0 ? {} : { faults }),
    };
  }

  /** Box around all geometry, as far as it can be read; null without any. */
  extent(): [number, number, number, number] | null {
    const { geom } = this.#plan;
    if (geom === null) return null;
    const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
    const blobs = this.#db.prepare<[], RawCell>(`SELECT ${quoted(geom)} FROM ${quoted(this.#table)}`).pluck();
    for (const blob of blobs.iterate()) {
      const envelope = blob instanceof Uint8Array ? envelopeOf(blob) : null;
      if (envelope === null) continue;
      for (const at of [0, 1] as const) box[at] = Math.min(box[at], envelope[at]);
      for (const at of [2, 3] as const) box[at] = Math.max(box[at], envelope[at]);
    }
    return box[0] > box[2] ? null : box;
  }
}

function envelopeOf(blob: Uint8Array): [number, number, number, number] | null {
  try {
    return decodeGpkg(blob).envelope;
  } catch (error) {
    if (error instanceof Error && error.name === 'GeometryError') return null;
    throw error;
  }
}

function asText(cell: RawCell): { text: string | null; fault: string | null } {
  if (cell === null || cell === '') return { text: null, fault: null };
  if (cell instanceof Uint8Array) return { text: null, fault: 'binary' };
  const text = String(cell);
  if (text.length > LONGEST_CELL) return { text: text.slice(0, LONGEST_CELL), fault: 'too-long' };
  // As the readers of other formats spell it: SQLite's own tools end a text there.
  if (text.includes('\0')) return { text: text.replaceAll('\0', '\\x00'), fault: 'control-characters' };
  return { text, fault: text.includes('\ufffd') ? 'undecodable' : null };
}

interface FoundShape {
  shape: Shape | null;
  z?: number[];
  m?: number[];
  fault?: { field: string; code: string; message: string };
}

function shapeOf(cell: RawCell, field: string): FoundShape {
  if (cell === null) return { shape: null };
  if (!(cell instanceof Uint8Array))
    return { shape: null, fault: { field, code: 'geometry-unreadable', message: 'The geometry is no binary.' } };
  try {
    const { shape } = decodeGpkg(cell);
    return shape === null ? { shape } : { shape, ...zmOf(cell) };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'GeometryError') throw error;
    const code = (error as Error & { code?: unknown }).code;
    return { shape: null, fault: { field, code: String(code), message: error.message } };
  }
}
