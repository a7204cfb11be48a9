import { z } from 'zod';
import type { Position } from '../model/geometry/types.ts';
import type { TableRow, ViewInfo } from './component.ts';
import { command, job, query } from './define.ts';
import { bbox, cell, filter, id, nothing, page, sort, xy, type Done } from './shared.ts';

/** A grid as the editor needs it: coordinates exactly as in the file. */
export interface GridFace {
  id: number;
  code: string;
  communityCode: string | null;
  rings: Position[][][];
}
export interface GridNetwork {
  faces: GridFace[];
  /** Ids of faces whose every neighbour is among `faces`; edges of the others may look like a border without being one. */
  complete: number[];
  /** Components standing in the complete faces, for live numbers: [id, x, y, gridId]. */
  components: [id: number, x: number, y: number, gridId: number][];
}
export interface GridEditDone extends Done {
  retired: string[];
  created: string[];
  movedComponents: { id: number; code: string; from: string | null; to: string | null }[];
  /** Grids whose shape changed: code and area before and after, m². */
  changed: { id: number; code: string; areaWas: number; areaNow: number }[];
}
export interface GridDetail extends TableRow {
  components: number;
  clear: number;
  inService: number;
  neighbours: { id: number; code: string }[];
  findings: number;
}
export interface GridFault {
  kind: 'gap' | 'overlap' | 't-junction' | 'outside';
  at: Position;
  codes: string[];
  areaM2: number | null;
}

/** An edit of the tiling by places, not polygons: preview (in the page) and commit (in the engine) run the same function on it. */
const gridOperation = z.union([
  z.object({ op: z.literal('move-node'), at: xy, to: xy }),
  /** Both ends of a shared edge move by the same vector. */
  z.object({ op: z.literal('move-edge'), a: xy, b: xy, by: xy }),
  /** A new node on an edge, moved to `to` at once. */
  z.object({ op: z.literal('insert-node'), a: xy, b: xy, to: xy }),
]);
export type GridOperation = z.infer<typeof gridOperation>;

export const gridApi = {
  'grid.view': query<ViewInfo>()(z.object({ filter: filter.nullable(), sort: z.array(sort).max(3) })),
  'grid.rows': query<{ rows: TableRow[]; revision: number }>()(z.object({ viewId: z.string(), ...page })),
  'grid.position': query<{ index: number | null }>()(z.object({ viewId: z.string(), id })),
  'grid.ids': query<{ ids: number[] }>()(
    z.object({ viewId: z.string(), ...page, limit: z.number().int().min(1).max(1_000_000) }),
  ),
  'grid.get': query<GridDetail>()(z.object({ id })),
  'grid.byCode': query<{ id: number; code: string; status: string } | null>()(z.object({ code: z.string().max(40) })),
  /** Faces touching the box (at most 400 of them) and their neighbours. */
  'grid.network': query<GridNetwork>()(z.object({ bbox })),
  'grid.edit': command<GridEditDone>()(
    z.object({
      operation: gridOperation,
      /** Ids and codes the screen drew, so that a stale picture is refused as 'conflict'. */
      revision: z.number().int().min(0).optional(),
    }),
  ),
  'grid.update': command<Done & { rows: number }>()(
    z.object({
      changes: z
        .array(z.object({ id, set: z.record(z.string(), cell), was: z.record(z.string(), cell).optional() }))
        .min(1)
        .max(10_000),
    }),
  ),
  'grid.faults': job<{ faults: GridFault[]; gaps: number; overlaps: number; tJunctions: number; outside: number }>()(
    nothing,
    {
      lane: 'read',
    },
  ),
};
