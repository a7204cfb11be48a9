import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';
import type { Cell, EditControl, GridColumn, SelectMode } from './types.ts';
import { onGridKey } from './use-grid-keys.ts';
import { useLaterChoice } from './use-later-choice.ts';
import type { RowScroll } from './use-row-scroll.ts';

interface Cells<R> {
  rows: number;
  rowAt: (index: number) => R | undefined;
  idOf: (row: R) => number;
  columns: readonly GridColumn<R>[];
  selected: ReadonlySet<number>;
  showRow: number | null;
  onSelect: (index: number, mode: SelectMode, from: number) => void;
  onSelectAll?: () => void;
  onOpen: (row: R) => void;
}

const FIRST_CELL: Cell = { row: 0, column: 2 };
const STEPS = { down: [1, 0], right: [0, 1], left: [0, -1], stay: [0, 0] } as const;

/** The cell with the ring, whether it is being edited, and what keys and clicks do to both. */
export function useGridCells<R>(
  grid: Cells<R>,
  { show, space }: Pick<RowScroll, 'show' | 'space'>,
  scroller: RefObject<HTMLDivElement | null>,
) {
  const { rows, rowAt, idOf, columns } = grid;
  const choose = useLaterChoice(grid);
  const { active, move } = useActiveCell(grid.showRow, rows, columns.length, show);
  const { editing, setEdited } = useEdited(rowAt(active.row), idOf);
  const anchor = useRef(0);

  const goTo = (cell: Cell, mode: SelectMode | null) => {
    move(() => cell);
    show(cell.row);
    if (mode === null) return;
    if (mode !== 'range') anchor.current = cell.row;
    choose(cell.row, mode, anchor.current);
  };
  const edit = useEditControl(setEdited, move, scroller);
  const startEdit = () => {
    const row = rowAt(active.row);
    const column = columns[active.column];
    const locked = row === undefined || column?.editor === undefined || (column.lockedBecause?.(row) ?? null) !== null;
    if (!locked) setEdited(idOf(row));
  };
  const open = (index: number) => {
    const row = rowAt(index);
    if (row !== undefined) grid.onOpen(row);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (editing) return;
    const own = onGridKey(event, {
      active,
      rows,
      columns: columns.length,
      page: Math.max(1, Math.floor(space.viewport / space.rowHeight) - 1),
      goTo: (cell, extend) => goTo(cell, arrowSelects(cell, active, extend, grid.selected.size)),
      toggle: () => choose(active.row, 'toggle', anchor.current),
      all: () => grid.onSelectAll?.(),
      edit: startEdit,
      open: () => open(active.row),
      copy: () => copyCell(rowAt(active.row), columns[active.column]),
    });
    if (own) event.preventDefault();
  };
  const onClick = (event: MouseEvent) => {
    const cell = cellOf(event.target);
    if (cell === null || (editing && cell.row === active.row && cell.column === active.column)) return;
    const toggles = cell.column === 0 || event.ctrlKey || event.metaKey;
    goTo(cell, event.shiftKey ? 'range' : toggles ? 'toggle' : 'only');
  };
  const onDoubleClick = (event: MouseEvent) => {
    const cell = cellOf(event.target);
    if (cell === null) return;
    if (columns[cell.column]?.editor === undefined) open(cell.row);
    else startEdit();
  };
  return { active, editing, edit, onKeyDown, onClick, onDoubleClick };
}

/**
 * The row whose cell is being edited, by its id: when rows shift under the editor (a filter or an order that no longer holds), what was typed for
 * one must never be written to another.
 */
function useEdited<R>(row: R | undefined, idOf: (row: R) => number) {
  const [edited, setEdited] = useState<number | null>(null);
  const other = edited !== null && row !== undefined && idOf(row) !== edited;
  if (other) setEdited(null);
  return { editing: edited !== null && !other, setEdited };
}

/** Ends an editing: the grid has the focus again and the ring goes where the key said. */
function useEditControl(
  setEdited: (id: number | null) => void,
  move: (step: (now: Cell) => Cell) => void,
  scroller: RefObject<HTMLDivElement | null>,
): EditControl {
  return useMemo(
    () => ({
      done(go = 'stay') {
        setEdited(null);
        scroller.current?.focus({ preventScroll: true });
        const [down, right] = STEPS[go];
        move((now) => ({ row: now.row + down, column: now.column + right }));
      },
    }),
    [move, scroller, setEdited],
  );
}

function copyCell<R>(row: R | undefined, column: GridColumn<R> | undefined): void {
  if (row !== undefined && column !== undefined) void navigator.clipboard.writeText(column.text(row));
}

/** Moving to another row takes the selection along, unless several are selected: those stay. */
function arrowSelects(to: Cell, from: Cell, extend: boolean, selected: number): SelectMode | null {
  if (extend) return 'range';
  return to.row === from.row || selected > 1 ? null : 'only';
}

/** The active cell, always inside the table; a selection made elsewhere brings it along. */
function useActiveCell(showRow: number | null, rows: number, columns: number, show: (row: number) => void) {
  const [cell, setCell] = useState<Cell>(FIRST_CELL);
  const [shown, setShown] = useState<number | null>(null);
  if (showRow !== shown) {
    setShown(showRow);
    if (showRow !== null) setCell({ ...cell, row: showRow });
  }
  useEffect(() => {
    if (showRow !== null) show(showRow);
  }, [showRow, show]);
  const active: Cell = {
    row: Math.max(0, Math.min(rows - 1, cell.row)),
    column: Math.max(0, Math.min(columns - 1, cell.column)),
  };
  return { active, move: setCell };
}

/** Which cell an event came from. */
function cellOf(target: EventTarget): Cell | null {
  if (!(target instanceof Element)) return null;
  const column = target.closest<HTMLElement>('[data-col]')?.dataset['col'];
  const row = target.closest<HTMLElement>('[data-row]')?.dataset['row'];
  return column === undefined || row === undefined ? null : { row: Number(row), column: Number(column) };
}
