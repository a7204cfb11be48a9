import type { Database } from 'better-sqlite3';
import type { Bbox } from '../model/geometry/types.ts';
import { ACTIVE_VIEW, LAYERS } from './schema/layers.ts';
import type { Touched } from './touched.ts';

/** Keeps `gpkg_contents` true to what was written: the moment of the last change, and an extent that holds every feature. */
export function noteExtents(db: Database, touched: Touched): void {
  const stamp = db.prepare(
    `UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now') WHERE table_name = ?`,
  );
  const widen = db.prepare(
    `UPDATE gpkg_contents SET min_x = min(coalesce(min_x, :minX), :minX), min_y = min(coalesce(min_y, :minY), :minY),
       max_x = max(coalesce(max_x, :maxX), :maxX), max_y = max(coalesce(max_y, :maxY), :maxY) WHERE table_name = :name`,
  );
  for (const table of touched.rows.keys()) {
    const names = table === 'unit_grid' ? [table, ACTIVE_VIEW] : [table];
    const box = touched.extents.get(table);
    for (const name of names) {
      stamp.run(name);
      if (box !== undefined) widen.run({ minX: box[0], minY: box[1], maxX: box[2], maxY: box[3], name });
    }
  }
}

/** Box around every layer, or null while there is no geometry. */
export function projectExtent(db: Database): Bbox | null {
  const names = LAYERS.map((layer) => layer.name);
  const row = db
    .prepare<[string], { a: number | null; b: number; c: number; d: number }>(
      `SELECT min(min_x) a, min(min_y) b, max(max_x) c, max(max_y) d FROM gpkg_contents WHERE table_name IN (SELECT value FROM json_each(?))`,
    )
    .get(JSON.stringify(names));
  return row === undefined || row.a === null ? null : [row.a, row.b, row.c, row.d];
}
