import type { CellValue } from './component.ts';

/**
 * One filter for map, table, counts and export. Column names are those of the layer; besides them `text` (any of code, name,
 * address, unit names contains it), `major_code` (major class), `in_service` (1/0), `finding` (rule id of an open finding).
 * `grid_id` may be given by grid code as `grid_code`.
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
