import type { Database } from 'better-sqlite3';
import { growBbox } from '../model/geometry/bbox.ts';
import type { Bbox } from '../model/geometry/types.ts';
import { boxOf } from './bulk.ts';
import { componentsOfUnits } from './derive.ts';
import { gridsWithFindingsIn } from './findings.ts';
import { meeting } from './queries/check-tiling.ts';
import { idsParameter, revisionNow } from './queries/reader.ts';

/** What has to be looked at again after some revisions. */
export interface CheckReach {
  /** Everything up to this revision is counted in. */
  revision: number;
  /** Too much has changed, or something all rules rest on: begin anew. */
  whole: boolean;
  /** Components, gone ones too: touched, standing where areas changed, or answered for by a unit that did. */
  components: number[];
  /** Grids any cell of which changed. */
  grids: number[];
  /** Grids whose place in the tiling may be another: reshaped, made, retired, and all around those. */
  tiled: number[];
}

/** From this many touched rows on, a run over everything is quicker. */
const MANY_ROWS = 20_000;
const MANY_GRIDS = 300;
/** Columns of a grid that matter to where it stands and what stands in it. */
const SHAPING = new Set(['geom', 'status', 'code', 'community_code']);
/** Layers everything stands in; they change rarely. */
const GROUND = new Set(['street', 'community', 'component_class']);
/** Metres around changed grids in which others may touch them. */
const AROUND = 1;

interface Entry {
  layer: string;
  feature_id: number;
  column: string | null;
  was: Uint8Array | string | number | null;
}

/** Reads off the log what the revisions after `since` touched. `tilingRules` name the rules whose findings have a place in the tiling. */
export function reachSince(db: Database, since: number, tilingRules: readonly string[]): CheckReach {
  const revision = revisionNow(db);
  const log = readLog(db, since);
  const grids = [...log.grids];
  const boxes = log.shaped.size > MANY_GRIDS ? [] : [...log.boxes, ...boxesOf(db, log.shaped)];
  const components = new Set([
    ...log.components,
    ...componentsOfUnits(db, log.units),
    ...meeting(db, 'component', boxes),
  ]);
  const whole = log.ground || log.shaped.size > MANY_GRIDS || components.size > MANY_ROWS;
  if (whole) return { revision, whole, components: [], grids: [], tiled: [] };
  const tiled = new Set(log.shaped);
  for (const box of boxes.map((each) => growBbox(each, AROUND))) {
    for (const id of meeting(db, 'unit_grid', [box])) tiled.add(id);
    for (const id of gridsWithFindingsIn(db, tilingRules, box)) tiled.add(id);
  }
  return { revision, whole, components: [...components], grids, tiled: [...tiled] };
}

interface Log {
  components: Set<number>;
  grids: Set<number>;
  /** Grids reshaped, made, removed, retired or renamed, and the boxes they had. */
  shaped: Set<number>;
  boxes: Bbox[];
  units: Set<number>;
  ground: boolean;
}

function readLog(db: Database, since: number): Log {
  const log: Log = {
    components: new Set(),
    grids: new Set(),
    shaped: new Set(),
    boxes: [],
    units: new Set(),
    ground: false,
  };
  const entries = db.prepare<[number], Entry>(
    `SELECT layer, feature_id, "column", CASE WHEN layer = 'unit_grid' AND "column" = 'geom' THEN was END AS was
     FROM gewu_change WHERE revision > ?`,
  );
  for (const { layer, feature_id: id, column, was } of entries.iterate(since)) {
    if (layer === 'component') log.components.add(id);
    else if (layer === 'unit') log.units.add(id);
    else if (GROUND.has(layer)) log.ground = true;
    else if (layer === 'unit_grid') {
      log.grids.add(id);
      if (column === null || SHAPING.has(column)) log.shaped.add(id);
      const box = was instanceof Uint8Array ? boxOf(was) : null;
      if (box !== null) log.boxes.push(box);
    }
  }
  return log;
}

/** Where the grids are now. */
function boxesOf(db: Database, ids: ReadonlySet<number>): Bbox[] {
  return db
    .prepare<[string], Uint8Array>(
      `SELECT geom FROM unit_grid WHERE geom IS NOT NULL AND id IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
    .all(idsParameter(ids))
    .flatMap((geom) => {
      const box = boxOf(geom);
      return box === null ? [] : [box];
    });
}

/** Components of units whose validity begins or ends between two days. */
export function turningComponents(db: Database, from: string, to: string): Set<number> {
  const units = db
    .prepare<[string, string, string, string], number>(
      `SELECT id FROM unit WHERE (valid_from > ? AND valid_from <= ?) OR (valid_to >= ? AND valid_to < ?)`,
    )
    .pluck()
    .all(from, to, from, to);
  return componentsOfUnits(db, new Set(units));
}
