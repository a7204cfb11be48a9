import type { TableRow } from '../../../api/component.ts';
import type { Rehomed } from '../../app/stores/grid-edit.ts';

/** Rows a list of moved components holds at most; one edit moves a handful. */
export const MOST_LISTED = 2000;

export interface MovedRow extends Rehomed {
  /** Null while it is on its way. */
  row: TableRow | null;
}

/** Metres a position may be off by its accuracy class (GB/T 47678: A 0.5, B 1, C 10). */
const TOLERANCE: Record<string, number> = { A: 0.5, B: 1, C: 10 };

export function toleranceOf({ row }: Pick<MovedRow, 'row'>): number | null {
  return TOLERANCE[String(row?.cells['accuracy'] ?? '')] ?? null;
}

/** So near to an edge that its accuracy does not settle which side it is on. */
export function nearEdge(moved: Pick<MovedRow, 'row' | 'toEdge'>): boolean {
  const tolerance = toleranceOf(moved);
  return tolerance !== null && moved.toEdge !== null && moved.toEdge < tolerance;
}
