import { useEffect, useRef } from 'react';
import type { SelectMode } from './types.ts';

interface Choosing {
  rows: number;
  /** Undefined while a row is on its way. */
  rowAt: (row: number) => unknown;
  selected: ReadonlySet<number>;
  onSelect: (row: number, mode: SelectMode, from: number) => void;
}
interface Choice {
  row: number;
  mode: SelectMode;
  from: number;
  /** The table and the selection it was made in. */
  rows: number;
  selected: ReadonlySet<number>;
}

/**
 * Chooses rows, also one that is still on its way: the choice waits for it. The latest choice counts, wherever it was made; a table of
 * another length is another table.
 */
export function useLaterChoice({ rows, rowAt, selected, onSelect }: Choosing): Choosing['onSelect'] {
  const waiting = useRef<Choice | null>(null);
  useEffect(() => {
    const choice = waiting.current;
    if (choice === null) return;
    const stale = choice.rows !== rows || choice.selected !== selected;
    if (!stale && rowAt(choice.row) === undefined) return;
    waiting.current = null;
    if (!stale) onSelect(choice.row, choice.mode, choice.from);
  });
  return (row, mode, from) => {
    // A range is asked for by its places: its rows need not be here.
    const now = mode === 'range' || rowAt(row) !== undefined;
    waiting.current = now ? null : { row, mode, from, rows, selected };
    if (now) onSelect(row, mode, from);
  };
}
