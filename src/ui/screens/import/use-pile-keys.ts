import { useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { BatchRow, Decision } from '../../../api/delivery.ts';

interface PileKeys {
  row: BatchRow | undefined;
  /** Row that has the keyboard, and how many there are. */
  chosen: number;
  total: number;
  /** Cells one may go into, 0 where rows are one line. */
  cells: number;
  go: (index: number) => void;
  tick: (id: number) => void;
  /** `column` null: the whole row. */
  decide: (id: number, column: string | null, decision: Decision) => void;
}

const PAGE_ROWS = 10;

/** Keys and clicks of the table of a pile: up and down by row, left and right into its cells, A, R and P decide. */
export function usePileKeys({ row, chosen, total, cells, go, tick, decide }: PileKeys) {
  const [cell, setCell] = useState<number | null>(null);
  const move = (index: number) => {
    setCell(null);
    go(Math.max(0, Math.min(total - 1, index)));
  };
  const decideHere = (decision: Decision) => {
    if (row === undefined) return;
    decide(row.id, cell === null ? null : (row.cells[cell]?.column ?? null), decision);
    if (cell === null) move(chosen + 1);
  };
  const acts: Record<string, () => void> = {
    ArrowDown: () => move(chosen + 1),
    ArrowUp: () => move(chosen - 1),
    PageDown: () => move(chosen + PAGE_ROWS),
    PageUp: () => move(chosen - PAGE_ROWS),
    Home: () => move(0),
    End: () => move(total - 1),
    ArrowRight: () => setCell((now) => (cells === 0 ? null : Math.min(cells - 1, (now ?? -1) + 1))),
    ArrowLeft: () => setCell((now) => (now === null || now === 0 ? null : now - 1)),
    ' ': () => row !== undefined && tick(row.id),
    a: () => decideHere('accept'),
    r: () => decideHere('reject'),
    p: () => decideHere('pending'),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  /** A row is chosen wherever it is clicked but on its own controls. */
  const onClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element) || event.target.closest('button, input') !== null) return;
    const index = event.target.closest<HTMLElement>('[data-index]')?.dataset['index'];
    if (index !== undefined) move(Number(index));
  };
  return { cell, onKeyDown, onClick };
}
