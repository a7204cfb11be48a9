import type { ReactNode } from 'react';

export interface GridColumn<R> {
  id: string;
  /** Heading as a person reads it; '' for columns of a tick or shape, then `label` names it. */
  head: string;
  label?: string;
  width: number;
  /** Stays at the left while the others scroll. Frozen columns come first. */
  frozen?: boolean;
  align?: 'end';
  className?: string;
  /** Sorted by this column when the heading is chosen. */
  sortable?: boolean;
  cell: (row: R) => ReactNode;
  /** Plain text of the cell, for the tooltip of cut text and for copying. */
  text: (row: R) => string;
  /** 'blank' greys it, 'bad' marks it. */
  tone?: (row: R) => 'blank' | 'bad' | null;
  editor?: (row: R, edit: EditControl) => ReactNode;
  /** Why this cell cannot be edited; null when it can. */
  lockedBecause?: (row: R) => string | null;
}

/** What an editor does when it is finished. */
export interface EditControl {
  /** Ends the editing; where the focus goes: the next row, the next cell, or it stays. */
  done: (go?: 'down' | 'right' | 'left' | 'stay') => void;
}

export interface Cell {
  row: number;
  column: number;
}
export interface GridSort {
  column: string;
  descending: boolean;
}
/** How a click or key selects: this alone, in addition, or everything from the last one to this. */
export type SelectMode = 'only' | 'toggle' | 'range';
