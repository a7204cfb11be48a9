import { create } from 'zustand';
import type { FileRef } from '../../../api/shared.ts';

export type BrowseAnswer = FileRef[] | null;
/** What floats over the window; one at a time but for the folder browser, which may stand over the new-project dialog. */
export type Dialog =
  | { id: 'new-project' }
  | { id: 'backups'; file: FileRef | null }
  /** `holder`: the data of the refusal, who has it and since when. */
  | { id: 'in-use'; file: FileRef; holder: Readonly<Record<string, unknown>> }
  | { id: 'person'; after: (() => void) | null }
  | { id: 'keys' }
  | { id: 'palette' };
export interface BrowseRequest {
  title: string;
  folders: boolean;
  multiple: boolean;
  extensions: readonly string[];
  answer: (files: BrowseAnswer) => void;
}

interface Dialogs {
  open: Dialog | null;
  browse: BrowseRequest | null;
  show: (dialog: Dialog) => void;
  close: () => void;
  ask: (request: BrowseRequest) => void;
  answer: (files: BrowseAnswer) => void;
}

export const useDialogs = create<Dialogs>()((set, get) => ({
  open: null,
  browse: null,
  show: (open) => set({ open }),
  close: () => set({ open: null }),
  ask: (browse) => set({ browse }),
  answer: (files) => {
    const { browse } = get();
    set({ browse: null });
    browse?.answer(files);
  },
}));
