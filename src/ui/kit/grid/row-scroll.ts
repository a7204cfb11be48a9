/**
 * Scrolling through more rows than a browser can be high. The scroll bar runs over a spacer of at most MOST_PIXELS; the true place is `offset`,
 * in pixels as if every row were there. Up to MOST_PIXELS both are the same; beyond, the bar's place stands for a proportion, while wheel and
 * keys move `offset` itself, exactly.
 */
export const MOST_PIXELS = 8_000_000;

export interface RowSpace {
  rows: number;
  rowHeight: number;
  /** Height in which rows are seen, without the head. */
  viewport: number;
}

const trueHeight = (space: RowSpace) => space.rows * space.rowHeight;

export function spacerHeight(space: RowSpace): number {
  return Math.min(trueHeight(space), MOST_PIXELS);
}
/** The largest offset: the last row at the bottom edge. */
export function mostOffset(space: RowSpace): number {
  return Math.max(0, trueHeight(space) - space.viewport);
}
export function isCompressed(space: RowSpace): boolean {
  return trueHeight(space) > MOST_PIXELS;
}
export function clampOffset(space: RowSpace, offset: number): number {
  return Math.min(mostOffset(space), Math.max(0, offset));
}
export function offsetOfScroll(space: RowSpace, scrollTop: number): number {
  if (!isCompressed(space)) return clampOffset(space, scrollTop);
  const range = spacerHeight(space) - space.viewport;
  return clampOffset(space, range <= 0 ? 0 : (scrollTop / range) * mostOffset(space));
}
export function scrollOfOffset(space: RowSpace, offset: number): number {
  if (!isCompressed(space)) return offset;
  const most = mostOffset(space);
  return most === 0 ? 0 : (offset / most) * (spacerHeight(space) - space.viewport);
}
/** Rows that are seen at least in part, and `extra` more on both sides; `last` is not included. */
export function seenRows(space: RowSpace, offset: number, extra: number): { first: number; last: number } {
  const first = Math.floor(offset / space.rowHeight) - extra;
  const last = Math.ceil((offset + space.viewport) / space.rowHeight) + extra;
  return { first: Math.max(0, first), last: Math.min(space.rows, Math.max(0, last)) };
}
/** The nearest offset at which a row is wholly seen. */
export function offsetToShow(space: RowSpace, offset: number, row: number): number {
  const top = row * space.rowHeight;
  if (top < offset) return clampOffset(space, top);
  if (top + space.rowHeight > offset + space.viewport)
    return clampOffset(space, top + space.rowHeight - space.viewport);
  return clampOffset(space, offset);
}
