import type { Database } from 'better-sqlite3';
import type { CellValue } from '../../model/component.ts';

/** What a delivery can be matched against, by the kind of thing it brings. */
export type MatchTable = 'component' | 'unit_grid' | 'street' | 'community' | 'unit';

export interface Existing {
  id: number;
  key: string;
  cells: Record<string, CellValue>;
  geom: Uint8Array | null;
  /** The line or area of a component, where `withShapes` asked for it. */
  shape?: Uint8Array | null;
  /** Of a unit: every name it is known by. */
  names?: string[];
}

/** Rows of the project by their key column, for one block of delivered rows. Several rows may carry the same key (dirt of earlier days). */
export function existingByKey(
  db: Database,
  table: MatchTable,
  keyColumn: string,
  keys: string[],
  columns: string[],
): Map<string, Existing[]> {
  const found = new Map<string, Existing[]>();
  if (keys.length === 0) return found;
  const geom = table === 'unit' ? 'NULL' : 'geom';
  const list = columns.map((column) => `"${column}"`).join(', ');
  const rows = db
    .prepare<[string], Record<string, CellValue | Uint8Array>>(
      `SELECT id AS "#id", "${keyColumn}" AS "#key", ${geom} AS "#geom"${list === '' ? '' : `, ${list}`}
       FROM "${table}" WHERE "${keyColumn}" IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(keys));
  for (const row of rows) {
    const { '#id': id, '#key': key, '#geom': shape, ...cells } = row;
    const entry: Existing = {
      id: Number(id),
      key: String(key),
      cells: cells as Record<string, CellValue>,
      geom: shape instanceof Uint8Array ? shape : null,
    };
    found.set(entry.key, [...(found.get(entry.key) ?? []), entry]);
  }
  return found;
}

/** Adds the line or area to components that have one: for rows delivered with a shape. */
export function withShapes(db: Database, found: Iterable<Existing>): void {
  const byId = new Map([...found].map((entry) => [entry.id, entry]));
  const ids = JSON.stringify([...byId.keys()]);
  for (const table of ['component_line', 'component_area'] as const) {
    const rows = db
      .prepare<[string], { id: number; geom: Uint8Array | null }>(
        `SELECT component_id AS id, geom FROM ${table} WHERE component_id IN (SELECT value FROM json_each(?))`,
      )
      .all(ids);
    for (const { id, geom } of rows) {
      const entry = byId.get(id);
      if (entry !== undefined) entry.shape = geom;
    }
  }
}

/** Every name a unit is known by: its own, its short one, its other ones. */
export function unitNames(db: Database, ids: number[]): Map<number, string[]> {
  const rows = db
    .prepare<[{ ids: string }], { id: number; name: string }>(
      `WITH wanted AS (SELECT value AS id FROM json_each(:ids))
       SELECT id, name FROM unit WHERE id IN wanted
       UNION ALL SELECT id, short_name FROM unit WHERE id IN wanted AND short_name IS NOT NULL
       UNION ALL SELECT unit_id, alias FROM unit_alias WHERE unit_id IN wanted`,
    )
    .all({ ids: JSON.stringify(ids) });
  const names = new Map<number, string[]>();
  for (const { id, name } of rows) names.set(id, [...(names.get(id) ?? []), name]);
  return names;
}

/** How far a delivered point may lie from the identifying point of its component's line or area, metres. */
const POINT_OF_SHAPE = 1;

/**
 * Lines and areas often come with their identifying points in a table beside: a point that says in every cell what a shape of another
 * table says, and lies at its place, is the same component told twice. The shape's row goes on; the point's has nothing to add.
 */
export function setAsidePointsOfShapes(db: Database, batchId: number): void {
  db.prepare(
    `UPDATE gewu_batch_row AS p SET pile = 'same', values_was = NULL,
       reason = json_object('code', 'point-of-shape', 'data', json_object('key', key))
     WHERE p.batch_id = :batch AND p.shape IS NULL AND EXISTS (
       SELECT 1 FROM gewu_batch_row s WHERE s.batch_id = :batch AND s.key = p.key AND s.shape IS NOT NULL
         AND s.table_no <> p.table_no AND s.values_now IS p.values_now
         AND abs(s.x - p.x) <= :within AND abs(s.y - p.y) <= :within)`,
  ).run({ batch: batchId, within: POINT_OF_SHAPE });
}

/** A code twice in one delivery is nobody's identity: all its rows go to "can't tell". Returns how many. */
export function setAsideRepeatedKeys(db: Database, batchId: number): number {
  return db
    .prepare(
      `UPDATE gewu_batch_row SET pile = 'unclear', reason = json_object('code', 'code-twice', 'data', json_object('key', key))
       WHERE batch_id = :batch AND key IN (
         SELECT key FROM gewu_batch_row WHERE batch_id = :batch AND key IS NOT NULL
           AND (reason IS NULL OR json_extract(reason, '$.code') <> 'point-of-shape')
         GROUP BY key HAVING count(*) > 1)`,
    )
    .run({ batch: batchId }).changes;
}

export interface NewPoint {
  id: number;
  classCode: string | null;
  x: number;
  y: number;
}

/** Rows so far taken for new that stand somewhere, after a row id: to be compared by place. */
export function newPoints(db: Database, batchId: number, after: number, limit: number): NewPoint[] {
  return db
    .prepare<[number, number, number], NewPoint>(
      `SELECT id, class_code AS classCode, x, y FROM gewu_batch_row
       WHERE batch_id = ? AND id > ? AND pile = 'new' AND x IS NOT NULL ORDER BY id LIMIT ?`,
    )
    .all(batchId, after, limit);
}

/** Classes of in-service components whose own code is not in the delivery: only these can have been renumbered. */
export function classesLeft(db: Database, batchId: number): Set<string | null> {
  const classes = db
    .prepare<[number], string | null>(
      `SELECT DISTINCT c.class_code FROM component c WHERE (c.state IS NULL OR c.state NOT IN ('移除', '废弃'))
         AND NOT EXISTS (SELECT 1 FROM gewu_batch_row b WHERE b.batch_id = ? AND b.key = c.code)`,
    )
    .pluck()
    .all(batchId);
  return new Set(classes);
}

/** In-service components of a class within a distance (metres) whose own code is not in the delivery. */
export function neighboursOfClass(
  db: Database,
  batchId: number,
): (point: NewPoint, within: number) => { id: number; code: string | null; distance: number }[] {
  // CROSS JOIN keeps the order: else SQLite starts from the index on the class and asks the R-tree for each of its components.
  const find = db.prepare<(number | string | null)[], { id: number; code: string | null; geom: Uint8Array }>(
    `SELECT c.id, c.code, c.geom FROM rtree_component_geom r CROSS JOIN component c ON c.id = r.id
     WHERE r.minx >= ? AND r.maxx <= ? AND r.miny >= ? AND r.maxy <= ? AND c.class_code IS ?
       AND (c.state IS NULL OR c.state NOT IN ('移除', '废弃'))
       AND NOT EXISTS (SELECT 1 FROM gewu_batch_row b WHERE b.batch_id = ? AND b.key = c.code)`,
  );
  // The R-tree keeps 32-bit floats, up to half a metre off at these northings: ask wider, then measure.
  const slack = 1;
  return (point, within) => {
    const reach = within + slack;
    const box = [point.x - reach, point.x + reach, point.y - reach, point.y + reach] as const;
    return find.all(...box, point.classCode, batchId).flatMap(({ id, code, geom }) => {
      const at = pointOfBlob(geom);
      const distance = at === null ? Infinity : Math.hypot(at[0] - point.x, at[1] - point.y);
      return distance <= within ? [{ id, code, distance }] : [];
    });
  };
}

/** Gewu writes points as an 8-byte header and 21 bytes of little-endian WKB. Null for an empty point or another form. */
export function pointOfBlob(blob: Uint8Array): [number, number] | null {
  if (blob.length !== 29 || blob[8] !== 1) return null;
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const x = view.getFloat64(13, true);
  const y = view.getFloat64(21, true);
  return Number.isFinite(x) && Number.isFinite(y) ? [x, y] : null;
}

export function setPile(
  db: Database,
  changes: { id: number; pile: string; reason: { code: string; data: Record<string, unknown> } | null }[],
): void {
  const update = db.prepare(`UPDATE gewu_batch_row SET pile = ?, reason = ? WHERE id = ?`);
  db.transaction(() => {
    for (const change of changes) {
      update.run(change.pile, change.reason === null ? null : JSON.stringify(change.reason), change.id);
    }
  })();
}

export interface Missing {
  id: number;
  key: string;
  classCode: string | null;
  streetCode: string | null;
  state: string | null;
  geom: Uint8Array | null;
}

/**
 * Active grids, streets or communities that the delivery does not name, inside its coverage: grids and communities of the streets it
 * names (first nine digits), streets of its district (first six).
 */
export function missingAreas(db: Database, batchId: number, table: 'unit_grid' | 'street' | 'community'): Missing[] {
  const status = table === 'unit_grid' ? `AND c.status = 'active'` : '';
  const prefix = table === 'street' ? 6 : 9;
  return db
    .prepare<[number, number], Missing>(
      `SELECT c.id, c.code AS key, NULL AS classCode, NULL AS streetCode, NULL AS state, NULL AS geom FROM "${table}" c
       WHERE NOT EXISTS (SELECT 1 FROM gewu_batch_row b WHERE b.batch_id = ? AND b.key = c.code) ${status}
         AND substr(c.code, 1, ${prefix}) IN (SELECT DISTINCT substr(key, 1, ${prefix}) FROM gewu_batch_row WHERE batch_id = ?)`,
    )
    .all(batchId, batchId);
}
