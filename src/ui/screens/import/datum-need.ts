import type { InspectedTable, TablePlan } from '../../../api/delivery.ts';

export type Shift = NonNullable<TablePlan['datum']>;

const OPEN = new Set(['datum-shift-unknown', 'known-contradicts', 'grid-contradicts', 'outside-every-range']);

/** The table has places that only a shift can bring home, or one was given. */
export function needsShift({ crs }: Pick<InspectedTable, 'crs'>): boolean {
  const { applied, proposed, refused } = crs.datum;
  if (applied !== null || proposed !== null || refused !== null) return true;
  return crs.evidence.some(({ code }) => OPEN.has(code)) && crs.confidence !== 1;
}
