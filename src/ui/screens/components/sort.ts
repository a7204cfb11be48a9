import type { Sort } from '../../../model/filter.ts';

/** A heading chosen again turns the order round, the third time takes it away. */
export function nextSort(sort: readonly Sort[], column: string): Sort[] {
  const now = sort.find((one) => one.column === column);
  if (now === undefined) return [{ column, descending: false }];
  return now.descending ? [] : [{ column, descending: true }];
}
