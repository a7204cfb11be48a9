import { create } from 'zustand';
import type { Sort } from '../../../model/filter.ts';

interface View {
  /** Of component.view for the current filter and sort; null while it is asked for the first time. */
  viewId: string | null;
  shown: number;
  total: number;
  revision: number;
  /** A newer one is being asked for. */
  loading: boolean;
  error: Error | null;
  sort: readonly Sort[];
  setSort: (sort: readonly Sort[]) => void;
  setView: (view: Partial<Pick<View, 'viewId' | 'shown' | 'total' | 'revision' | 'loading' | 'error'>>) => void;
}

export const useView = create<View>()((set) => ({
  viewId: null,
  shown: 0,
  total: 0,
  revision: 0,
  loading: false,
  error: null,
  sort: [],
  setSort: (sort) => set({ sort: [...sort] }),
  setView: (view) => set(view),
}));
