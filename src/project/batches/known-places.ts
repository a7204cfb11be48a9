import type { Database } from 'better-sqlite3';
import type { Bbox, Position } from '../../model/geometry/types.ts';
import { boxOf } from '../bulk.ts';
import { pointOfBlob } from './match.ts';

/** Where the project has a thing, project CRS. */
export interface KnownPlace {
  /** A component's identifying point; of an area the middle of its box. */
  at: Position;
  /** Middle of the box round its line or area; `at` where it has none. */
  middle: Position;
}

type Layer = 'component' | 'unit_grid' | 'street' | 'community';

const middleOf = ([minX, minY, maxX, maxY]: Bbox): Position => [(minX + maxX) / 2, (minY + maxY) / 2];

interface Row {
  code: string;
  geom: Uint8Array | null;
  shape: Uint8Array | null;
}

/** Things of a layer by code, where they lie; codes that several rows carry are nobody's and left out. */
export function placesByCode(db: Database, layer: Layer, codes: readonly string[]): Map<string, KnownPlace> {
  const shape =
    layer === 'component'
      ? `coalesce((SELECT geom FROM component_line WHERE component_id = t.id), (SELECT geom FROM component_area WHERE component_id = t.id))`
      : 'NULL';
  const inForce = layer === 'unit_grid' ? `AND t.status = 'active'` : '';
  const rows = db
    .prepare<[string], Row>(
      `SELECT t.code, t.geom, ${shape} AS shape FROM ${layer} t WHERE t.code IN (SELECT value FROM json_each(?)) ${inForce}`,
    )
    .all(JSON.stringify(codes));
  const found = new Map<string, KnownPlace>();
  const several = new Set<string>();
  for (const { code, geom, shape: drawn } of rows) {
    const box = boxOf(geom);
    if (box === null) continue;
    if (found.has(code)) several.add(code);
    const own = boxOf(drawn);
    const at = middleOf(box);
    found.set(code, { at, middle: own === null ? at : middleOf(own) });
  }
  for (const code of several) found.delete(code);
  return found;
}

/** Looks for components round a place (metres), of one class or of any. Those out of service stand there no more. */
export function componentsNear(db: Database): (at: Position, reach: number, classCode: string | null) => Position[] {
  // CROSS JOIN keeps the order: else SQLite starts from the index on the class and asks the R-tree for each of its components.
  const find = db
    .prepare<(number | string | null)[], Uint8Array | null>(
      `SELECT c.geom FROM rtree_component_geom r CROSS JOIN component c ON c.id = r.id
       WHERE r.minx >= ? AND r.maxx <= ? AND r.miny >= ? AND r.maxy <= ? AND (? IS NULL OR c.class_code = ?)
         AND (c.state IS NULL OR c.state NOT IN ('移除', '废弃'))`,
    )
    .pluck();
  return ([x, y], reach, classCode) =>
    find.all(x - reach, x + reach, y - reach, y + reach, classCode, classCode).flatMap((geom) => {
      const at = geom === null ? null : pointOfBlob(geom);
      return at !== null && Math.hypot(at[0] - x, at[1] - y) <= reach ? [at] : [];
    });
}

/** Class codes the project has components of. */
export function classesPresent(db: Database): Set<string> {
  const codes = db
    .prepare<[], string>(`SELECT DISTINCT class_code FROM component WHERE class_code IS NOT NULL`)
    .pluck();
  return new Set(codes.all());
}

/** Codes of streets or communities by code, name and other name. */
export function areaCodes(db: Database, layer: 'street' | 'community'): Map<string, string> {
  const rows = db
    .prepare<[], { code: string; name: string | null; aliases: string | null }>(
      `SELECT code, name, aliases FROM ${layer} WHERE code IS NOT NULL`,
    )
    .all();
  const found = new Map<string, string>();
  for (const { code, name, aliases } of rows) {
    for (const word of [name, ...(aliases ?? '').split(/[,;，；、]/u)]) {
      const key = word?.trim() ?? '';
      if (key !== '') found.set(key, code);
    }
    found.set(code, code);
  }
  return found;
}
