import { GridRow } from './GridRow.tsx';
import type { Cell, EditControl } from './types.ts';
import type { Sizes } from './use-grid-columns.ts';
import type { VirtualGridProps } from './VirtualGrid.tsx';

/** Rows keep their place within a block of this many, so that scrolling moves one layer and not every row. */
const BLOCK = 1000;

/** A row that comes takes over the elements of one that went; more than ever fit on a screen. */
const POOL = 256;

interface GridRowsProps<R> {
  gridId: string;
  grid: Pick<VirtualGridProps<R>, 'rowAt' | 'idOf' | 'columns' | 'rowHeight' | 'selected'>;
  cells: { active: Cell; editing: boolean; edit: EditControl };
  sizes: Sizes;
  offset: number;
  first: number;
  last: number;
}

/** The rows that are seen, and a few around them. */
export function GridRows<R>({ gridId, grid, cells, sizes, offset, first, last }: GridRowsProps<R>) {
  const { rowAt, idOf, columns, rowHeight, selected } = grid;
  const base = Math.floor(first / BLOCK) * BLOCK;
  const indices = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  return (
    <div className="g-rows" role="presentation" style={{ transform: `translateY(${base * rowHeight - offset}px)` }}>
      {indices.map((index) => {
        const row = rowAt(index);
        const isActive = index === cells.active.row;
        return (
          <GridRow
            key={index % POOL}
            gridId={gridId}
            index={index}
            top={(index - base) * rowHeight}
            row={row}
            columns={columns}
            sizes={sizes}
            selected={row !== undefined && selected.has(idOf(row))}
            active={isActive ? cells.active.column : -1}
            editing={isActive && cells.editing}
            edit={cells.edit}
          />
        );
      })}
    </div>
  );
}
