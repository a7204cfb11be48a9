import { create } from 'zustand';
import type { Position } from '../../model/geometry/types.ts';

/** Delivered points as one coordinate system would place them, project CRS metres. */
export interface CandidateGroup {
  /** 'A', 'B', … as in the list beside the map. */
  letter: string;
  tone: 'chosen' | 'second' | 'other';
  points: readonly Position[];
}

/** A delivered point and the known thing it is, project CRS metres. */
export interface CandidateTie {
  from: Position;
  to: Position;
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

/** An area a delivery speaks for: one ring, project CRS metres. */
export interface CoveredArea {
  ring: readonly Position[];
  label: string;
}

/** What the import screen draws over the map; it takes it away when it leaves. */
export interface Sketch {
  groups: readonly CandidateGroup[];
  ties: readonly CandidateTie[];
  /** Letter of the group that is pointed at in the list. */
  pointed: string | null;
  move: Move | null;
  covered: readonly CoveredArea[];
}

interface SketchState extends Sketch {
  setGroups(groups: readonly CandidateGroup[], ties: readonly CandidateTie[]): void;
  point(letter: string | null): void;
  setMove(move: Move | null): void;
  setCovered(covered: readonly CoveredArea[]): void;
}

export const useSketch = create<SketchState>()((set) => ({
  groups: [],
  ties: [],
  pointed: null,
  move: null,
  covered: [],
  setGroups: (groups, ties) => set({ groups, ties, pointed: null }),
  point: (pointed) => set({ pointed }),
  setMove: (move) => set({ move }),
  setCovered: (covered) => set({ covered }),
}));
