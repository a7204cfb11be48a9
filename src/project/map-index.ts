import { CLARITIES, type Clarity, type LayerName } from '../model/component.ts';
import type { Filter } from '../model/filter.ts';
import { unionBbox } from '../model/geometry/bbox.ts';
import type { Bbox, Position, Shape } from '../model/geometry/types.ts';
import { CLARITY_INDEX } from '../model/tile.ts';
import { AreaStore, shadesOf, type AreaLayer } from './map-index/areas.ts';
import { encodeAreas, encodePoints, type Inside } from './map-index/encode.ts';
import { featuresOf, namesOfComponents } from './map-index/features.ts';
import { boxOfTile, frameAround, holdsBox, type Frame } from './map-index/frame.ts';
import { Looks } from './map-index/looks.ts';
import { extentOf, PointStore } from './map-index/points.ts';
import { readPoints, readPointsOf } from './map-index/read-points.ts';
import { ViewMasks } from './map-index/view-masks.ts';
import { ColumnCache } from './queries/columns.ts';
import { revisionNow, stampOf, type Reader } from './queries/reader.ts';

/** As the contract's Hit. */
export interface MapHit {
  layer: LayerName;
  id: number;
  code: string;
  name: string | null;
  at: Position | null;
  distance: number;
}

const AREA_LAYERS = ['unit_grid', 'street', 'community'] as const satisfies readonly AreaLayer[];
/** Points answered to one click at most; under a stack of more nobody can choose. */
const HITS = 50;
/** Above this many changed rows everything is read anew. */
const MEND_AT_MOST = 20_000;

interface State {
  frame: Frame;
  points: PointStore;
  areas: Record<AreaLayer, AreaStore>;
  looks: Looks;
  shades: Map<string, number>;
}

/**
 * What the map lane answers from: every component's place and look and every active grid, street and community in memory, read at first use
 * (a million points in about two seconds) and mended by changed ids.
 *
 * For the lane: make one per connection; `reader.today` is only used where `defineView` is given a filter.
 * - `defineView(viewId, rows)` before a tile names the view: the ids the read lane shared (Int32Array), or the filter itself, or null for
 *   everything. A view of one layer marks nothing on another. A view id not defined, or pushed out by newer ones, is refused: 'view-gone'.
 * - `refresh(changed)` after each commit is welcome but not needed: every call looks whether something was committed and follows the
 *   revision's own record. `null` reads everything anew.
 * - a tile's buffer is its own and may be transferred.
 */
export class MapIndex {
  readonly #reader: Reader;
  readonly #columns = new ColumnCache('component');
  readonly #views: ViewMasks;
  #state: State | null = null;
  #stamp = '';
  #revision = 0;

  constructor(reader: Reader) {
    this.#reader = reader;
    this.#views = new ViewMasks(reader);
  }

  /** Follows what was committed. `changed`: ids by table, or null to read everything anew. */
  refresh(changed: Readonly<Record<string, readonly number[]>> | null): void {
    if (changed === null) this.#state = null;
    else if (Object.keys(changed).length > 0) this.#stamp = '';
    this.#now();
  }

  /** The square the tiles divide, and the revision they show. The frame moves only when something is put outside it. */
  frame(): Frame & { revision: number } {
    const { frame } = this.#now();
    return { origin: frame.origin, size: frame.size, revision: this.#revision };
  }

  /** Names the features a view passes; see the class. @throws ProjectError 'unknown-column' | 'input' | 'view-gone' (not the form of a view id) */
  defineView(viewId: string, rows: Filter | Int32Array | null): void {
    this.#views.define(viewId, rows);
  }

  /**
   * One tile as bytes, see `model/tile.ts`. Of points at most TILE_POINTS, chosen by a number that belongs to the id, so that going nearer
   * only adds; those a view passes come before all others.
   * @throws ProjectError 'view-gone'
   */
  tile(asked: {
    layer: 'component' | 'unit_grid' | 'community';
    z: number;
    x: number;
    y: number;
    viewId: string | null;
  }): Uint8Array {
    const { frame, points, areas, looks, shades } = this.#now();
    const inside = this.#inside(asked.layer, asked.viewId);
    if (asked.layer === 'component') return encodePoints(points, looks, asked, inside);
    const drawn = areas[asked.layer].meeting(boxOfTile(frame, asked.z, asked.x, asked.y));
    return encodeAreas(frame, drawn, shades, asked, inside);
  }

  /** What lies at a place: components within the tolerance (metres), nearest first; areas that hold the place. */
  hit(asked: { at: Position; tolerance: number; layers: readonly LayerName[]; viewId: string | null }): MapHit[] {
    const state = this.#now();
    const [x, y] = asked.at;
    return asked.layers.flatMap((layer) => {
      if (layer === 'component') return this.#hitPoints(state.points, asked.at, asked.tolerance, asked.viewId);
      const inside = this.#inside(layer, asked.viewId);
      return state.areas[layer]
        .at(x, y)
        .filter((area) => inside === null || inside(area.id))
        .map(({ id, code, name }): MapHit => ({ layer, id, code, name, at: null, distance: 0 }));
    });
  }

  #hitPoints(points: PointStore, [x, y]: Position, tolerance: number, viewId: string | null): MapHit[] {
    const inside = this.#inside('component', viewId);
    const near: { id: number; at: Position; distance: number }[] = [];
    points.eachInBox([x - tolerance, y - tolerance, x + tolerance, y + tolerance], (slot) => {
      const id = points.ids[slot] ?? 0;
      const at: Position = [points.xs[slot] ?? NaN, points.ys[slot] ?? NaN];
      const distance = Math.hypot(at[0] - x, at[1] - y);
      if (distance <= tolerance && (inside === null || inside(id))) near.push({ id, at, distance });
    });
    near.sort((a, b) => a.distance - b.distance || a.id - b.id);
    const kept = near.slice(0, HITS);
    const names = namesOfComponents(
      this.#reader.db,
      kept.map((each) => each.id),
    );
    return kept.map(({ id, at, distance }) => {
      const named = names.get(id);
      return { layer: 'component', id, code: named?.code ?? '', name: named?.name ?? null, at, distance };
    });
  }

