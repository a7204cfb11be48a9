import { z } from 'zod';
import type { CellValue, Clarity } from '../model/component.ts';
import type { Bbox, Position, Shape } from '../model/geometry/types.ts';
import type { Finding } from '../model/finding.ts';
import { command, query } from './define.ts';
import { bbox, cell, filter, id, layer, nothing, page, sort, xy, type Done } from './shared.ts';

/** A materialised order of rows: any offset is instant. Dies with the read lane or after `capacity` newer ones: answer 'view-gone', ask anew. */
export interface ViewInfo {
  viewId: string;
  /** Rows passing the filter. */
  shown: number;
  /** Rows of the layer. */
  total: number;
  revision: number;
}

/** One row of the table: id plus every column of the layer by name, plus what a person reads instead of ids. */
export interface TableRow {
  id: number;
  cells: Record<string, CellValue>;
  /** component: class_name, major_name, supervisor_name, owner_name, maintainer_name, responsible_name, grid_code, street_name, community_name, batch_name. unit_grid: responsible_name, street_name, community_name, components. */
  names: Record<string, string | null>;
  /** Highest severity of an open finding on the row. */
  severity: 'error' | 'warning' | 'info' | null;
}

export interface FacetValue {
  value: CellValue;
  name: string | null;
  nameEn: string | null;
  count: number;
}

export interface ComponentDetail extends TableRow {
  at: Position | null;
  lonLat: [number, number] | null;
  /** Line or area of the component where it has one. */
  shape: Shape | null;
  extra: Record<string, string | null>;
  findings: Finding[];
  roles: Record<
    'supervisor' | 'owner' | 'maintainer' | 'responsible',
    { id: number | null; name: string | null; valid: boolean; text: string | null; codeText: string | null }
  >;
  replacedBy: { id: number; code: string } | null;
  /** The delivery it came with, and the file, table and row in it; null where it was made by hand. */
  origin: {
    batchId: number;
    name: string;
    at: string;
    person: string;
    file: string | null;
    table: string | null;
    row: number | null;
  } | null;
  revisions: number;
}

export interface ComponentPhotos {
  photos: { id: number; name: string; size: number }[];
  missing: string[];
}

export interface MixedCell {
  /** Set when all rows agree. */
  value: CellValue;
  name: string | null;
  mixed: boolean;
}

const change = z.object({
  id,
  set: z.record(z.string(), cell),
  /** The values the screen showed; a mismatch is refused as 'conflict' with both. */
  was: z.record(z.string(), cell).optional(),
});

export const componentApi = {
  'component.view': query<ViewInfo>()(z.object({ filter: filter.nullable(), sort: z.array(sort).max(3) })),
  'component.rows': query<{ rows: TableRow[]; revision: number }>()(z.object({ viewId: z.string(), ...page })),
  /** Row index of a component in a view, or null when the filter leaves it out. */
  'component.position': query<{ index: number | null }>()(z.object({ viewId: z.string(), id })),
  'component.ids': query<{ ids: number[] }>()(
    z.object({ viewId: z.string(), ...page, limit: z.number().int().min(1).max(1_000_000) }),
  ),
  /** Counts of each value under the filter with the column's own condition left out (so that counts recompute under one another). */
  'component.facets': query<{ facets: Record<string, FacetValue[]> }>()(
    z.object({ filter: filter.nullable(), columns: z.array(z.string()).min(1).max(12) }),
  ),
  'component.get': query<ComponentDetail>()(z.object({ id })),
  /** Photos a component's text names, or that are called by its code; and names no photo is there for. */
  'component.photos': query<ComponentPhotos>()(z.object({ id })),
  /** Bytes of one photo beside the project. @throws 'not-found' where it is gone or is none */
  'photo.bytes': query<Uint8Array>()(z.object({ id }), { binary: true }),
  'component.mixed': query<{ count: number; columns: Record<string, MixedCell> }>()(
    z.object({ ids: z.array(id).min(1).max(1_000_000) }),
  ),
  /** What a new component here would get: the place and the next code of the class. */
  'component.place': query<{
    gridId: number | null;
    gridCode: string | null;
    streetName: string | null;
    communityName: string | null;
    nextCode: string | null;
  }>()(z.object({ at: xy, scheme: z.string().optional(), classCode: z.string().optional() })),
  'component.update': command<Done & { rows: number }>()(z.object({ changes: z.array(change).min(1).max(100_000) })),
  'component.add': command<Done & { id: number; code: string }>()(
    z.object({ scheme: z.string(), classCode: z.string(), at: xy, set: z.record(z.string(), cell).optional() }),
  ),
  'component.move': command<Done & { gridCode: string | null }>()(z.object({ id, to: xy, was: xy })),
  'component.retire': command<Done & { rows: number }>()(
    z.object({ ids: z.array(id).min(1).max(100_000), state: z.enum(['移除', '废弃']).optional() }),
  ),
  'component.restore': command<Done & { rows: number }>()(z.object({ ids: z.array(id).min(1).max(100_000) })),
  'component.reclassify': command<Done & { id: number; code: string }>()(
    z.object({ id, scheme: z.string(), classCode: z.string() }),
  ),
};

