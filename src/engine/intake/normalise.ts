/** What a delivered text becomes in a column; `fault` names why it could not. The delivered text itself is never lost: the caller keeps it in `extra`. */
export interface Normalised {
  value: string | null;
  fault: string | null;
}

const FULL_WIDTH_START = 0xff01;
const FULL_WIDTH_END = 0xff5e;
const FULL_WIDTH_OFFSET = 0xfee0;

/** Full-width Latin letters, digits and signs as their half-width forms; the ideographic space as a space. Other text is untouched. */
export function halfWidth(text: string): string {
  let out = '';
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    if (point >= FULL_WIDTH_START && point <= FULL_WIDTH_END) out += String.fromCodePoint(point - FULL_WIDTH_OFFSET);
    else out += point === 0x3000 ? ' ' : char;
  }
  return out;
}

/** Text as a person wrote it, without blanks around it; blank becomes null. */
export function normaliseText(raw: string | null): Normalised {
  const value = raw?.trim() ?? '';
  return { value: value === '' ? null : value, fault: null };
}

/** How spreadsheets write a long number: 1.1E+16. A grid code like 110108001001E01 is none: it has no point and no plus. */
const SCIENTIFIC = /^(?:\d\.\d+[eE]\+?\d+|\d+(?:\.\d+)?[eE]\+\d+)$/u;

/** Whether two texts say the same: width of letters, digits and signs, and blanks anywhere, make no difference. */
export function sameWords(a: string, b: string): boolean {
  return a === b || fold(a) === fold(b);
}

function fold(text: string): string {
  return halfWidth(text).replaceAll(/\s/gu, '');
}

/** A code: half-width, no blanks inside. Anything else stays, for the checks to name. */
export function normaliseCode(raw: string | null): Normalised {
  const value = halfWidth(raw ?? '').replaceAll(/[\s']/gu, '');
  if (SCIENTIFIC.test(value)) return { value: null, fault: 'scientific-code' };
  return { value: value === '' ? null : value, fault: null };
}

const DATE_FORMS = [
  /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/u,
  /^(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})(?:[T\s].*)?$/u,
  /^(?<y>\d{4})年(?<m>\d{1,2})月(?<d>\d{1,2})日?(?:\s.*)?$/u,
];

/** Day count of a month in the Gregorian calendar. */
function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** A date in any habit of Chinese deliveries as ISO 8601 (YYYY-MM-DD); a date that no calendar knows is a fault, never shifted. */
export function normaliseDate(raw: string | null): Normalised {
  const text = halfWidth(raw ?? '').trim();
  if (text === '' || /^0+$/u.test(text)) return { value: null, fault: null };
  for (const form of DATE_FORMS) {
    const parts = form.exec(text)?.groups;
    if (parts === undefined) continue;
    const [year, month, day] = [Number(parts['y']), Number(parts['m']), Number(parts['d'])];
    const real = year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
    if (!real) return { value: null, fault: 'bad-date' };
    return { value: `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`, fault: null };
  }
  return { value: null, fault: 'bad-date' };
}

/** A coordinate as a number; full-width digits and thousands blanks tolerated. Null when it is none (never NaN, never infinite). */
export function normaliseNumber(raw: string | null): number | null {
  const text = halfWidth(raw ?? '').replaceAll(/\s/gu, '');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/u.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** One of a closed list of words, by its spellings; anything else is a fault. */
export function normaliseChoice(raw: string | null, spellings: Record<string, string[]>): Normalised {
  const text = halfWidth(raw ?? '').trim();
  if (text === '') return { value: null, fault: null };
  for (const [value, words] of Object.entries(spellings)) {
    if (words.includes(text) || value === text.toLowerCase()) return { value, fault: null };
  }
  return { value: null, fault: 'unknown-choice' };
}