  /** Ids of what touches the box (an area by its box), ascending, at most `limit`; `total` counts all. */
  inBox(asked: { bbox: Bbox; layer: 'component' | 'unit_grid'; viewId: string | null; limit: number }): {
    ids: number[];
    total: number;
  } {
    const { points, areas } = this.#now();
    const inside = this.#inside(asked.layer, asked.viewId);
    const found: number[] = [];
    const add = (id: number): void => {
      if (inside === null || inside(id)) found.push(id);
    };
    if (asked.layer === 'component') points.eachInBox(asked.bbox, (slot) => add(points.ids[slot] ?? 0));
    else for (const area of areas.unit_grid.meeting(asked.bbox)) add(area.id);
    const ids = Int32Array.from(found).sort();
    return { ids: [...ids.subarray(0, asked.limit)], total: ids.length };
  }

  /** Components in the box that pass the view: by clarity where in service, and those out of service. */
  counts(asked: { bbox: Bbox; viewId: string | null }): {
    clarity: Record<Clarity, number>;
    out: number;
    total: number;
  } {
    const { points, looks } = this.#now();
    const inside = this.#inside('component', asked.viewId);
    const byLevel = new Uint32Array(CLARITIES.length + 1);
    points.eachInBox(asked.bbox, (slot) => {
      const id = points.ids[slot] ?? 0;
      if (inside !== null && !inside(id)) return;
      const level = looks.clarityOf(id);
      byLevel[level] = (byLevel[level] ?? 0) + 1;
    });
    const clarity: Record<Clarity, number> = { clear: 0, partial: 0, disputed: 0, unclear: 0 };
    for (const [i, name] of CLARITY_INDEX.entries()) clarity[name] = byLevel[i] ?? 0;
    return { clarity, out: byLevel[CLARITIES.length] ?? 0, total: byLevel.reduce((sum, n) => sum + n, 0) };
  }

  /** Code, name and whole shape of some features, retired grids too; a component's line or area where it has one. */
  features(
    layer: LayerName,
    ids: readonly number[],
  ): { id: number; code: string; name: string | null; shape: Shape | null }[] {
    return featuresOf(this.#reader.db, layer, ids);
  }

  #inside(layer: LayerName, viewId: string | null): Inside {
    return this.#views.inside(layer, viewId);
  }

  #now(): State {
    const { db } = this.#reader;
    const stamp = stampOf(db);
    if (this.#state !== null && stamp === this.#stamp) return this.#state;
    return db.transaction(() => {
      const revision = revisionNow(db);
      const state =
        this.#state === null || revision < this.#revision ? this.#build() : this.#mended(this.#state, revision);
      this.#state = state;
      this.#stamp = stamp;
      this.#revision = revision;
      return state;
    })();
  }

  #build(): State {
    const { db } = this.#reader;
    const areas = {
      unit_grid: new AreaStore(db, 'unit_grid'),
      street: new AreaStore(db, 'street'),
      community: new AreaStore(db, 'community'),
    };
    const plain = readPoints(db);
    const boxes = [extentOf(plain), ...AREA_LAYERS.map((layer) => areas[layer].extent())].filter((box) => box !== null);
    const frame = frameAround(boxes.length === 0 ? null : boxes.reduce(unionBbox));
    const looks = new Looks(this.#reader, this.#columns);
    return { frame, points: new PointStore(frame, plain), areas, looks, shades: shading(areas) };
  }

  #mended(state: State, revision: number): State {
    const looks = new Looks(this.#reader, this.#columns);
    if (revision === this.#revision) return { ...state, looks };
    const { db } = this.#reader;
    const changed = db
      .prepare<[number, number], { layer: string; id: number }>(
        `SELECT DISTINCT layer, feature_id AS id FROM gewu_change WHERE revision > ? LIMIT ?`,
      )
      .all(this.#revision, MEND_AT_MOST + 1);
    if (changed.length > MEND_AT_MOST) return this.#build();
    const idsOf = (layer: LayerName): number[] => changed.flatMap((row) => (row.layer === layer ? [row.id] : []));
    const moved = AREA_LAYERS.map((layer) => {
      const ids = idsOf(layer);
      if (ids.length > 0) state.areas[layer].refresh(db, ids);
      return ids.length;
    });
    const components = idsOf('component');
    const fresh = readPointsOf(db, components);
    const boxes = [extentOf(fresh), ...AREA_LAYERS.map((layer) => state.areas[layer].extent())];
    if (boxes.some((box) => box !== null && !holdsBox(state.frame, box))) return this.#build();
    return {
      ...state,
      looks,
      points: components.length === 0 ? state.points : state.points.with(new Set(components), fresh),
      shades: moved.some((count) => count > 0) ? shading(state.areas) : state.shades,
    };
  }
}

function shading(areas: Record<AreaLayer, AreaStore>): Map<string, number> {
  return shadesOf([...areas.unit_grid.all(), ...areas.community.all()]);
}
