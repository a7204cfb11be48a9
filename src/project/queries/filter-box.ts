import type { Database } from 'better-sqlite3';
import { bboxesMeet } from '../../model/geometry/bbox.ts';
import { gpkgEnvelope } from '../../model/geometry/wkb.ts';
import type { Bbox } from '../../model/geometry/types.ts';
import { idsParameter, type FilterLayer } from './reader.ts';

/** The R-tree keeps 32-bit floats rounded outwards: at northings of 4.4 million its boxes are up to half a metre too large. */
const RTREE_SLACK = 1;

/**
 * Everything whose point or box touches the box, exactly. The R-tree answers for what lies well inside; what it has near the border is
 * measured here and, where outside, left out by id.
 */
export function boxCondition(
  db: Database,
  layer: FilterLayer,
  box: Bbox,
): { sql: string; params: (string | number)[] } {
  const inTree = `SELECT id FROM rtree_${layer}_geom WHERE minx <= ? AND maxx >= ? AND miny <= ? AND maxy >= ?`;
  const reach = [box[2], box[0], box[3], box[1]];
  const inner = `minx >= ? AND maxx <= ? AND miny >= ? AND maxy <= ?`;
  const rows = db
    .prepare<number[], { id: number; geom: Uint8Array }>(
      `SELECT t.id, t.geom FROM "${layer}" t WHERE t.id IN (${inTree}
        AND NOT (${inner})) AND t.geom IS NOT NULL`,
    )
    .all(...reach, box[0] + RTREE_SLACK, box[2] - RTREE_SLACK, box[1] + RTREE_SLACK, box[3] - RTREE_SLACK);
  const outside = rows.filter(({ geom }) => {
    const envelope = gpkgEnvelope(geom);
    return envelope === null || !bboxesMeet(envelope, box);
  });
  const sql = `t.id IN (${inTree})`;
  if (outside.length === 0) return { sql, params: reach };
  return {
    sql: `(${sql} AND t.id NOT IN (SELECT value FROM json_each(?)))`,
    params: [...reach, idsParameter(outside.map((row) => row.id))],
  };
}
