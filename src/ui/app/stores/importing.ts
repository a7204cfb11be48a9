import { create } from 'zustand';
import type { FileRef } from '../../../api/shared.ts';

interface Importing {
  /** Dropped or chosen files waiting to be looked at by the import screen, which empties the list when it takes them. */
  files: readonly FileRef[];
  offer: (files: readonly FileRef[]) => void;
  take: () => readonly FileRef[];
}

export const useImporting = create<Importing>()((set, get) => ({
  files: [],
  offer: (files) => set((now) => ({ files: [...now.files, ...files] })),
  take: () => {
    const { files } = get();
    set({ files: [] });
    return files;
  },
}));
