import { create } from 'zustand';
import type { Position } from '../../model/geometry/types.ts';

/** Delivered points as one coordinate system would place them, project CRS metres. */
export interface CandidateGroup {
  /** 'A', 'B', … as in the list beside the map. */
  letter: string;
  tone: 'chosen' | 'second' | 'other';
  points: readonly Position[];
}

/** A component as it stands and as it was delivered. Either may be missing: new ones have no place yet, gone ones no new one. */
export interface Move {
  from: Position | null;
  to: Position | null;
  className: string | null;
  /** Words beside the two places. */
  fromLabel: string;
  toLabel: string;
}

/** What the import screen draws over the map; it takes it away when it leaves. */
interface SketchState {
  groups: readonly CandidateGroup[];
  move: Move | null;
  setGroups(groups: readonly CandidateGroup[]): void;
  setMove(move: Move | null): void;
}

export const useSketch = create<SketchState>()((set) => ({
  groups: [],
  move: null,
  setGroups: (groups) => set({ groups }),
  setMove: (move) => set({ move }),
}));
