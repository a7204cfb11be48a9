import type { ProjectFile } from '../src/project/project-file.ts';
import type { Bbox } from '../src/model/geometry/types.ts';
import { decodeGpkg } from '../src/model/geometry/wkb.ts';

export type Database = ProjectFile['db'];

/** A page of the table sorted by the owner's name, the way one writes it first. */
export function offsetPage(db: Database, offset: number, limit: number): unknown[] {
  return db
    .prepare<[number, number]>(
      `SELECT c.*, o.name AS owner_name, s.name AS supervisor_name, m.name AS maintainer_name, r.name AS responsible_name, g.code AS grid_code
       FROM component c LEFT JOIN unit o ON o.id = c.owner_id LEFT JOIN unit s ON s.id = c.supervisor_id
       LEFT JOIN unit m ON m.id = c.maintainer_id LEFT JOIN unit r ON r.id = c.responsible_id
       LEFT JOIN unit_grid g ON g.id = c.grid_id ORDER BY o.name, c.id LIMIT ? OFFSET ?`,
    )
    .all(limit, offset);
}

/** Counts of one column's values among the components not clear. */
export function sqlFacet(db: Database, column: string): unknown[] {
  const where = column === 'clarity' ? '' : `WHERE clarity IN ('partial', 'unclear')`;
  return db.prepare(`SELECT "${column}", count(*) FROM component ${where} GROUP BY 1 ORDER BY 2 DESC`).all();
}

/** The components of a box as the text of a GeoJSON feature collection. */
export function geoJsonInBox(db: Database, box: Bbox): string {
  const rows = db
    .prepare<number[], { id: number; class_code: string; clarity: string; geom: Uint8Array }>(
      `SELECT c.id, c.class_code, c.clarity, c.geom FROM rtree_component_geom t JOIN component c ON c.id = t.id
       WHERE t.minx <= ? AND t.maxx >= ? AND t.miny <= ? AND t.maxy >= ?`,
    )
    .all(box[2], box[0], box[3], box[1]);
  const features = rows.map(({ geom, ...properties }) => ({
    type: 'Feature',
    properties,
    geometry: decodeGpkg(geom).shape,
  }));
  return JSON.stringify({ type: 'FeatureCollection', features });
}
