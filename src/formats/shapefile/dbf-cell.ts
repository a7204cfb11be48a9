import { encodeText } from '../encoding/encode.ts';
import type { WriteEncoding } from '../encoding/encode.ts';
import { plainDecimal } from '../decimal.ts';
import type { WriteField } from '../format.ts';

/** One column of a dBASE table. `letter` is C, N, D or L; `width` in bytes. */
export interface DbfColumn {
  field: WriteField;
  name: Uint8Array;
  letter: 'C' | 'N' | 'D' | 'L';
  width: number;
  decimals: number;
  /** Width may shrink to the longest value once all rows are known. */
  open: boolean;
}

/** One value as dBASE bytes (not padded), and what was lost. */
export interface DbfCell {
  bytes: Uint8Array;
  loss: string | null;
}

const TRUE_WORDS = new Set(['1', 't', 'true', 'y', 'yes', '是', '有']);
const FALSE_WORDS = new Set(['0', 'f', 'false', 'n', 'no', '否', '无']);
const NOTHING = new Uint8Array(0);

/** Encodes one value for its column. Numbers are never cut: one that does not fit is left blank and reported. */
export function dbfCell(value: string | number | null, column: DbfColumn, encoding: WriteEncoding): DbfCell {
  if (value === null || value === '') return { bytes: NOTHING, loss: null };
  switch (column.letter) {
    case 'C':
      return textCell(typeof value === 'number' ? plainDecimal(value) : value, column.width, encoding);
    case 'N':
      return numberCell(value, column);
    case 'D':
      return dateCell(String(value));
    case 'L':
      return flagCell(String(value));
  }
}

function textCell(value: string, width: number, encoding: WriteEncoding): DbfCell {
  const clean = value.replaceAll('\0', '');
  const { bytes, unknown, cut } = encodeText(clean, encoding, width);
  const loss = cut ? 'too-long' : unknown ? 'not-in-encoding' : clean === value ? null : 'control-characters';
  return { bytes, loss };
}

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');

function numberCell(value: string | number, column: DbfColumn): DbfCell {
  const text = typeof value === 'number' ? (Number.isFinite(value) ? plainDecimal(value) : '') : value.trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) return { bytes: NOTHING, loss: 'not-a-number' };
  if (column.decimals === 0 && text.includes('.')) {
    const whole = text.replace(/\.0*$/, '');
    if (whole.includes('.')) return { bytes: NOTHING, loss: 'not-whole' };
    return fit(whole, column.width);
  }
  return fit(text, column.width);
}

function fit(text: string, width: number): DbfCell {
  if (text.length <= width) return { bytes: ascii(text), loss: null };
  const point = text.indexOf('.');
  if (point < 0 || point > width) return { bytes: NOTHING, loss: 'too-long' };
  // Only digits behind the point may go, and only as far as a double would hold them.
  const kept = text.slice(0, width).replace(/\.$/, '');
  return { bytes: ascii(kept), loss: Number(kept) === Number(text) ? null : 'rounded' };
}

function dateCell(text: string): DbfCell {
  const parts = /^(\d{4})([-/.]?)(\d{2})\2(\d{2})(.*)$/s.exec(text.trim());
  if (!parts) return { bytes: NOTHING, loss: 'not-a-date' };
  const [, year = '', , month = '', day = '', rest = ''] = parts;
  const plain = rest === '' || /^[T ]0?0:00(:00(\.0+)?)?Z?$/.test(rest);
  if (!plain && !/^[T ]/.test(rest)) return { bytes: NOTHING, loss: 'not-a-date' };
  return { bytes: ascii(year + month + day), loss: plain ? null : 'time-dropped' };
}

function flagCell(text: string): DbfCell {
  const word = text.trim().toLowerCase();
  if (TRUE_WORDS.has(word)) return { bytes: ascii('T'), loss: null };
  if (FALSE_WORDS.has(word)) return { bytes: ascii('F'), loss: null };
  return { bytes: NOTHING, loss: 'not-a-flag' };
}
