/** What a delivered text becomes in a column; `fault` names why it could not. The delivered text itself is never lost: the caller keeps it in `extra`. */
export interface Normalised {
  value: string | null;
  fault: string | null;
}

const FULL_WIDTH_START = 0xff01;
const FULL_WIDTH_END = 0xff5e;
const FULL_WIDTH_OFFSET = 0xfee0;
const WIDE = /[\u3000\uff01-\uff5e]/u;

/** Full-width Latin letters, digits and signs as their half-width forms; the ideographic space as a space. Other text is untouched. */
export function halfWidth(text: string): string {
  if (!WIDE.test(text)) return text;
  let out = '';
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    if (point >= FULL_WIDTH_START && point <= FULL_WIDTH_END) out += String.fromCodePoint(point - FULL_WIDTH_OFFSET);
    else out += point === 0x3000 ? ' ' : char;
  }
  return out;
}

/** Marks without width that hide in copied text: zero-width blanks and joiners, soft hyphens, direction marks, byte order marks. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu;

/** As `halfWidth`, without marks nobody sees: for codes, numbers, dates and choices. */
export function visible(text: string): string {
  return halfWidth(text).replaceAll(INVISIBLE, '');
}

/** What a formula leaves where it failed, as spreadsheets write it into a csv. */
const CELL_ERROR = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|GETTING_DATA)$/iu;

export function isCellError(text: string): boolean {
  return text.includes('#') && CELL_ERROR.test(text.trim());
}

/** Text as a person wrote it, without blanks around it; blank becomes null. */
export function normaliseText(raw: string | null): Normalised {
  const value = raw?.trim() ?? '';
  return { value: value === '' ? null : value, fault: null };
}

/** Whether two texts say the same: width of letters, digits and signs, and blanks anywhere, make no difference. */
export function sameWords(a: string, b: string): boolean {
  return a === b || fold(a) === fold(b);
}

function fold(text: string): string {
  return halfWidth(text).replaceAll(/\s/gu, '');
}

/** How spreadsheets write a long number: 1.1E+16. A grid code like 110108001001E01 is none: it has no point and no plus. */
const SCIENTIFIC = /^(?:\d\.\d+[eE]\+?\d+|\d+(?:\.\d+)?[eE]\+\d+)$/u;
/** What programs make of a code they took for a number: 1101080101000001.0 */
const FRACTION = /^(\d+)\.0+$/u;

/** A code: half-width, nothing invisible, no blanks or apostrophes inside. Anything else stays, for the checks to name. */
export function normaliseCode(raw: string | null): Normalised {
  const value = visible(raw ?? '').replaceAll(/[\s'’‘`]/gu, '');
  if (SCIENTIFIC.test(value)) return { value: null, fault: 'scientific-code' };
  const whole = FRACTION.exec(value)?.[1];
  if (whole === undefined) return { value: value === '' ? null : value, fault: null };
  // Up to 2^53 a number keeps every digit; beyond, the last ones are lost.
  return Number(whole) <= Number.MAX_SAFE_INTEGER
    ? { value: whole, fault: null }
    : { value: null, fault: 'rounded-number' };
}

/** Thousands parted by commas, as spreadsheets show them: 4,428,351.9 but not 12,5. */
const THOUSANDS = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u;

/** A number; full-width digits, thousands commas and blanks tolerated. Null when it is none (never NaN, never infinite). */
export function normaliseNumber(raw: string | null): number | null {
  const typed = visible(raw ?? '').replaceAll(/\s/gu, '');
  const text = THOUSANDS.test(typed) ? typed.replaceAll(',', '') : typed;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/u.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** Degrees, minutes and seconds with their marks, half of them in use as look-alikes: 116°18′20.5″E, 116度18分20.5秒, N40°02.5'. */
const DEGREES =
  /^([NSEW东西南北]?)(?:经|纬)?:?([+-]?)(\d{1,3}(?:\.\d+)?)[°º˚度]?(?:(\d{1,2}(?:\.\d+)?)['′’‘`´分](?:(\d{1,2}(?:\.\d+)?)(?:["″”“秒]|'')?)?)?([NSEW东西南北]?)(?:经|纬)?$/iu;

/** A coordinate: a number (metres perhaps with their unit), or degrees with minutes and seconds, as decimal degrees. Null when it is neither. */
export function normaliseCoordinate(raw: string | null): number | null {
  const number = normaliseNumber(raw);
  if (number !== null) return number;
  const text = visible(raw ?? '').replaceAll(/\s/gu, '');
  const metres = /^(.+?)(?:米|m)$/iu.exec(text)?.[1];
  if (metres !== undefined) return normaliseNumber(metres);
  if (!/[°º˚度]|[NSEW东西南北]/iu.test(text)) return null;
  const parts = DEGREES.exec(text);
  if (parts === null) return null;
  const [, before = '', sign = '', degrees = '', minutes = '0', seconds = '0', after = ''] = parts;
  if (before !== '' && after !== '') return null;
  const broken = [degrees, minutes].some((part, i) => part.includes('.') && [parts[4], parts[5]][i] !== undefined);
  if (broken || Number(minutes) >= 60 || Number(seconds) >= 60 || Number(degrees) > 180) return null;
  const value = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600;
  return /[SW西南]/iu.test(before + after) !== (sign === '-') ? -value : value;
}

/** One of a closed list of words, by its spellings; anything else is a fault. */
export function normaliseChoice(raw: string | null, spellings: Record<string, string[]>): Normalised {
  const text = visible(raw ?? '').trim();
  if (text === '') return { value: null, fault: null };
  for (const [value, words] of Object.entries(spellings)) {
    if (words.includes(text) || value === text.toLowerCase()) return { value, fault: null };
  }
  return { value: null, fault: 'unknown-choice' };
}
