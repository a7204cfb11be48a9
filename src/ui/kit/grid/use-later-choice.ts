import { useEffect, useRef } from 'react';
import type { SelectMode } from './types.ts';

interface Choice {
  row: number;
  mode: SelectMode;
  from: number;
}

/**
 * Chooses rows, also one that is still on its way: the choice waits for it. The latest choice counts, wherever it was made; a table of
 * another length is another table.
 */
export function useLaterChoice(
  rows: number,
  isHere: (row: number) => boolean,
  showRow: number | null,
  onSelect: (row: number, mode: SelectMode, from: number) => void,
): (row: number, mode: SelectMode, from: number) => void {
  const waiting = useRef<Choice | null>(null);
  useEffect(() => {
    waiting.current = null;
  }, [rows, showRow]);
  useEffect(() => {
    const choice = waiting.current;
    if (choice === null || !isHere(choice.row)) return;
    waiting.current = null;
    onSelect(choice.row, choice.mode, choice.from);
  });
  return (row, mode, from) => {
    // A range is asked for by its places: its rows need not be here.
    const now = mode === 'range' || isHere(row);
    waiting.current = now ? null : { row, mode, from };
    if (now) onSelect(row, mode, from);
  };
}
