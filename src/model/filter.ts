import type { CellValue } from './component.ts';

/**
 * Why an in-service component is not clear, in the order tested; the first that holds is its cause. no-owner: nobody named as owner ·
 * unknown-unit: a role names somebody the registry does not know · missing-role: another role is blank · expired-unit: a unit not valid today.
 */
export const CAUSES = [
  'ownerless-class',
  'ownerless',
  'disputed',
  'no-owner',
  'unknown-unit',
  'missing-role',
  'expired-unit',
  'unconfirmed',
] as const;
export type Cause = (typeof CAUSES)[number];

/**
 * One filter for map, table, counts and export. Column names are those of the layer, and `id`; besides them
 *
 * - `text`: any of code, name, address, unit names and short names contains the value (`=`), or is like the pattern (`like`; without `%` in
 *   it: contains it)
 * - `major_code`: the major class; `grid_code`: `grid_id` given by the grid's code
 * - `in_service`: 1 or 0 (`=`, `!=`, `in`)
 * - `finding`: rule id of an open finding (`=`, `!=`, `in`, `like`); `empty` = without open finding
 * - `cause`: one of `CAUSES` (`=`, `!=`, `in`), today; blank for what is clear or out of service
 *
 * For `unit_grid` there are `text` (code, name, responsible unit) and `finding`. A condition is true or false, never unknown: `!=` and
 * `not` select exactly what `=` and the inner filter do not, blanks included.
 */
export type Filter =
  | { op: 'and' | 'or'; of: Filter[] }
  | { op: 'not'; of: Filter }
  | { op: '=' | '!=' | '<' | '<=' | '>' | '>='; column: string; value: string | number }
  /** `%` and `_` as in SQL LIKE, case folded for ASCII. */
  | { op: 'like'; column: string; value: string }
  /** null in `values` stands for blank (NULL or empty). */
  | { op: 'in'; column: string; values: CellValue[] }
  | { op: 'empty'; column: string }
  /** Everything whose point or box touches the box, project CRS metres. */
  | { op: 'box'; bbox: [number, number, number, number] }
  | { op: 'ids'; ids: number[] };

export interface Sort {
  column: string;
  descending: boolean;
}
