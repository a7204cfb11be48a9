import type { CellValue } from './component.ts';

/** One revision as a person sees it: who, when, by which command, taking back which. `at` is ISO 8601 with offset. */
export interface RevisionInfo {
  id: number;
  at: string;
  person: string;
  /** Contract name ('component.update') or 'foreign' for another program. */
  command: string;
  /** What the words need: {column, count, code, from, to, name …}; the sentence is made in `ui/words` and by the command line. */
  summary: Record<string, CellValue>;
  undoOf: number | null;
  /** The revision that took this one back and still holds, if any. */
  undoneBy: number | null;
  batchId: number | null;
  rows: number;
}

/** A cell as it was before a revision and as it became. Geometry cells carry a summary ('x y' of a point, 'area m²' of a polygon) instead of bytes. */
export interface CellChange {
  layer: string;
  id: number;
  column: string;
  was: CellValue;
  now: CellValue;
}

/** A later revision changed the same cell, so undo leaves it alone unless told otherwise. */
export interface Clash extends CellChange {
  revision: number;
}
