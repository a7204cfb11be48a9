import type { Database } from 'better-sqlite3';
import type { CellChange, RevisionInfo } from '../model/change.ts';
import type { CellValue } from '../model/component.ts';
import { shapeArea, shapeLength } from '../model/geometry/polygon.ts';
import type { Bbox } from '../model/geometry/types.ts';
import { decodeGpkg } from '../model/geometry/wkb.ts';
import { boxOf } from './bulk.ts';
import type { StoredCell } from './digest.ts';
import { ProjectError } from './error.ts';
import { LOGGED } from './schema/schema.ts';
import { quoted } from './schema/table.ts';

interface RevisionRow {
  id: number;
  at: string;
  person: string;
  command: string;
  summary: string;
  undo_of: number | null;
  batch_id: number | null;
  rows: number;
}
const COLUMNS = 'id, at, person, command, summary, undo_of, batch_id, rows';

/** The revision that took `id` back and still holds, or null. An undo that was itself undone does not hold. */
export function undoneBy(db: Database, id: number): number | null {
  const undos = db
    .prepare<[number], number>(`SELECT id FROM gewu_revision WHERE undo_of = ? ORDER BY id DESC`)
    .pluck()
    .all(id);
  return undos.find((undo) => undoneBy(db, undo) === null) ?? null;
}

function infoOf(db: Database, row: RevisionRow): RevisionInfo {
  return {
    id: row.id,
    at: row.at,
    person: row.person,
    command: row.command,
    summary: JSON.parse(row.summary) as Record<string, CellValue>,
    undoOf: row.undo_of,
    undoneBy: undoneBy(db, row.id),
    batchId: row.batch_id,
    rows: row.rows,
  };
}

export interface HistoryPage {
  of?: { layer: string; id: number };
  offset: number;
  limit: number;
}

/** Revisions, latest first; with `of`, those that changed one row. */
export function listRevisions(db: Database, page: HistoryPage): { revisions: RevisionInfo[]; total: number } {
  const where =
    page.of === undefined ? '1' : `id IN (SELECT revision FROM gewu_change WHERE feature_id = :id AND layer = :layer)`;
  const bound = page.of === undefined ? {} : { id: page.of.id, layer: page.of.layer };
  const total =
    db.prepare<[object], number>(`SELECT count(*) FROM gewu_revision WHERE ${where}`).pluck().get(bound) ?? 0;
  const rows = db
    .prepare<[object], RevisionRow>(
      `SELECT ${COLUMNS} FROM gewu_revision WHERE ${where} ORDER BY id DESC LIMIT :limit OFFSET :offset`,
    )
    .all({ ...bound, limit: page.limit, offset: page.offset });
  return { revisions: rows.map((row) => infoOf(db, row)), total };
}

/** @throws ProjectError 'not-found' */
export function getRevision(db: Database, id: number): RevisionInfo {
  const row = db.prepare<[number], RevisionRow>(`SELECT ${COLUMNS} FROM gewu_revision WHERE id = ?`).get(id);
  if (row === undefined)
    throw new ProjectError('not-found', `There is no revision ${id}.`, { reason: 'revision', revision: id });
  return infoOf(db, row);
}

/** The latest revision neither undone nor itself an undo; of one window, where given. */
export function latestUndoable(db: Database, window?: string | null): RevisionInfo | null {
  for (const row of backwards(db, window)) {
    if (row.undo_of === null && undoneBy(db, row.id) === null) return infoOf(db, row);
  }
  return null;
}

/** The undo that redo would take back: the latest that holds, with nothing new done since. */
export function latestRedoable(db: Database, window?: string | null): RevisionInfo | null {
  for (const row of backwards(db, window)) {
    if (row.undo_of === null) {
      if (undoneBy(db, row.id) === null) return null;
      continue;
    }
    const target = db
      .prepare<[number], number | null>(`SELECT undo_of FROM gewu_revision WHERE id = ?`)
      .pluck()
      .get(row.undo_of);
    if (target === null && undoneBy(db, row.id) === null) return infoOf(db, row);
  }
  return null;
}

