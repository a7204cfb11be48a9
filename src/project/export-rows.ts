import type { Database } from 'better-sqlite3';
import { ROLES, type CellValue, type LayerName } from '../model/component.ts';
import type { Filter } from '../model/filter.ts';
import type { Shape } from '../model/geometry/types.ts';
import { decodeGpkg } from '../model/geometry/wkb.ts';
import { ProjectError } from './error.ts';
import type { ProjectFile } from './project-file.ts';
import { compileFilter } from './queries/filter.ts';
import { idsParameter, type Reader } from './queries/reader.ts';
import { rowsById } from './queries/rows.ts';

/** A feature to be written out: cells and names as the table shows them, its point or area, and the line or area of a component. */
export interface ExportRow {
  id: number;
  cells: Readonly<Record<string, CellValue>>;
  names: Readonly<Record<string, string | null>>;
  geometry: Shape | null;
  shape: Shape | null;
}

/** Features of a layer that pass the filter, by ascending id. Streets and communities have no filter. @throws ProjectError 'unknown-column' | 'input' */
export function exportIds(reader: Reader, layer: LayerName, filter: Filter | null): number[] {
  const { db } = reader;
  if (layer === 'component' || layer === 'unit_grid') {
    const where = compileFilter(reader, layer, filter);
    return db
      .prepare<(string | number)[], number>(`SELECT t.id FROM ${layer} t WHERE ${where.sql} ORDER BY t.id`)
      .pluck()
      .all(...where.params);
  }
  if (filter !== null)
    throw new ProjectError('input', `The layer ${layer} cannot be filtered; leave the filter out.`, { layer });
  return db.prepare<[], number>(`SELECT id FROM ${layer} ORDER BY id`).pluck().all();
}

/** How many of the components have a line, an area, or a point alone. */
export function shapeKinds(db: Database, ids: readonly number[]): Record<'point' | 'line' | 'polygon', number> {
  const count = (table: string) =>
    db
      .prepare<[string], number>(
        `SELECT count(DISTINCT component_id) FROM ${table} WHERE component_id IN (SELECT value FROM json_each(?))`,
      )
      .pluck()
      .get(idsParameter(ids)) ?? 0;
  const line = count('component_line');
  const polygon = count('component_area');
  return { point: ids.length - line - polygon, line, polygon };
}

/** One page of features in the order of the ids. */
export function exportRows(db: Database, layer: LayerName, ids: readonly number[]): ExportRow[] {
  const geometry = geometryOf(db, layer, 'id', ids);
  if (layer === 'street' || layer === 'community') return areaRows(db, layer, ids, geometry);
  const shapes =
    layer === 'component'
      ? new Map([
          ...geometryOf(db, 'component_line', 'component_id', ids),
          ...geometryOf(db, 'component_area', 'component_id', ids),
        ])
      : new Map<number, Shape>();
  const codes = layer === 'component' ? unitCodes(db) : null;
  return rowsById(db, layer, ids).map(({ id, cells, names }) => ({
    id,
    cells,
    names: codes === null ? names : { ...names, ...roleCodes(codes, cells) },
    geometry: geometry.get(id) ?? null,
    shape: shapes.get(id) ?? null,
  }));
}

function geometryOf(db: Database, table: string, key: string, ids: readonly number[]): Map<number, Shape> {
  const rows = db
    .prepare<[string], { id: number; geom: Uint8Array }>(
      `SELECT ${key} AS id, geom FROM ${table} WHERE ${key} IN (SELECT value FROM json_each(?)) AND geom IS NOT NULL`,
    )
    .all(idsParameter(ids));
  return new Map(
    rows.flatMap(({ id, geom }) => {
      const { shape } = decodeGpkg(geom);
      return shape === null ? [] : [[id, shape] as const];
    }),
  );
}

function areaRows(db: Database, layer: string, ids: readonly number[], geometry: Map<number, Shape>): ExportRow[] {
  return db
    .prepare<[string], { id: number; code: string | null; name: string | null; aliases: string | null }>(
      `SELECT id, code, name, aliases FROM ${layer} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    )
    .all(idsParameter(ids))
    .map(({ id, ...cells }) => ({ id, cells, names: {}, geometry: geometry.get(id) ?? null, shape: null }));
}

/** 统一社会信用代码 of each unit, or its local code. */
function unitCodes(db: Database): Map<CellValue, string> {
  const rows = db
    .prepare<[], { id: number; code: string | null }>(`SELECT id, coalesce(credit_code, code) AS code FROM unit`)
    .all();
  return new Map(rows.flatMap(({ id, code }) => (code === null ? [] : [[id, code] as const])));
}

function roleCodes(
  codes: ReadonlyMap<CellValue, string>,
  cells: Readonly<Record<string, CellValue>>,
): Record<string, string | null> {
  return Object.fromEntries(ROLES.map((role) => [`${role}_code`, codes.get(cells[`${role}_id`] ?? null) ?? null]));
}

/**
 * Lets a job of several turns read one state of the project throughout. Only for a connection of its own; on a network path, where a
 * reader would hold up the writer, it reads what is committed as it goes.
 */
export async function withSnapshot<T>(project: ProjectFile, work: () => Promise<T>): Promise<T> {
  if (project.info().network) return work();
  const { db } = project;
  db.exec('BEGIN');
  try {
    return await work();
  } finally {
    if (db.inTransaction) db.exec('COMMIT');
  }
}