export interface ClassInfo {
  scheme: string;
  code: string;
  majorCode: string;
  majorName: string;
  name: string;
  nameEn: string | null;
  geometry: 'point' | 'line' | 'area' | null;
  accuracy: string | null;
  ownerless: boolean;
  components: number;
}
export interface UnitInfo {
  id: number;
  code: string | null;
  creditCode: string | null;
  name: string;
  shortName: string | null;
  kind: string | null;
  validFrom: string | null;
  validTo: string | null;
  valid: boolean;
  aliases: string[];
  components: number;
}

export const registryApi = {
  'class.list': query<ClassInfo[]>()(nothing),
  'unit.list': query<{ units: UnitInfo[]; total: number }>()(
    z.object({ text: z.string().max(200).optional(), limit: z.number().int().min(1).max(5000) }),
  ),
  'unit.add': command<Done & { id: number }>()(
    z.object({
      name: z.string().trim().min(1).max(200),
      shortName: z.string().max(100).optional(),
      code: z.string().max(20).optional(),
      creditCode: z.string().max(18).optional(),
      kind: z.string().max(60).optional(),
    }),
  ),
  /** Registers a surveyed text as another name of a unit and resolves the components whose text it is, in one revision. */
  'unit.addAlias': command<Done & { resolved: number }>()(
    z.object({ unitId: id, alias: z.string().trim().min(1).max(200) }),
  ),
};

export interface DistrictOutline {
  streets: { id: number; code: string; name: string; rings: Position[][][]; label: Position }[];
  communities: { id: number; code: string; name: string; streetCode: string | null; label: Position; bbox: Bbox }[];
  extent: Bbox | null;
}
export interface Hit {
  layer: 'component' | 'unit_grid' | 'street' | 'community';
  id: number;
  code: string;
  name: string | null;
  at: Position | null;
  distance: number;
}

export const mapApi = {
  /**
   * One 512-px tile as bytes (see `model/tile.ts`). Grid of tiles: origin = upper left of the project's tile square, level 0 one tile, doubling.
   * `viewId` marks features outside the filter; points are thinned at small scale (the header says so).
   */
  'map.tile': query<Uint8Array>()(
    z.object({
      layer: z.enum(['component', 'unit_grid', 'community']),
      z: z.number().int().min(0).max(24),
      x: z.number().int().min(0),
      y: z.number().int().min(0),
      viewId: z.string().nullable(),
    }),
    { lane: 'map', binary: true },
  ),
  'map.frame': query<{ origin: Position; size: number; revision: number }>()(nothing, { lane: 'map' }),
  'map.outline': query<DistrictOutline>()(nothing),
  'map.hit': query<Hit[]>()(
    z.object({ at: xy, tolerance: z.number().min(0), layers: z.array(layer).min(1), viewId: z.string().nullable() }),
    { lane: 'map' },
  ),
  'map.inBox': query<{ ids: number[]; total: number }>()(
    z.object({
      bbox,
      layer: z.enum(['component', 'unit_grid']),
      viewId: z.string().nullable(),
      limit: z.number().int().min(1).max(200_000),
    }),
    { lane: 'map' },
  ),
  /** For the legend: what is in view, by clarity (components in service) and out of service. */
  'map.counts': query<{ clarity: Record<Clarity, number>; out: number; total: number }>()(
    z.object({ bbox, viewId: z.string().nullable() }),
    { lane: 'map' },
  ),
  /** Geometry of a few features, for highlight and labels. */
  'map.features': query<{ id: number; code: string; name: string | null; shape: Shape | null }[]>()(
    z.object({ layer, ids: z.array(id).max(2000) }),
    { lane: 'map' },
  ),
};
