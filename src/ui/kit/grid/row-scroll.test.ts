import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MOST_PIXELS,
  isCompressed,
  mostOffset,
  offsetOfScroll,
  offsetToShow,
  scrollOfOffset,
  seenRows,
  spacerHeight,
  type RowSpace,
} from './row-scroll.ts';

const million: RowSpace = { rows: 1_000_000, rowHeight: 28, viewport: 400 };
const few: RowSpace = { rows: 14_208, rowHeight: 28, viewport: 400 };

describe('row scroll', () => {
  it('is the plain scroll place as long as the rows fit', () => {
    expect(isCompressed(few)).toBe(false);
    expect(spacerHeight(few)).toBe(14_208 * 28);
    expect(offsetOfScroll(few, 1234)).toBe(1234);
    expect(scrollOfOffset(few, 1234)).toBe(1234);
  });

  it('never asks the browser for more than it can do and still reaches both ends', () => {
    expect(spacerHeight(million)).toBe(MOST_PIXELS);
    expect(offsetOfScroll(million, 0)).toBe(0);
    expect(offsetOfScroll(million, MOST_PIXELS - 400)).toBe(mostOffset(million));
    expect(seenRows(million, mostOffset(million), 0).last).toBe(1_000_000);
  });

  it('goes from place to scroll bar and back', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        const offset = share * mostOffset(million);
        expect(offsetOfScroll(million, scrollOfOffset(million, offset))).toBeCloseTo(offset, 3);
      }),
    );
  });

  it('shows a row with the least movement', () => {
    expect(offsetToShow(few, 0, 3)).toBe(0);
    expect(offsetToShow(few, 280, 3)).toBe(84);
    expect(offsetToShow(few, 0, 20)).toBe(21 * 28 - 400);
    expect(offsetToShow(few, 0, 14_207)).toBe(mostOffset(few));
  });

  it('shows every row it says it shows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), fc.nat(27_999_600), (row, from) => {
        const offset = offsetToShow(million, from, row);
        const { first, last } = seenRows(million, offset, 0);
        expect(row).toBeGreaterThanOrEqual(first);
        expect(row).toBeLessThan(last);
      }),
    );
  });

  it('has nothing to scroll when there is nothing', () => {
    const none = { rows: 0, rowHeight: 28, viewport: 400 };
    expect(mostOffset(none)).toBe(0);
    expect(seenRows(none, 0, 5)).toEqual({ first: 0, last: 0 });
  });
});
