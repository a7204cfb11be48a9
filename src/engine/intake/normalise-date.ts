import { visible, type Normalised } from './normalise.ts';

/** Year, month, day in every habit of Chinese deliveries, and what stands behind the day. */
const FORMS = [
  /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})(?<rest>\d{6}|[T\s].*)?$/u,
  /^(?<y>\d{4})[-/.、](?<m>\d{1,2})[-/.、](?<d>\d{1,2})\.?(?<rest>[T\s].*|[上下]午.*)?$/u,
  /^(?<y>\d{4})年(?<m>\d{1,2})月(?<d>\d{1,2})[日号]?(?<rest>[T\s].*|[上下]午.*|\d{1,2}[:时].*)?$/u,
];
/** A month alone is no day: 2026年3月, 2026-03, 202603. */
const MONTH = /^(?:19|20)\d{2}(?:年\d{1,2}月?|[-/.]\d{1,2}|(?:0[1-9]|1[0-2]))$/u;
/** Which of the numbers is the year, or the month, nobody can know: 3/5/2026, 26-3-5. */
const AMBIGUOUS = /^(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{1,4}|\d{2}年\d{1,2}月\d{1,2}[日号]?)(?:[T\s].*)?$/u;
/** A day as spreadsheets count it, where the cell was not formatted as a date: 1990 to 2050. */
const SERIAL = /^(?<day>\d{5})(?:\.\d+)?$/u;
const [FIRST_SERIAL, LAST_SERIAL] = [32_874, 55_153];
const DAY = 86_400_000;
/** Days between the two ways of counting. */
const SYSTEM_1904 = 1462;

/** Day count of a month in the Gregorian calendar. */
function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const DIGITS = '〇一二三四五六七八九';

/** 二〇二六年三月五日 with the digits of 2026年3月5日; ○ and 零 are zero too. */
function fromChineseDigits(text: string): string {
  if (!/[一二三四五六七八九]/u.test(text)) return text;
  return text
    .replaceAll(/[零○Ｏ０O]/gu, '〇')
    .replaceAll(/廿/gu, '二十')
    .replaceAll(/([一二三四五六七八九])?十([一二三四五六七八九])?/gu, (_, tens?: string, ones?: string) =>
      String((tens === undefined ? 1 : DIGITS.indexOf(tens)) * 10 + (ones === undefined ? 0 : DIGITS.indexOf(ones))),
    )
    .replaceAll(/[〇一二三四五六七八九]/gu, (digit) => String(DIGITS.indexOf(digit)));
}

export interface DateHabit {
  /** The workbook counts its days from 1904. */
  date1904?: boolean | undefined;
}

/**
 * A date in any habit of Chinese deliveries as ISO 8601 (YYYY-MM-DD). A date that no calendar knows is a fault, never shifted; so are one
 * that can be read in two ways ('ambiguous-date') and one without a day ('month-only').
 */
export function normaliseDate(raw: string | null, habit: DateHabit = {}): Normalised {
  const text = fromChineseDigits(visible(raw ?? '').trim());
  if (text === '' || /^[0/.:\s-]+$/u.test(text)) return { value: null, fault: null };
  const zoned = fromInstant(text);
  if (zoned !== null) return { value: zoned, fault: null };
  for (const form of FORMS) {
    const parts = form.exec(text)?.groups;
    if (parts !== undefined) return realDay(Number(parts['y']), Number(parts['m']), Number(parts['d']));
  }
  const serial = Number(SERIAL.exec(text)?.groups?.['day'] ?? Number.NaN);
  if (serial >= FIRST_SERIAL && serial <= LAST_SERIAL) {
    const day = serial + (habit.date1904 === true ? SYSTEM_1904 : 0);
    return { value: new Date(Date.UTC(1899, 11, 30) + day * DAY).toISOString().slice(0, 10), fault: null };
  }
  if (MONTH.test(text)) return { value: null, fault: 'month-only' };
  return { value: null, fault: AMBIGUOUS.test(text) ? 'ambiguous-date' : 'bad-date' };
}

function realDay(year: number, month: number, day: number): Normalised {
  const real = year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  if (!real) return { value: null, fault: 'bad-date' };
  return { value: `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`, fault: null };
}

const BEIJING = 8 * 3_600_000;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/u;

/** An instant with its zone is a day in Beijing: 2026-03-04T16:00:00Z is midnight there. Null for other text. */
function fromInstant(text: string): string | null {
  if (!INSTANT.test(text)) return null;
  const at = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/u, '$1:$2'));
  const year = new Date(at).getUTCFullYear();
  return Number.isNaN(at) || year < 1900 || year > 2199 ? null : new Date(at + BEIJING).toISOString().slice(0, 10);
}

/** Whether a text says more than the day that was taken from it: a time of day, a zone, a day count to be checked. */
export function saysMoreThanDay(raw: string): boolean {
  const text = fromChineseDigits(visible(raw).trim());
  if (SERIAL.test(text)) return true;
  const rest = FORMS.map((form) => form.exec(text)).find((found) => found !== null)?.groups?.['rest'] ?? '';
  return !/^[T\s]*(?:00?(?::?00){0,2}(?:\.0+)?)?Z?\s*$/iu.test(rest);
}
