/** One row of a sheet or csv as it stands there. */
export interface GridRow {
  /** 1-based row of the sheet, or line of the file on which the record begins. */
  row: number;
  /** Text of each cell from the first column on; null where blank. */
  cells: (string | null)[];
  faults?: { column: number; code: string; message: string }[];
}

/** Merged cells: 0-based, inclusive; rows counted like `GridRow.row` minus one. */
export interface Merge {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** Rows mostly end with a value: then nothing has to be looked for. */
export const isBlankRow = ({ cells }: GridRow): boolean =>
  (cells.at(-1) ?? null) === null && cells.every((cell) => cell === null);
