import type { Database } from 'better-sqlite3';
import { unionBbox } from '../../model/geometry/bbox.ts';
import type { Bbox, PolygonRings, Position } from '../../model/geometry/types.ts';
import { decodeGpkg } from '../../model/geometry/wkb.ts';
import type { FaceInput } from '../../model/tiling/tiling.ts';
import type { TilingPoint } from '../../model/tiling/faces.ts';

/** Grids around a place as the editor's network needs them. */
export interface Neighbourhood {
  faces: FaceInput[];
  /** Ids of the faces whose every neighbour is among `faces`. */
  complete: number[];
  /** Components of the complete faces. */
  points: TilingPoint[];
}

/** Active grids whose boxes touch a box, all their neighbours, and the components standing in the former. Metres of the project CRS. */
export function gridNeighbourhood(db: Database, box: Bbox): Neighbourhood {
  const inner = activeFaces(db, box);
  const around = inner.reduce((sum, face) => unionBbox(sum, boxOf(face)), box);
  const faces = activeFaces(db, around);
  const complete = inner.map((face) => face.id);
  return { faces, complete, points: pointsIn(db, complete) };
}

/** Active grids whose boxes touch a box. */
export function activeFaces(db: Database, box: Bbox): FaceInput[] {
  return db
    .prepare<
      [number, number, number, number],
      { id: number; code: string; communityCode: string | null; geom: Uint8Array }
    >(
      `SELECT g.id, g.code, g.community_code AS communityCode, g.geom FROM rtree_unit_grid_geom r CROSS JOIN unit_grid g ON g.id = r.id
       WHERE r.maxx >= ? AND r.minx <= ? AND r.maxy >= ? AND r.miny <= ? AND g.status = 'active'`,
    )
    .all(box[0], box[2], box[1], box[3])
    .flatMap(({ geom, ...face }) => polygonsOf(geom).map((rings) => ({ ...face, rings })));
}

function boxOf(face: FaceInput): Bbox {
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of face.rings.flat(2)) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

function pointsIn(db: Database, grids: readonly number[]): TilingPoint[] {
  return db
    .prepare<[string], { id: number; gridId: number; geom: Uint8Array | null }>(
      `SELECT id, grid_id AS gridId, geom FROM component WHERE grid_id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(grids))
    .flatMap(({ id, gridId, geom }) => {
      const at = geom === null ? null : pointOf(geom);
      return at === null ? [] : [{ id, gridId, x: at[0], y: at[1] }];
    });
}

/** Position of a stored point; null when it is empty or no point. */
export function pointOf(geom: Uint8Array): Position | null {
  const { shape } = decodeGpkg(geom);
  return shape?.type === 'Point' ? shape.coordinates : null;
}

/** Codes of those grids that a revision after `since` reshaped, retired or made. */
export function gridsChangedSince(db: Database, since: number, grids: readonly number[]): string[] {
  return db
    .prepare<[number, string], string>(
      `SELECT DISTINCT g.code FROM gewu_change c JOIN unit_grid g ON g.id = c.feature_id
       WHERE c.revision > ? AND c.layer = 'unit_grid' AND (c."column" IS NULL OR c."column" IN ('geom', 'status'))
         AND c.feature_id IN (SELECT value FROM json_each(?)) ORDER BY g.code`,
    )
    .pluck()
    .all(since, JSON.stringify(grids));
}

/** Every active grid. */
export function allActiveFaces(db: Database): FaceInput[] {
  return db
    .prepare<[], { id: number; code: string; communityCode: string | null; geom: Uint8Array | null }>(
      `SELECT id, code, community_code AS communityCode, geom FROM unit_grid WHERE status = 'active'`,
    )
    .all()
    .flatMap(({ geom, ...face }) => polygonsOf(geom).map((rings) => ({ ...face, rings })));
}

/** The polygons of all streets, which together are the district; none in a project without streets. */
export function districtPolygons(db: Database): PolygonRings[] {
  return db
    .prepare<[], Uint8Array | null>(`SELECT geom FROM street`)
    .pluck()
    .all()
    .flatMap((geom) => polygonsOf(geom).flat());
}

function polygonsOf(geom: Uint8Array | null): PolygonRings[][] {
  if (geom === null) return [];
  const { shape } = decodeGpkg(geom);
  return shape?.type === 'MultiPolygon' ? [shape.coordinates] : [];
}
