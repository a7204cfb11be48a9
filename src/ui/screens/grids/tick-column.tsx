import type { GridColumn } from '../../kit/grid/types.ts';

/** The column a row is ticked in. */
export function tickColumn<R>(label: string, isTicked: (row: R) => boolean, nameOf: (row: R) => string): GridColumn<R> {
  return {
    id: 'tick',
    head: '',
    label,
    width: 32,
    frozen: true,
    text: () => '',
    cell: (row) => (
      <input type="checkbox" className="ck" tabIndex={-1} readOnly checked={isTicked(row)} aria-label={nameOf(row)} />
    ),
  };
}
