import { useMemo } from 'react';
import type { GridColumn } from './types.ts';

const LEAST_WIDTH = 40;

export interface Sizes {
  widths: readonly number[];
  /** Where each column begins; frozen ones stay there. */
  lefts: readonly number[];
  whole: number;
}

/** Widths as drawn: the person's where there is one, else the column's own; columns without a heading never change. */
export function useGridColumns<R>(columns: readonly GridColumn<R>[], chosen: Readonly<Record<string, number>>): Sizes {
  return useMemo(() => {
    const widths = columns.map((one) =>
      one.head === '' ? one.width : Math.max(LEAST_WIDTH, chosen[one.id] ?? one.width),
    );
    const lefts = widths.map((_, i) => widths.slice(0, i).reduce((sum, one) => sum + one, 0));
    return { widths, lefts, whole: widths.reduce((sum, one) => sum + one, 0) };
  }, [columns, chosen]);
}
