import type { Database } from 'better-sqlite3';
import { BoxIndex } from '../model/geometry/index.ts';
import { pointInPolygons } from '../model/geometry/predicates.ts';
import type { Bbox, PolygonRings, Position } from '../model/geometry/types.ts';
import { decodeGpkg } from '../model/geometry/wkb.ts';
import { boxOf } from './bulk.ts';
import { rtreeName } from './schema/rtree.ts';
import { quoted } from './schema/table.ts';

type AreaLayer = 'unit_grid' | 'street' | 'community';

/** An area a point may stand in. */
export interface Area {
  id: number;
  code: string | null;
  streetCode: string | null;
  communityCode: string | null;
}
interface Row extends Area {
  geom: Uint8Array | null;
}

/** With more points than this, all boxes are read once instead of asking the R-tree for each point. */
const MANY_POINTS = 2000;

/** Code order of the file; an area without a code comes last. */
function byCode(one: Area, other: Area): number {
  if (one.code === other.code) return one.id - other.id;
  if (one.code === null || other.code === null) return one.code === null ? 1 : -1;
  return one.code < other.code ? -1 : 1;
}

function polygonsOf(geom: Uint8Array | null): PolygonRings[] {
  if (geom === null || boxOf(geom) === null) return [];
  const { shape } = decodeGpkg(geom);
  return shape?.type === 'MultiPolygon' ? shape.coordinates : [];
}

/** Finds the area of a layer a point stands in: the one that contains it, else the touching one with the lowest code. Active grids only. */
export class PlaceFinder {
  readonly #candidates: (x: number, y: number) => Row[];
  readonly #polygons = new Map<number, PolygonRings[]>();

  constructor(db: Database, layer: AreaLayer, points: number) {
    this.#candidates = points > MANY_POINTS ? allAtOnce(db, layer) : oneByOne(db, layer);
  }

  at(position: Position): Area | null {
    const found = this.allAt(position);
    return (found.find(({ inside }) => inside) ?? found[0])?.area ?? null;
  }

  /** Every area the point lies in (`inside`) or on the border of, in order of code. */
  allAt([x, y]: Position): { area: Area; inside: boolean }[] {
    const found: { area: Row; inside: boolean }[] = [];
    for (const row of this.#candidates(x, y)) {
      let polygons = this.#polygons.get(row.id);
      if (polygons === undefined) this.#polygons.set(row.id, (polygons = polygonsOf(row.geom)));
      const place = pointInPolygons(x, y, polygons);
      if (place !== 'outside') found.push({ area: row, inside: place === 'inside' });
    }
    return found.length < 2 ? found : found.sort((one, other) => byCode(one.area, other.area));
  }
}

function columnsOf(layer: AreaLayer): string {
  if (layer === 'unit_grid')
    return `t.id, t.code, t.street_code AS streetCode, t.community_code AS communityCode, t.geom`;
  return `t.id, t.code, NULL AS streetCode, NULL AS communityCode, t.geom`;
}
function inForce(layer: AreaLayer): string {
  return layer === 'unit_grid' ? `t.status = 'active'` : '1';
}

function oneByOne(db: Database, layer: AreaLayer): (x: number, y: number) => Row[] {
  // CROSS JOIN keeps the order: else SQLite starts from the index on status and asks the R-tree for every single area.
  const find = db.prepare<[number, number, number, number], Row>(
    `SELECT ${columnsOf(layer)} FROM ${quoted(rtreeName(layer))} r CROSS JOIN ${quoted(layer)} t ON t.id = r.id
     WHERE r.minx <= ? AND r.maxx >= ? AND r.miny <= ? AND r.maxy >= ? AND ${inForce(layer)}`,
  );
  return (x, y) => find.all(x, x, y, y);
}

function allAtOnce(db: Database, layer: AreaLayer): (x: number, y: number) => Row[] {
  const rows = db.prepare<[], Row>(`SELECT ${columnsOf(layer)} FROM ${quoted(layer)} t WHERE ${inForce(layer)}`).all();
  const boxed = rows.flatMap((row) => {
    const box = boxOf(row.geom);
    return box === null ? [] : [{ row, box }];
  });
  const index = new BoxIndex(boxed.map(({ box }): Bbox => box));
  return (x, y) =>
    index.search([x, y, x, y]).flatMap((at) => {
      const found = boxed[at];
      return found === undefined ? [] : [found.row];
    });
}
