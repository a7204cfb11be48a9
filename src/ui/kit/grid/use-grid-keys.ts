import type { KeyboardEvent } from 'react';
import type { Cell } from './types.ts';

export interface GridMoves {
  active: Cell;
  rows: number;
  columns: number;
  /** Rows a page holds. */
  page: number;
  goTo: (cell: Cell, extend: boolean) => void;
  toggle: () => void;
  all: () => void;
  edit: () => void;
  open: () => void;
  copy: () => void;
}

/** The cell a key leads to; null when the key is no movement. */
export function cellAfter(
  key: string,
  ctrl: boolean,
  { active, rows, columns, page }: Pick<GridMoves, 'active' | 'rows' | 'columns' | 'page'>,
): Cell | null {
  const { row, column } = active;
  const at = (r: number, c: number): Cell => ({
    row: Math.max(0, Math.min(rows - 1, r)),
    column: Math.max(0, Math.min(columns - 1, c)),
  });
  switch (key) {
    case 'ArrowDown':
      return at(ctrl ? rows - 1 : row + 1, column);
    case 'ArrowUp':
      return at(ctrl ? 0 : row - 1, column);
    case 'ArrowRight':
      return at(row, ctrl ? columns - 1 : column + 1);
    case 'ArrowLeft':
      return at(row, ctrl ? 0 : column - 1);
    case 'PageDown':
      return at(row + page, column);
    case 'PageUp':
      return at(row - page, column);
    case 'Home':
      return ctrl ? at(0, 0) : at(row, 0);
    case 'End':
      return ctrl ? at(rows - 1, columns - 1) : at(row, columns - 1);
    default:
      return null;
  }
}

/** Keys of a grid that has the focus. Answers whether the key was its own. */
export function onGridKey(event: KeyboardEvent, moves: GridMoves): boolean {
  if (event.nativeEvent.isComposing || moves.rows === 0) return false;
  const ctrl = event.ctrlKey || event.metaKey;
  const next = cellAfter(event.key, ctrl, moves);
  if (next !== null) {
    moves.goTo(next, event.shiftKey);
    return true;
  }
  const acts: Record<string, (() => void) | undefined> = ctrl
    ? { a: moves.all, c: moves.copy }
    : { Enter: event.shiftKey ? moves.open : moves.edit, F2: moves.edit, ' ': moves.toggle };
  const act = acts[event.key];
  act?.();
  return act !== undefined;
}
