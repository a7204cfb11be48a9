import type { SourceRow } from '../../formats/format.ts';
import { normaliseCode } from './normalise.ts';

/** A double keeps 15 digits; a spreadsheet writes zeros for the rest. */
const KEPT = 15;
const LONG = /^\d{16,19}$/u;

/** A code of 16 to 19 digits that ends where a spreadsheet's digits end. */
export function looksRounded(code: string): boolean {
  return LONG.test(code) && /^0+$/u.test(code.slice(KEPT));
}

/** How unlikely it must be that codes end so by themselves. */
const CHANCE = 1e-6;

/**
 * Whether a whole column of codes went through a spreadsheet: every long code ends in zeros after the 15th digit, which many different ones
 * do not do by themselves, nor one that stands in row after row. One code alone may end so rightly.
 */
export function isRoundedColumn(rows: readonly SourceRow[], field: string): boolean {
  const long = rows.flatMap((row) => {
    const { value } = normaliseCode(row.values[field] ?? null);
    return value !== null && LONG.test(value) ? [value] : [];
  });
  if (long.length < 2 || !long.every(looksRounded)) return false;
  const distinct = new Set(long);
  const chance = [...distinct].reduce((product, code) => product * 0.1 ** (code.length - KEPT), 1);
  // Codes do not repeat either: rows that share one were told apart by the digits that are gone.
  return chance <= CHANCE || (long.length >= 6 && distinct.size * 2 <= long.length);
}