function* backwards(db: Database, window?: string | null): Generator<RevisionRow> {
  const own = window == null ? '1' : 'window = :window';
  const page = db.prepare<[object], RevisionRow>(
    `SELECT ${COLUMNS} FROM gewu_revision WHERE id < :before AND ${own} ORDER BY id DESC LIMIT 100`,
  );
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const rows = page.all({ before, ...(window == null ? {} : { window }) });
    if (rows.length === 0) return;
    yield* rows;
    before = rows.at(-1)?.id ?? 0;
  }
}

interface ChangeRow {
  seq: number;
  layer: string;
  feature_id: number;
  column: string | null;
  gone: number;
  was: StoredCell;
}

/** What a cell was right after revision `after`: what the next later change found there, or what it is now. */
function cellAfter(
  db: Database,
  at: { layer: string; id: number; column: string },
  after: number,
): StoredCell | undefined {
  const later = db
    .prepare<[number, string, string, number], { was: StoredCell }>(
      `SELECT was FROM gewu_change WHERE feature_id = ? AND layer = ? AND "column" = ? AND revision > ? ORDER BY revision, seq LIMIT 1`,
    )
    .get(at.id, at.layer, at.column, after);
  if (later !== undefined) return later.was;
  return cellNow(db, at);
}

/** The cell as it is; undefined where there is no such row. */
function cellNow(db: Database, at: { layer: string; id: number; column: string }): StoredCell | undefined {
  return db
    .prepare<[number], StoredCell>(`SELECT ${quoted(at.column)} FROM ${quoted(at.layer)} WHERE id = ?`)
    .pluck()
    .get(at.id);
}

/** A cell for people: a geometry as 'x y' of a point, 'area m²' of a polygon, 'length m' of a line. */
export function readableCell(cell: StoredCell | undefined): CellValue {
  if (!(cell instanceof Uint8Array)) return cell ?? null;
  if (boxOf(cell) === null) return null;
  const { shape } = decodeGpkg(cell);
  if (shape === null) return null;
  switch (shape.type) {
    case 'Point':
      return `${shape.coordinates[0]} ${shape.coordinates[1]}`;
    case 'MultiPolygon':
      return `${shapeArea(shape).toFixed(1)} m²`;
    case 'MultiLineString':
      return `${shapeLength(shape).toFixed(1)} m`;
    case 'MultiPoint':
      return `${shape.coordinates.length} points`;
  }
}

/** The cells a revision changed, in its order; a made or removed row is one entry with column 'id'. `bbox` is around what it touched, now and then. */
export function revisionChanges(
  db: Database,
  id: number,
  limit: number,
): { changes: CellChange[]; total: number; bbox: Bbox | null } {
  const total =
    db.prepare<[number], number>(`SELECT count(*) FROM gewu_change WHERE revision = ?`).pluck().get(id) ?? 0;
  const rows = db
    .prepare<[number, number], ChangeRow>(
      `SELECT seq, layer, feature_id, "column", gone, was FROM gewu_change WHERE revision = ? ORDER BY seq LIMIT ?`,
    )
    .all(id, limit);
  const changes = rows.map((row): CellChange => {
    const { layer, feature_id: feature, column, was } = row;
    if (column === null) return { layer, id: feature, column: 'id', was: null, now: feature };
    if (row.gone === 1) return { layer, id: feature, column, was: readableCell(was), now: null };
    const now = cellAfter(db, { layer, id: feature, column }, id);
    return { layer, id: feature, column, was: readableCell(was), now: readableCell(now) };
  });
  return { changes, total, bbox: boxAround(db, rows) };
}

function boxAround(db: Database, rows: readonly ChangeRow[]): Bbox | null {
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
  const take = (cell: StoredCell | undefined): void => {
    const b = boxOf(cell);
    if (b === null) return;
    box[0] = Math.min(box[0], b[0]);
    box[1] = Math.min(box[1], b[1]);
    box[2] = Math.max(box[2], b[2]);
    box[3] = Math.max(box[3], b[3]);
  };
  const seen = new Set<string>();
  for (const row of rows) {
    if (row.column === 'geom') take(row.was);
    const key = `${row.layer}:${row.feature_id}`;
    if (seen.has(key) || LOGGED.get(row.layer)?.geometry == null) continue;
    seen.add(key);
    take(cellNow(db, { layer: row.layer, id: row.feature_id, column: 'geom' }));
  }
  return box[0] > box[2] ? null : box;
}
