import type { Database } from 'better-sqlite3';
import { clarityOf, unitValidOn } from '../model/clarity.ts';
import { streetOfGrid } from '../model/codes.ts';
import type { Bbox, Position } from '../model/geometry/types.ts';
import { shapeArea } from '../model/geometry/polygon.ts';
import { decodeGpkg } from '../model/geometry/wkb.ts';
import { boxOf } from './bulk.ts';
import { PlaceFinder } from './place.ts';
import type { Touched } from './touched.ts';

/** A component that stands in another grid now. */
export interface Moved {
  id: number;
  from: number | null;
  to: number | null;
}
export interface Derived {
  /** Components any derived cell of which changed. */
  components: number[];
  moved: Moved[];
}

interface ComponentRow {
  id: number;
  geom: Uint8Array | null;
  scheme: string | null;
  class_code: string | null;
  confirmation: string | null;
  supervisor_id: number | null;
  owner_id: number | null;
  maintainer_id: number | null;
  responsible_id: number | null;
  clarity: string | null;
  grid_id: number | null;
  street_code: string | null;
  community_code: string | null;
}

/** Recomputes what follows from the cells a revision touched. `day` is the day clarity is judged for. */
export function derive(db: Database, touched: Touched, day: string): Derived {
  deriveGrids(db, touched.grids);
  for (const id of componentsIn(db, touched.areas)) touched.placed.add(id);
  if (touched.classes) for (const id of allComponents(db)) touched.judged.add(id);
  for (const id of componentsOfUnits(db, touched.units)) touched.judged.add(id);
  return deriveComponents(db, touched.placed, touched.judged, day);
}

/** Everything anew, as after another program's edits that could not be followed. */
export function deriveAll(db: Database, day: string): Derived {
  const grids = db.prepare<[], number>(`SELECT id FROM unit_grid`).pluck().all();
  deriveGrids(db, new Set(grids));
  const all = new Set(allComponents(db));
  return deriveComponents(db, all, all, day);
}

/** Clarity of the components of units whose validity begins or ends between two days. */
export function deriveForDay(db: Database, from: string, to: string): Derived {
  const [low, high] = from < to ? [from, to] : [to, from];
  const units = db
    .prepare<string[], number>(
      `SELECT id FROM unit WHERE (valid_from > ? AND valid_from <= ?) OR (valid_to >= ? AND valid_to < ?)`,
    )
    .pluck()
    .all(low, high, low, high);
  return deriveComponents(db, new Set(), new Set(componentsOfUnits(db, new Set(units))), to);
}

function deriveGrids(db: Database, ids: ReadonlySet<number>): void {
  interface GridRow {
    geom: Uint8Array | null;
    code: string | null;
    community_code: string | null;
    street_code: string | null;
    area_m2: number | null;
  }
  const read = db.prepare<[number], GridRow>(
    `SELECT geom, code, community_code, street_code, area_m2 FROM unit_grid WHERE id = ?`,
  );
  const write = db.prepare<[string | null, number | null, number]>(
    `UPDATE unit_grid SET street_code = ?, area_m2 = ? WHERE id = ?`,
  );
  for (const id of ids) {
    const grid = read.get(id);
    if (grid === undefined) continue;
    const street = streetOfGrid(grid.community_code, grid.code);
    const area = areaOf(grid.geom);
    if (street !== grid.street_code || area !== grid.area_m2) write.run(street, area, id);
  }
}

/** Square metres to 0.1 mm steps' worth, so that the same shape always gives the same figure. */
function areaOf(geom: Uint8Array | null): number | null {
  if (geom === null || boxOf(geom) === null) return null;
  const { shape } = decodeGpkg(geom);
  return shape?.type === 'MultiPolygon' ? Math.round(shapeArea(shape) * 1e4) / 1e4 : null;
}

function allComponents(db: Database): number[] {
  return db.prepare<[], number>(`SELECT id FROM component`).pluck().all();
}

/** With more boxes than this, one box around all of them is asked. */
const MANY_BOXES = 200;

function componentsIn(db: Database, areas: readonly Bbox[]): Set<number> {
  const found = new Set<number>();
  const find = db
    .prepare<number[], number>(
      `SELECT id FROM rtree_component_geom WHERE minx <= ? AND maxx >= ? AND miny <= ? AND maxy >= ?`,
    )
    .pluck();
  const boxes = areas.length > MANY_BOXES ? [around(areas)] : areas;
  for (const box of boxes) for (const id of find.all(box[2], box[0], box[3], box[1])) found.add(id);
  return found;
}

