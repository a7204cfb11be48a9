import { create } from 'zustand';
import type { Output } from '../../../api/contract.ts';

/** A revision with the cells it changed and the box around them. */
export type RevisionDetail = Output<'history.get'>;

interface HistoryDesk {
  /** The revision looked at; null until one is chosen. */
  revision: number | null;
  look: (revision: number | null) => void;
}

export const useHistoryDesk = create<HistoryDesk>()((set) => ({
  revision: null,
  look: (revision) => set({ revision }),
}));
