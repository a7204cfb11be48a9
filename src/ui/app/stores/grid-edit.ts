import { create } from 'zustand';
import type { GridOperation } from '../../../api/grid.ts';
import type { Position } from '../../../model/geometry/types.ts';

/** A grid whose shape an edit changes; areas in m². */
export interface ReshapedGrid {
  id: number;
  code: string;
  areaWas: number;
  areaNow: number;
}
/** A component that stands in another grid after an edit. */
export interface Rehomed {
  id: number;
  from: string | null;
  to: string | null;
  /** Metres to the nearest edge of its new grid; null where it is not known. */
  toEdge: number | null;
}

/** What an edit of the tiling would do, while it is held. */
export interface GridEditPreview {
  operation: GridOperation['op'];
  reshaped: readonly ReshapedGrid[];
  rehomed: readonly Rehomed[];
  /** Components of all grids that follow: those a list of the rehomed may come to show. */
  near: readonly number[];
  /** Why it can't be, in a sentence; null while it can. */
  refusal: string | null;
}
/** What an edit did. */
export interface GridEditResult extends Pick<GridEditPreview, 'operation' | 'reshaped' | 'rehomed'> {
  revision: number;
}

/** What the keys hold of the network: a node, or the edge after it, of the grid in hand. */
export interface GridHeld {
  kind: 'node' | 'edge';
  /** From 0, in the ring of the grid. */
  index: number;
  of: number;
  /** Where it would go, and how far that is; metres. */
  at: Position;
  by: Position;
  /** How many grids follow. */
  grids: number;
}

interface GridEdit {
  held: GridHeld | null;
  take: (held: GridHeld | null) => void;
  preview: GridEditPreview | null;
  /** The latest edit of this window, until it is put aside. */
  done: GridEditResult | null;
  /** Lets go of what is being dragged, changing nothing; null while nothing is. */
  stop: (() => void) | null;
  show: (preview: GridEditPreview | null) => void;
  hold: (stop: (() => void) | null) => void;
  finish: (done: GridEditResult) => void;
  putAside: () => void;
}

/** An edit of the tiling as it happens: the map's grid tool writes it, the grid screen reads it. */
export const useGridEdit = create<GridEdit>()((set) => ({
  held: null,
  take: (held) => set({ held }),
  preview: null,
  done: null,
  stop: null,
  show: (preview) => set({ preview }),
  hold: (stop) => set({ stop }),
  finish: (done) => set({ done, preview: null }),
  putAside: () => set({ done: null }),
}));
