import type { Database } from 'better-sqlite3';
import { BoxIndex } from '../../model/geometry/index.ts';
import { rayCrossing } from '../../model/geometry/predicates.ts';
import type { Bbox, MultiPolygonShape } from '../../model/geometry/types.ts';
import { bboxOfShape, bboxesMeet, unionBbox } from '../../model/geometry/bbox.ts';
import { decodeGpkg } from '../../model/geometry/wkb.ts';
import { idsParameter } from '../queries/reader.ts';

export type AreaLayer = 'unit_grid' | 'street' | 'community';

/** A polygon of the map: every ring of all its parts, one after another. */
export interface MapArea {
  id: number;
  code: string;
  name: string | null;
  /** Code of the community it is shaded by: its own, or the one the grid belongs to. */
  community: string | null;
  box: Bbox;
  /** x, y, x, y … */
  coordinates: Float64Array;
  /** Position in `coordinates` after the last number of each ring. */
  ends: Uint32Array;
}

const SELECT: Record<AreaLayer, string> = {
  unit_grid: `SELECT id, code, name, community_code AS community, geom FROM unit_grid WHERE status = 'active' AND geom IS NOT NULL`,
  street: `SELECT id, code, name, NULL AS community, geom FROM street WHERE geom IS NOT NULL`,
  community: `SELECT id, code, name, code AS community, geom FROM community WHERE geom IS NOT NULL`,
};

interface Row {
  id: number;
  code: string | null;
  name: string | null;
  community: string | null;
  geom: Uint8Array;
}

/** The areas of a layer in memory (active grids only), found by box. */
export class AreaStore {
  readonly #layer: AreaLayer;
  readonly #areas = new Map<number, MapArea>();
  #list: MapArea[] = [];
  #index = new BoxIndex([]);

  constructor(db: Database, layer: AreaLayer) {
    this.#layer = layer;
    this.#put(db.prepare<[], Row>(SELECT[layer]).iterate());
  }

  /** Reads some areas anew. */
  refresh(db: Database, ids: readonly number[]): void {
    for (const id of ids) this.#areas.delete(id);
    this.#put(
      db
        .prepare<[string], Row>(`${SELECT[this.#layer]} AND id IN (SELECT value FROM json_each(?))`)
        .iterate(idsParameter(ids)),
    );
  }

  #put(rows: Iterable<Row>): void {
    for (const row of rows) {
      const area = areaOf(row);
      if (area !== null) this.#areas.set(area.id, area);
    }
    this.#list = [...this.#areas.values()].sort((a, b) => a.id - b.id);
    this.#index = new BoxIndex(this.#list.map((area) => area.box));
  }

  all(): readonly MapArea[] {
    return this.#list;
  }

  /** Areas whose box meets the box, by ascending id. */
  meeting(box: Bbox): MapArea[] {
    return this.#index.search(box).flatMap((at) => this.#list[at] ?? []);
  }

  /** Areas that hold the point or have it on their border. */
  at(x: number, y: number): MapArea[] {
    return this.meeting([x, y, x, y]).filter((area) => holds(area, x, y));
  }

  extent(): Bbox | null {
    return this.#list.length === 0 ? null : this.#list.map((area) => area.box).reduce(unionBbox);
  }
}

function areaOf({ geom, ...row }: Row): MapArea | null {
  const { shape } = decodeGpkg(geom);
  if (shape?.type !== 'MultiPolygon') return null;
  const box = bboxOfShape(shape);
  return box === null ? null : { ...row, code: row.code ?? '', box, ...flattened(shape) };
}

function flattened(shape: MultiPolygonShape): Pick<MapArea, 'coordinates' | 'ends'> {
  const rings = shape.coordinates.flat();
  const coordinates = new Float64Array(rings.reduce((sum, ring) => sum + 2 * ring.length, 0));
  const ends = new Uint32Array(rings.length);
  let at = 0;
  for (const [i, ring] of rings.entries()) {
    for (const [x, y] of ring) {
      coordinates[at++] = x;
      coordinates[at++] = y;
    }
    ends[i] = at;
  }
  return { coordinates, ends };
}

/** Exact: inside by the odd number of rings crossed (parts do not overlap, holes count once more), or on any ring. */
function holds({ coordinates: c, ends }: MapArea, x: number, y: number): boolean {
  let inside = false;
  let start = 0;
  for (const end of ends) {
    for (let i = start + 2; i < end; i += 2) {
      const crossing = rayCrossing(x, y, c[i - 2] ?? 0, c[i - 1] ?? 0, c[i] ?? 0, c[i + 1] ?? 0);
      if (crossing < 0) return true;
      if (crossing > 0) inside = !inside;
    }
    start = end;
  }
  return inside;
}

/** Numbers a byte has room for; neighbouring communities rarely need more than eight. */
const SHADES = 256;

/**
 * A small number for each community so that no two whose boxes meet share one: the lowest that is free, by ascending code, from what their
 * grids and polygons cover.
 */
export function shadesOf(areas: Iterable<MapArea>): Map<string, number> {
  const boxes = new Map<string, Bbox>();
  for (const { community, box } of areas) {
    if (community === null) continue;
    const known = boxes.get(community);
    boxes.set(community, known === undefined ? box : unionBbox(known, box));
  }
  const codes = [...boxes.keys()].sort();
  const shades = new Map<string, number>();
  const drawn: { box: Bbox; shade: number }[] = [];
  for (const code of codes) {
    const box = boxes.get(code);
    if (box === undefined) continue;
    const taken = new Set(drawn.flatMap((other) => (bboxesMeet(box, other.box) ? [other.shade] : [])));
    let shade = 0;
    while (taken.has(shade) && shade < SHADES - 1) shade += 1;
    shades.set(code, shade);
    drawn.push({ box, shade });
  }
  return shades;
}
