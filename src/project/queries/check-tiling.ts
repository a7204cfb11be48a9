import type { Database } from 'better-sqlite3';
import type { CheckedFault } from '../../model/check-source.ts';
import { growBbox } from '../../model/geometry/bbox.ts';
import type { Bbox, PolygonRings } from '../../model/geometry/types.ts';
import { decodeGpkg } from '../../model/geometry/wkb.ts';
import { findCrossingCommunity, type CommunityArea } from '../../model/tiling/community-faults.ts';
import type { TilingFault } from '../../model/tiling/fault.ts';
import { findFaults } from '../../model/tiling/faults.ts';
import { isSoundNear } from '../../model/tiling/sound-near.ts';
import { buildTiling, type FaceInput } from '../../model/tiling/tiling.ts';
import { boxOf } from '../bulk.ts';
import { idsParameter } from './reader.ts';

/** Faults of the active tiling. Asked about some grids, it looks at their surroundings first, and at the whole only when those leave doubt. */
export class TilingFaultFinder {
  readonly #db: Database;
  #whole: CheckedFault[] | null = null;
  readonly #sound = new Map<string, boolean>();

  constructor(db: Database) {
    this.#db = db;
  }

  find(ids: readonly number[] | null): readonly CheckedFault[] {
    if (ids === null) return this.#all();
    if (this.#whole === null && this.isSoundNear(ids)) return [];
    const asked = new Set(ids);
    return this.#all().filter((fault) => fault.gridIds.some((id) => asked.has(id)));
  }

  #all(): CheckedFault[] {
    this.#whole ??= faultsOfAll(this.#db);
    return this.#whole;
  }

  /** Whether the surroundings of these grids leave no doubt: then there is no fault to be found, and quickly so. */
  isSoundNear(ids: readonly number[]): boolean {
    const key = ids.join();
    const known = this.#sound.get(key) ?? this.#lookNear(ids);
    this.#sound.set(key, known);
    return known;
  }

  #lookNear(ids: readonly number[]): boolean {
    const asked = activeFaces(this.#db, ids);
    if (asked.length === 0) return true;
    const near = boxes(facesMeeting(this.#db, boxes(asked)));
    const streets = anyStreets(this.#db) ? areasMeeting(this.#db, 'street', boxes(asked)) : null;
    const tiling = buildTiling(facesMeeting(this.#db, near));
    const district = streets === null ? null : streets.flatMap(({ polygons }) => polygons);
    if (!isSoundNear(tiling, ids, district)) return false;
    const named = communitiesOf(this.#db, asked);
    return findCrossingCommunity(buildTiling(asked), named).length === 0;
  }
}

/** Every fault of the active grids against one another, the communities they name, and the streets together as the district. */
function faultsOfAll(db: Database): CheckedFault[] {
  const tiling = buildTiling(activeFaces(db, null));
  const streets = areas(db, 'street', null);
  const found = findFaults(tiling, streets.length === 0 ? {} : { district: streets.flatMap((s) => s.polygons) });
  const crossing = findCrossingCommunity(tiling, areas(db, 'community', null));
  const beyond = new Set(crossing.flatMap((fault) => fault.ids));
  const communityOf = new Map(tiling.faces.map((face) => [face.id, face.communityCode]));
  return [
    ...found.gaps.map((fault) => as('gap', fault)),
    ...found.overlaps.map((fault) => as('overlap', fault)),
    ...[...found.tJunctions, ...found.nearTwins].map((fault) => as('t-junction', fault)),
    ...crossing.map((fault) => as('outside', fault, communityOf.get(fault.ids[0] ?? -1) ?? null)),
    // Whoever leaves the district leaves its community too; once is enough.
    ...found.outside
      .filter((fault) => !fault.ids.some((id) => beyond.has(id)))
      .map((f) => as('outside', f, 'district')),
  ];
}

function as(kind: CheckedFault['kind'], fault: TilingFault, area: string | null = null): CheckedFault {
  const { place, ids, codes, areaM2 } = fault;
  return { kind, at: place, gridIds: ids, codes: codes.toSorted(), areaM2, area };
}

interface GridRow {
  id: number;
  code: string;
  communityCode: string | null;
  geom: Uint8Array | null;
}

/** Active grids by id, or all; in order of id, so that faults come out the same every time. */
function activeFaces(db: Database, ids: readonly number[] | null): FaceInput[] {
  const some = ids === null ? `? IS NULL` : `id IN (SELECT value FROM json_each(?))`;
  return db
    .prepare<[string | null], GridRow>(
      `SELECT id, code, community_code AS communityCode, geom FROM unit_grid WHERE status = 'active' AND ${some} ORDER BY id`,
    )
    .all(ids === null ? null : idsParameter(ids))
    .flatMap(({ geom, ...grid }) => {
      const rings = polygonsOf(geom);
      return rings.length === 0 ? [] : [{ ...grid, rings }];
    });
}

function facesMeeting(db: Database, around: readonly Bbox[]): FaceInput[] {
  return activeFaces(db, meeting(db, 'unit_grid', around));
}

/** Ids of features whose box meets one of the boxes, ascending. */
export function meeting(db: Database, layer: 'component' | 'unit_grid' | 'street', around: readonly Bbox[]): number[] {
  const find = db
    .prepare<number[], number>(
      `SELECT id FROM rtree_${layer}_geom WHERE minx <= ? AND maxx >= ? AND miny <= ? AND maxy >= ?`,
    )
    .pluck();
  const found = new Set<number>();
  for (const box of around) for (const id of find.all(box[2], box[0], box[3], box[1])) found.add(id);
  return [...found].sort((a, b) => a - b);
}

/** One metre, for what nearly touches. */
const NEARLY = 1;

function boxes(faces: readonly FaceInput[]): Bbox[] {
  return faces.map(({ rings }) => {
    const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [x, y] of rings.flat(2)) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
    return growBbox(box, NEARLY);
  });
}

function anyStreets(db: Database): boolean {
  return db.prepare(`SELECT 1 FROM street WHERE geom IS NOT NULL LIMIT 1`).get() !== undefined;
}

function areasMeeting(db: Database, layer: 'street', around: readonly Bbox[]): CommunityArea[] {
  return areas(db, layer, `id IN (SELECT value FROM json_each(?))`, idsParameter(meeting(db, layer, around)));
}

function communitiesOf(db: Database, faces: readonly FaceInput[]): CommunityArea[] {
  const codes = JSON.stringify([...new Set(faces.flatMap((face) => face.communityCode ?? []))]);
  return areas(db, 'community', `code IN (SELECT value FROM json_each(?))`, codes);
}

function areas(db: Database, layer: 'street' | 'community', where: string | null, parameter = ''): CommunityArea[] {
  return db
    .prepare<[string], { code: string | null; geom: Uint8Array | null }>(
      `SELECT code, geom FROM ${layer} WHERE ${where ?? `? = ''`} ORDER BY id`,
    )
    .all(parameter)
    .flatMap(({ code, geom }) => {
      const polygons = polygonsOf(geom);
      return polygons.length === 0 ? [] : [{ code: code ?? '', polygons }];
    });
}

function polygonsOf(geom: Uint8Array | null): PolygonRings[] {
  if (geom === null || boxOf(geom) === null) return [];
  const { shape } = decodeGpkg(geom);
  return shape?.type === 'MultiPolygon' ? shape.coordinates : [];
}
