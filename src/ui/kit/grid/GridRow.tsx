import { memo, type ReactNode } from 'react';
import type { EditControl, GridColumn } from './types.ts';
import type { Sizes } from './use-grid-columns.ts';

interface GridRowProps<R> {
  gridId: string;
  index: number;
  top: number;
  row: R | undefined;
  columns: readonly GridColumn<R>[];
  sizes: Sizes;
  selected: boolean;
  /** Column with the cell ring, -1 for none. */
  active: number;
  editing: boolean;
  edit: EditControl;
}

function Row<R>({ gridId, index, top, row, columns, sizes, selected, active, editing, edit }: GridRowProps<R>) {
  return (
    <div
      className={selected ? 'g-row is-sel' : 'g-row'}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-row={index}
      style={{ transform: `translateY(${top}px)` }}
    >
      {columns.map((column, i) => {
        const isEditing = editing && i === active && row !== undefined && column.editor !== undefined;
        const tone = row === undefined ? null : (column.tone?.(row) ?? null);
        const classes = [
          'g-c',
          column.frozen === true ? 'is-frozen' : '',
          column.align === 'end' ? 'num' : '',
          column.className ?? '',
          tone ?? '',
          i === active ? 'is-active' : '',
          isEditing ? 'is-edit' : '',
        ];
        return (
          <div
            key={column.id}
            id={`${gridId}-${index}-${i}`}
            role="gridcell"
            aria-colindex={i + 1}
            data-col={i}
            className={classes.filter((one) => one !== '').join(' ')}
            title={row === undefined || isEditing ? undefined : column.text(row)}
            style={{
              inlineSize: sizes.widths[i],
              ...(column.frozen === true ? { insetInlineStart: sizes.lefts[i] } : {}),
            }}
          >
            {content(row, column, isEditing, edit, index)}
          </div>
        );
      })}
    </div>
  );
}
export const GridRow = memo(Row) as typeof Row;

/** While a row is on its way a grey bar about as long as its text stands there. */
function content<R>(
  row: R | undefined,
  column: GridColumn<R>,
  editing: boolean,
  edit: EditControl,
  index: number,
): ReactNode {
  if (row === undefined) return <span className="g-bar" style={{ inlineSize: `${48 + ((index * 7) % 34)}%` }} />;
  return editing && column.editor !== undefined ? column.editor(row, edit) : column.cell(row);
}
