import {
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { GridHead } from './GridHead.tsx';
import { GridRow } from './GridRow.tsx';
import { seenRows, spacerHeight } from './row-scroll.ts';
import type { Cell, EditControl, GridColumn, GridSort, SelectMode } from './types.ts';
import { onGridKey } from './use-grid-keys.ts';
import { useRowScroll } from './use-row-scroll.ts';

export interface VirtualGridProps<R> {
  label: string;
  /** Words of the tick in the head and of the grips. */
  words: { all: string; resize: string };
  rows: number;
  /** Undefined while it is on its way. */
  rowAt: (index: number) => R | undefined;
  idOf: (row: R) => number;
  columns: readonly GridColumn<R>[];
  widths: Readonly<Record<string, number>>;
  onResize: (column: string, width: number) => void;
  rowHeight: number;
  selected: ReadonlySet<number>;
  /** The row the selection elsewhere leads to; shown when it changes. */
  showRow?: number | null;
  onSelect: (index: number, mode: SelectMode, from: number) => void;
  onSelectAll: () => void;
  onOpen: (row: R) => void;
  sort: readonly GridSort[];
  onSort: (column: string) => void;
  /** Called with the rows that are seen, to fetch them. */
  onSeen: (first: number, last: number) => void;
  /** Instead of rows when there are none. */
  empty: ReactNode;
}

const HEAD = 28;
const EXTRA_ROWS = 6;
/** Rows keep their place within a block of this many, so that scrolling moves one layer and not every row. */
const BLOCK = 1000;
const LEAST_WIDTH = 40;

/** A table of any length: only the rows that are seen exist, keys and wheel are exact, the first columns stay. */
export function VirtualGrid<R>(props: VirtualGridProps<R>) {
  const { rows, rowAt, idOf, columns, widths, rowHeight, selected, showRow, onSelect, onOpen, onSeen } = props;
  const gridId = useId();
  const scroll = useRowScroll(rows, rowHeight, HEAD);
  const { scroller, show } = scroll;
  const [active, setActive] = useState<Cell>({ row: 0, column: 2 });
  const [editing, setEditing] = useState(false);
  const anchor = useRef(0);
  const { first, last } = seenRows(scroll.space, scroll.offset, EXTRA_ROWS);
  useEffect(() => onSeen(first, last), [first, last, onSeen]);

  const sizes = useMemo(
    () => columns.map((one) => Math.max(LEAST_WIDTH, widths[one.id] ?? one.width)),
    [columns, widths],
  );
  const fixed = useMemo(
    () => columns.map((one, i) => (one.head === '' ? one.width : (sizes[i] ?? one.width))),
    [columns, sizes],
  );
  const lefts = useMemo(() => fixed.map((_, i) => fixed.slice(0, i).reduce((sum, one) => sum + one, 0)), [fixed]);
  const width = fixed.reduce((sum, one) => sum + one, 0);

  useEffect(() => {
    if (showRow === undefined || showRow === null) return;
    show(showRow);
    setActive((now) => ({ ...now, row: showRow }));
  }, [showRow, show]);

  const goTo = useCallback(
    (cell: Cell, mode: SelectMode | null) => {
      setActive(cell);
      show(cell.row);
      if (mode === null) return;
      if (mode !== 'range') anchor.current = cell.row;
      onSelect(cell.row, mode, anchor.current);
    },
    [onSelect, show],
  );
  const activeRow = Math.min(active.row, Math.max(0, rows - 1));
  const startEdit = () => {
    const row = rowAt(activeRow);
    const column = columns[active.column];
    if (row === undefined || column?.editor === undefined || (column.lockedBecause?.(row) ?? null) !== null) return;
    setEditing(true);
  };
  const edit = useMemo<EditControl>(
    () => ({
      done(go = 'stay') {
        setEditing(false);
        scroller.current?.focus({ preventScroll: true });
        const step = { down: [1, 0], right: [0, 1], left: [0, -1], stay: [0, 0] } as const;
        const [down, right] = step[go];
        setActive((now) => ({
          row: Math.min(rows - 1, now.row + down),
          column: Math.max(0, Math.min(columns.length - 1, now.column + right)),
        }));
      },
    }),
    [columns.length, rows, scroller],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (editing) return;
    const own = onGridKey(event, {
      active: { ...active, row: activeRow },
      rows,
      columns: columns.length,
      page: Math.max(1, Math.floor(scroll.space.viewport / rowHeight) - 1),
      goTo: (cell, extend) =>
        goTo(cell, extend ? 'range' : cell.row === activeRow ? null : selected.size > 1 ? null : 'only'),
      toggle: () => onSelect(activeRow, 'toggle', anchor.current),
      all: props.onSelectAll,
      edit: startEdit,
      open: () => openRow(activeRow),
      copy: () => {
        const row = rowAt(activeRow);
        if (row !== undefined) void navigator.clipboard.writeText(columns[active.column]?.text(row) ?? '');
      },
    });
    if (own) event.preventDefault();
  };
  const openRow = (index: number) => {
    const row = rowAt(index);
    if (row !== undefined) onOpen(row);
  };
  const onClick = (event: MouseEvent) => {
    const cell = cellOf(event.target);
    if (cell === null || (editing && cell.row === activeRow && cell.column === active.column)) return;
    const toggles = cell.column === 0 || event.ctrlKey || event.metaKey;
    goTo(cell, event.shiftKey ? 'range' : toggles ? 'toggle' : 'only');
  };
  const onDoubleClick = (event: MouseEvent) => {
    const cell = cellOf(event.target);
    if (cell === null) return;
    if (columns[cell.column]?.editor === undefined) openRow(cell.row);
    else startEdit();
  };

  const base = Math.floor(first / BLOCK) * BLOCK;
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  return (
    <div
      ref={scroller}
      className="vgrid scroll"
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={rows + 1}
      aria-colcount={columns.length}
      aria-multiselectable
      aria-activedescendant={
        rows > 0 && activeRow >= first && activeRow < last ? `${gridId}-${activeRow}-${active.column}` : undefined
      }
      data-grid=""
      onScroll={scroll.onScroll}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
    >
      <div
        className="g-space"
        role="presentation"
        style={{ blockSize: spacerHeight(scroll.space) + HEAD, inlineSize: width, minInlineSize: '100%' }}
      >
        <div
          className="g-view"
          role="presentation"
          style={{ blockSize: rows === 0 ? undefined : scroll.space.viewport + HEAD }}
        >
          <GridHead
            columns={columns}
            widths={fixed}
            lefts={lefts}
            sort={props.sort}
            onSort={props.onSort}
            onResize={props.onResize}
            resizeLabel={props.words.resize}
            tick={
              <input
                type="checkbox"
                className="ck"
                tabIndex={-1}
                aria-label={props.words.all}
                checked={rows > 0 && selected.size >= rows}
                ref={(box) => {
                  if (box !== null) box.indeterminate = selected.size > 0 && selected.size < rows;
                }}
                onChange={props.onSelectAll}
              />
            }
          />
          <div
            className="g-rows"
            role="presentation"
            style={{ transform: `translateY(${base * rowHeight - scroll.offset}px)` }}
          >
            {shown.map((index) => {
              const row = rowAt(index);
              const isActive = index === activeRow;
              return (
                <GridRow
                  key={index}
                  gridId={gridId}
                  index={index}
                  top={(index - base) * rowHeight}
                  row={row}
                  columns={columns}
                  widths={fixed}
                  lefts={lefts}
                  selected={row !== undefined && selected.has(idOf(row))}
                  active={isActive ? active.column : -1}
                  editing={isActive && editing}
                  edit={edit}
                />
              );
            })}
          </div>
        </div>
      </div>
      {rows === 0 && <div className="g-empty">{props.empty}</div>}
    </div>
  );
}

/** Which cell an event came from. */
function cellOf(target: EventTarget): Cell | null {
  if (!(target instanceof Element)) return null;
  const column = target.closest<HTMLElement>('[data-col]')?.dataset['col'];
  const row = target.closest<HTMLElement>('[data-row]')?.dataset['row'];
  return column === undefined || row === undefined ? null : { row: Number(row), column: Number(column) };
}
