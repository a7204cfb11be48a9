import { plainDecimal } from '../decimal.ts';
import { cleanText } from '../field-names.ts';
import type { GridRow } from '../grid/rows.ts';
import { serialToIso } from './dates.ts';

export const MOST_COLUMNS = 16_384;
/** A double holds 15 digits; sheets write zeros for the rest. */
const SAFE_DIGITS = 15;

export type AddFault = (code: string, message: string) => void;

/** Errors of formulas by their number in a cell. */
export const ERRORS: Record<number, string> = {
  0x00: '#NULL!',
  0x07: '#DIV/0!',
  0x0f: '#VALUE!',
  0x17: '#REF!',
  0x1d: '#NAME?',
  0x24: '#NUM!',
  0x2a: '#N/A',
};

/** Puts a cell's text into its row, tidied; blank ones leave no trace but their faults. A cell that comes twice: the last counts. */
export function addCell(
  row: GridRow,
  column: number,
  text: string | null,
  faults: readonly { code: string; message: string }[],
): void {
  if (column >= MOST_COLUMNS) return;
  const clean = cleanText(text ?? '');
  const all = clean.control
    ? [...faults, { code: 'control-characters', message: 'The cell holds control characters; NUL shows as \\x00.' }]
    : faults;
  if (all.length > 0) {
    row.faults ??= [];
    row.faults.push(...all.map(({ code, message }) => ({ column, code, message })));
  }
  if (clean.text.trim() === '') return;
  while (row.cells.length < column) row.cells.push(null);
  row.cells[column] = clean.text;
}

/** A number of a sheet as text: its digits, or the day it stands for where its format shows one. */
export function numberText(raw: string, isDate: boolean, date1904: boolean, fault: AddFault): string {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(raw) || !Number.isFinite(Number(raw))) return raw;
  if (isDate) {
    const iso = serialToIso(Number(raw), date1904);
    if (iso !== null) return iso;
    if (Number(raw) !== 0)
      fault('not-a-date', 'The cell is formatted as a date but its number is none; the number is kept.');
  }
  const text = /^-?\d+$/.test(raw) ? raw : plainDecimal(Number(raw));
  const digits = text.replace(/^-?0*/, '');
  if (!digits.includes('.') && digits.length > SAFE_DIGITS)
    fault(
      'rounded-number',
      `This ${digits.length}-digit number was stored as a number, which keeps 15 digits: its last digits are lost. Ask for the column as text.`,
    );
  return text;
}
