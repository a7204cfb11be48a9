import { create } from 'zustand';
import type { WordKey } from '../words/index.ts';
import { matchesKeys } from './keys.ts';

export interface Action {
  id: string;
  /** 'Ctrl+Z', 'F', 'Delete', '?'; null where there is no key. Further keys for the same after a space: 'Ctrl+Y Ctrl+Shift+Z'. */
  key: string | null;
  /** What the sheet shows where the first of several keys would not say it all: '↑ ↓ ← →'. */
  shownKey?: string;
  words: WordKey;
  /** Groups of the sheet under '?'. */
  group: 'everywhere' | 'table' | 'map';
  /** False hides it from palette and sheet and lets its key pass (e.g. no table here). */
  available: () => boolean;
  /** Why it cannot be done now though it belongs here; null when it can. */
  disabledBecause: () => WordKey | null;
  /** `press` is the key that asked for it, where a key did. */
  perform: (press?: KeyboardEvent) => void;
}

interface Registry {
  actions: readonly Action[];
  add(actions: readonly Action[]): () => void;
}

/** Every action there is at the moment: those of the frame and those of the screen shown. */
export const useActions = create<Registry>()((set) => ({
  actions: [],
  add: (added) => {
    set((now) => ({ actions: [...now.actions.filter((one) => !added.some((a) => a.id === one.id)), ...added] }));
    return () => set((now) => ({ actions: now.actions.filter((one) => !added.includes(one)) }));
  },
}));

/** The shortest way to make one. */
export function action(part: Pick<Action, 'id' | 'key' | 'words' | 'perform'> & Partial<Action>): Action {
  return { group: 'everywhere', available: () => true, disabledBecause: () => null, ...part };
}

/** Finds what a key press means: the latest registered wins, so that a screen may take a key from the frame. */
export function actionFor(event: KeyboardEvent, actions: readonly Action[]): Action | null {
  const fits = (one: Action) => one.key !== null && one.key.split(' ').some((keys) => matchesKeys(event, keys));
  return actions.findLast((one) => fits(one) && one.available()) ?? null;
}
