import { create } from 'zustand';
import type { LayerName } from '../../../model/component.ts';

interface Selection {
  layer: LayerName;
  /** In the order they were chosen; `primary` is the one the inspector shows when only one counts. */
  ids: readonly number[];
  set: ReadonlySet<number>;
  primary: number | null;
  /** Grows by one whenever the map is asked to go to the selection. */
  zoomAsked: number;
  select: (layer: LayerName, ids: readonly number[], options?: { zoom?: boolean; primary?: number }) => void;
  /** Adds or removes one; another layer's selection is left behind. */
  toggle: (layer: LayerName, id: number) => void;
  clear: () => void;
}

const NONE = { ids: [], set: new Set<number>(), primary: null } as const;

/** Selection is one thing: map, table, findings and inspector read and write it here. */
export const useSelection = create<Selection>()((put, get) => ({
  layer: 'component',
  ...NONE,
  zoomAsked: 0,
  select(layer, ids, options = {}) {
    put({
      layer,
      ids,
      set: new Set(ids),
      primary: options.primary ?? ids[0] ?? null,
      zoomAsked: get().zoomAsked + (options.zoom === true && ids.length > 0 ? 1 : 0),
    });
  },
  toggle(layer, id) {
    const now = get();
    if (now.layer !== layer) return now.select(layer, [id]);
    const ids = now.set.has(id) ? now.ids.filter((one) => one !== id) : [...now.ids, id];
    put({ ids, set: new Set(ids), primary: ids.includes(id) ? id : (ids.at(-1) ?? null) });
  },
  clear: () => put({ ...NONE }),
}));
