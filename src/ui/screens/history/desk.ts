import { create } from 'zustand';

interface HistoryDesk {
  /** The revision looked at; null until one is chosen. */
  revision: number | null;
  look: (revision: number | null) => void;
}

export const useHistoryDesk = create<HistoryDesk>()((set) => ({
  revision: null,
  look: (revision) => set({ revision }),
}));