function around(areas: readonly Bbox[]): Bbox {
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
  for (const area of areas) {
    box[0] = Math.min(box[0], area[0]);
    box[1] = Math.min(box[1], area[1]);
    box[2] = Math.max(box[2], area[2]);
    box[3] = Math.max(box[3], area[3]);
  }
  return box;
}

/** Components any role of which is held by one of the units. */
export function componentsOfUnits(db: Database, ids: ReadonlySet<number>): Set<number> {
  if (ids.size === 0) return new Set();
  const units = JSON.stringify([...ids]);
  const roles = ['supervisor_id', 'owner_id', 'maintainer_id', 'responsible_id'];
  const sql = roles
    .map((role) => `SELECT id FROM component WHERE ${role} IN (SELECT value FROM json_each(:units))`)
    .join(' UNION ');
  return new Set(db.prepare<[{ units: string }], number>(sql).pluck().all({ units }));
}

type Judge = (row: ComponentRow) => string;

function judgeOn(db: Database, day: string): Judge {
  const units = db
    .prepare<[], { id: number; valid_from: string | null; valid_to: string | null }>(
      `SELECT id, valid_from, valid_to FROM unit`,
    )
    .all();
  const valid = new Set(units.filter((unit) => unitValidOn(unit, day)).map((unit) => unit.id));
  const ownerless = new Set(
    db
      .prepare<[], { scheme: string; code: string }>(`SELECT scheme, code FROM component_class WHERE ownerless = 1`)
      .all()
      .map(({ scheme, code }) => `${scheme}\u0000${code}`),
  );
  return (row) =>
    clarityOf(
      {
        confirmation: row.confirmation,
        roles: {
          supervisor: row.supervisor_id,
          owner: row.owner_id,
          maintainer: row.maintainer_id,
          responsible: row.responsible_id,
        },
        ownerlessClass: ownerless.has(`${row.scheme ?? ''}\u0000${row.class_code ?? ''}`),
      },
      (id) => valid.has(id),
    );
}

type Placed = Pick<ComponentRow, 'grid_id' | 'street_code' | 'community_code'>;

/** Where a point stands: by its grid; outside every grid by the street and community polygons, as far as there are any. */
function placerFor(db: Database, points: number): (geom: Uint8Array | null) => Placed {
  const grids = new PlaceFinder(db, 'unit_grid', points);
  const streets = new PlaceFinder(db, 'street', points);
  const communities = new PlaceFinder(db, 'community', points);
  return (geom) => {
    const at = pointOf(geom);
    if (at === null) return { grid_id: null, street_code: null, community_code: null };
    const grid = grids.at(at);
    return {
      grid_id: grid?.id ?? null,
      street_code: grid?.streetCode ?? streets.at(at)?.code ?? null,
      community_code: grid?.communityCode ?? communities.at(at)?.code ?? null,
    };
  };
}

function pointOf(geom: Uint8Array | null): Position | null {
  if (geom === null || boxOf(geom) === null) return null;
  const { shape } = decodeGpkg(geom);
  return shape?.type === 'Point' ? shape.coordinates : null;
}

function deriveComponents(
  db: Database,
  placed: ReadonlySet<number>,
  judged: ReadonlySet<number>,
  day: string,
): Derived {
  const result: Derived = { components: [], moved: [] };
  if (placed.size === 0 && judged.size === 0) return result;
  const read = db.prepare<[number], ComponentRow>(
    `SELECT id, geom, scheme, class_code, confirmation, supervisor_id, owner_id, maintainer_id, responsible_id,
            clarity, grid_id, street_code, community_code FROM component WHERE id = ?`,
  );
  const write = db.prepare<(string | number | null)[]>(
    `UPDATE component SET clarity = ?, grid_id = ?, street_code = ?, community_code = ? WHERE id = ?`,
  );
  const judge = judgeOn(db, day);
  const place = placed.size === 0 ? null : placerFor(db, placed.size);
  for (const id of new Set([...placed, ...judged])) {
    const row = read.get(id);
    if (row === undefined) continue;
    const clarity = judged.has(id) ? judge(row) : row.clarity;
    const there: Placed = place !== null && placed.has(id) ? place(row.geom) : row;
    const moved = there.grid_id !== row.grid_id;
    const same = there.street_code === row.street_code && there.community_code === row.community_code;
    if (clarity === row.clarity && !moved && same) continue;
    write.run(clarity, there.grid_id, there.street_code, there.community_code, id);
    result.components.push(id);
    if (moved) result.moved.push({ id, from: row.grid_id, to: there.grid_id });
  }
  return result;
}
