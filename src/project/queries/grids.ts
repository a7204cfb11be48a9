import type { Bbox, Position } from '../../model/geometry/types.ts';
import { bboxesMeet } from '../../model/geometry/bbox.ts';
import { decodeGpkg } from '../../model/geometry/wkb.ts';
import { ProjectError } from '../error.ts';
import { positionOf } from './detail.ts';
import { openFindings } from './findings.ts';
import { idsParameter, IN_SERVICE_SQL, type Reader } from './reader.ts';
import { rowsById, type Row } from './rows.ts';

/** As the contract's GridFace, GridNetwork and GridDetail. */
export interface Face {
  id: number;
  code: string;
  communityCode: string | null;
  rings: Position[][][];
}
export interface Network {
  faces: Face[];
  complete: number[];
  components: [id: number, x: number, y: number, gridId: number][];
}
export interface GridRow extends Row {
  components: number;
  clear: number;
  inService: number;
  neighbours: { id: number; code: string }[];
  findings: number;
}

/** Faces of a network at most, neighbours not counted: what a person edits at once. */
const NETWORK_FACES = 400;

interface BoxedFace extends Face {
  box: Bbox;
}

/** Active grids whose box meets a box, as the R-tree has them (up to half a metre too many on each side). */
function facesMeeting(reader: Reader, box: Bbox): BoxedFace[] {
  return reader.db
    .prepare<number[], { id: number; code: string; communityCode: string | null; geom: Uint8Array }>(
      `SELECT t.id, t.code, t.community_code AS communityCode, t.geom FROM rtree_unit_grid_geom r CROSS JOIN unit_grid t ON t.id = r.id
       WHERE r.minx <= ? AND r.maxx >= ? AND r.miny <= ? AND r.maxy >= ? AND t.status = 'active' ORDER BY t.code`,
    )
    .all(box[2], box[0], box[3], box[1])
    .flatMap(({ geom, ...grid }) => {
      const { shape, envelope } = decodeGpkg(geom);
      return shape?.type === 'MultiPolygon' && envelope !== null
        ? [{ ...grid, rings: shape.coordinates, box: envelope }]
        : [];
    });
}

const distance = (face: BoxedFace, x: number, y: number): number =>
  Math.hypot((face.box[0] + face.box[2]) / 2 - x, (face.box[1] + face.box[3]) / 2 - y);

/**
 * The faces touching the box (the 400 nearest to its middle, where there are more) and all their neighbours, coordinates exactly as in
 * the file. `complete` are the faces of which every neighbour is there; `components` stand in those.
 */
export function gridNetwork(reader: Reader, box: Bbox): Network {
  const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  const core = facesMeeting(reader, box)
    .filter((face) => bboxesMeet(face.box, box))
    .sort((a, b) => distance(a, x, y) - distance(b, x, y) || a.id - b.id)
    .slice(0, NETWORK_FACES);
  const faces = new Map<number, BoxedFace>(core.map((face) => [face.id, face]));
  if (core.length > 0) {
    const around = core.reduce<Bbox>(
      (all, { box: b }) => [
        Math.min(all[0], b[0]),
        Math.min(all[1], b[1]),
        Math.max(all[2], b[2]),
        Math.max(all[3], b[3]),
      ],
      [Infinity, Infinity, -Infinity, -Infinity],
    );
    for (const face of facesMeeting(reader, around)) {
      if (!faces.has(face.id) && core.some((each) => bboxesMeet(each.box, face.box))) faces.set(face.id, face);
    }
  }
  const complete = core.map((face) => face.id);
  return {
    faces: [...faces.values()].map(({ id, code, communityCode, rings }) => ({ id, code, communityCode, rings })),
    complete,
    components: componentsIn(reader, complete),
  };
}

function componentsIn(reader: Reader, grids: readonly number[]): Network['components'] {
  return reader.db
    .prepare<[string], { id: number; geom: Uint8Array; gridId: number }>(
      `SELECT id, geom, grid_id AS gridId FROM component WHERE grid_id IN (SELECT value FROM json_each(?)) AND geom IS NOT NULL`,
    )
    .all(idsParameter(grids))
    .flatMap(({ id, geom, gridId }) => {
      const at = positionOf(decodeGpkg(geom).shape);
      return at === null ? [] : [[id, at[0], at[1], gridId] as [number, number, number, number]];
    });
}

/**
 * One grid with its numbers and the grids it shares a border with.
 * @throws ProjectError 'not-found'
 */
export function gridDetail(reader: Reader, id: number): GridRow {
  const [row] = rowsById(reader.db, 'unit_grid', [id]);
  if (row === undefined)
    throw new ProjectError('not-found', `There is no unit grid ${id} in this project.`, {
      reason: 'row',
      layer: 'unit_grid',
      id,
    });
  const counts = reader.db
    .prepare<[number], { components: number; inService: number | null; clear: number | null }>(
      `SELECT count(*) AS components, sum(${IN_SERVICE_SQL}) AS inService, sum(${IN_SERVICE_SQL} AND t.clarity = 'clear') AS clear
       FROM component t WHERE t.grid_id = ?`,
    )
    .get(id);
  return {
    ...row,
    components: counts?.components ?? 0,
    inService: counts?.inService ?? 0,
    clear: counts?.clear ?? 0,
    neighbours: neighboursOf(reader, id),
    findings: openFindings(reader, 'unit_grid', id),
  };
}

/** Active grids that share an edge, node for node; touching in a corner alone is no common border. */
function neighboursOf(reader: Reader, id: number): { id: number; code: string }[] {
  const geom = reader.db
    .prepare<[number], Uint8Array | null>(`SELECT geom FROM unit_grid WHERE id = ?`)
    .pluck()
    .get(id);
  const own = geom == null ? null : decodeGpkg(geom);
  if (own?.shape?.type !== 'MultiPolygon' || own.envelope === null) return [];
  const edges = edgesOf(own.shape.coordinates);
  return facesMeeting(reader, own.envelope)
    .filter((face) => face.id !== id && !edges.isDisjointFrom(edgesOf(face.rings)))
    .map((face) => ({ id: face.id, code: face.code }));
}

function edgesOf(polygons: Position[][][]): Set<string> {
  const edges = new Set<string>();
  for (const ring of polygons.flat()) {
    for (const [i, b] of ring.entries()) {
      const a = ring[i - 1];
      if (a === undefined) continue;
      const forward = a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
      edges.add(forward ? `${a.join()} ${b.join()}` : `${b.join()} ${a.join()}`);
    }
  }
  return edges;
}

/** The grid of a code, retired ones too (codes are never used twice); null where there is none. */
export function gridByCode(reader: Reader, code: string): { id: number; code: string; status: string } | null {
  return (
    reader.db
      .prepare<[string], { id: number; code: string; status: string }>(
        `SELECT id, code, coalesce(status, 'active') AS status FROM unit_grid WHERE code = ?`,
      )
      .get(code) ?? null
  );
}
