import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo, useRef, type PointerEvent, type ReactNode } from 'react';
import type { GridColumn, GridSort } from './types.ts';
import type { Sizes } from './use-grid-columns.ts';

interface GridHeadProps<R> {
  columns: readonly GridColumn<R>[];
  sizes: Sizes;
  sort: readonly GridSort[];
  onSort: (column: string) => void;
  onResize: (column: string, width: number) => void;
  resizeLabel: string;
  /** Tick for everything, in the first column. */
  tick: ReactNode;
}

function Head<R>({ columns, sizes, sort, onSort, onResize, resizeLabel, tick }: GridHeadProps<R>) {
  return (
    <div className="g-head" role="row" aria-rowindex={1}>
      {columns.map((column, i) => {
        const sorted = sort.find((one) => one.column === column.id);
        const style = {
          inlineSize: sizes.widths[i],
          ...(column.frozen === true ? { insetInlineStart: sizes.lefts[i] } : {}),
        };
        return (
          <div
            key={column.id}
            role="columnheader"
            aria-colindex={i + 1}
            aria-sort={sorted === undefined ? undefined : sorted.descending ? 'descending' : 'ascending'}
            className={`g-h${column.frozen === true ? ' is-frozen' : ''}${column.align === 'end' ? ' num' : ''}`}
            style={style}
          >
            {i === 0 && tick}
            {column.head === '' && <span className="visually-hidden">{column.label}</span>}
            {column.head !== '' && column.sortable === true && (
              <button type="button" tabIndex={-1} className="g-sort" onClick={() => onSort(column.id)}>
                <span className="cut">{column.head}</span>
                {sorted?.descending === false && <IconArrowUp size={12} stroke={1.5} aria-hidden />}
                {sorted?.descending === true && <IconArrowDown size={12} stroke={1.5} aria-hidden />}
              </button>
            )}
            {column.head !== '' && column.sortable !== true && <span className="cut">{column.head}</span>}
            {column.head !== '' && (
              <ResizeGrip
                label={resizeLabel}
                width={sizes.widths[i] ?? column.width}
                onResize={(to) => onResize(column.id, to)}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}
export const GridHead = memo(Head) as typeof Head;

function ResizeGrip({ width, onResize, label }: { width: number; onResize: (width: number) => void; label: string }) {
  const drag = useRef<{ at: number; width: number } | null>(null);
  const move = (event: PointerEvent) => {
    if (drag.current !== null) onResize(drag.current.width + event.clientX - drag.current.at);
  };
  return (
    <span
      className="g-grip"
      title={label}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { at: event.clientX, width };
      }}
      onPointerMove={move}
      onPointerUp={() => {
        drag.current = null;
      }}
    />
  );
}
