import { useEffect, useId, type ReactNode } from 'react';
import { GridHead } from './GridHead.tsx';
import { GridRows } from './GridRows.tsx';
import { seenRows, spacerHeight } from './row-scroll.ts';
import { TickAll } from './TickAll.tsx';
import type { Cell, GridColumn, GridSort, SelectMode } from './types.ts';
import { useGridCells } from './use-grid-cells.ts';
import { useGridColumns } from './use-grid-columns.ts';
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
  /** The row a selection made elsewhere leads to. */
  showRow: number | null;
  onSelect: (index: number, mode: SelectMode, from: number) => void;
  /** Absent where rows are chosen one at a time: then there is no tick in the head. */
  onSelectAll?: () => void;
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

/** A table of any length: only the rows that are seen exist, keys and wheel are exact, the first columns stay. */
export function VirtualGrid<R>(props: VirtualGridProps<R>) {
  const { rows, columns, rowHeight, onSeen } = props;
  const gridId = useId();
  const { scroller, ...scroll } = useRowScroll(rows, rowHeight, HEAD);
  const cells = useGridCells(props, scroll, scroller);
  const sizes = useGridColumns(columns, props.widths);
  const seen = seenRows(scroll.space, scroll.offset, EXTRA_ROWS);
  useEffect(() => onSeen(seen.first, seen.last), [seen.first, seen.last, onSeen]);
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
      aria-activedescendant={ringOf(gridId, cells.active, seen)}
      data-grid=""
      onScroll={scroll.onScroll}
      onKeyDown={cells.onKeyDown}
      onClick={cells.onClick}
      onDoubleClick={cells.onDoubleClick}
    >
      <div
        className="g-space"
        role="presentation"
        style={{ blockSize: spacerHeight(scroll.space) + HEAD, inlineSize: sizes.whole }}
      >
        <div
          className="g-view"
          role="presentation"
          style={rows === 0 ? {} : { blockSize: scroll.space.viewport + HEAD }}
        >
          <GridHead
            columns={columns}
            sizes={sizes}
            sort={props.sort}
            onSort={props.onSort}
            onResize={props.onResize}
            resizeLabel={props.words.resize}
            tick={
              props.onSelectAll !== undefined && (
                <TickAll label={props.words.all} some={props.selected.size} all={rows} onChange={props.onSelectAll} />
              )
            }
          />
          <GridRows gridId={gridId} grid={props} cells={cells} sizes={sizes} offset={scroll.offset} {...seen} />
        </div>
      </div>
      {rows === 0 && <div className="g-empty">{props.empty}</div>}
    </div>
  );
}

/** The element of the active cell, while it is drawn. */
function ringOf(
  gridId: string,
  { row, column }: Cell,
  { first, last }: { first: number; last: number },
): string | undefined {
  return row >= first && row < last ? `${gridId}-${row}-${column}` : undefined;
}
