/** Rows of a block, and cells of one: a wide table comes in shorter blocks, so that memory is bounded whatever its width. */
const BLOCK_ROWS = 2000;
const BLOCK_CELLS = 400_000;
/** Cells from which a table may not be almost blank. */
const SPARSE_FROM = 1_000_000;
/** A table so large has a value in one of so many cells at least. */
const SPARSE = 200;

/** How many rows make a block of a table of so many fields, at most as many as asked for. */
export const blockRows = (fields: number, asked = BLOCK_ROWS): number =>
  Math.max(1, Math.min(asked, Math.floor(BLOCK_CELLS / Math.max(1, fields))));

/** Whether a table is so large and so blank that it is no table: a few values far from each other, or each row with fields of its own. */
export const isTooSparse = (fields: number, rows: number, filled: number): boolean =>
  fields * rows > SPARSE_FROM && filled * SPARSE < fields * rows;
