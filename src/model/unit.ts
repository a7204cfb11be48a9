const FULL_WIDTH = /[\uff01-\uff5e]/gu;
const FULL_WIDTH_OFFSET = 0xfee0;
/** Blanks of every kind, and the marks that carry no width but hide in copied text. */
const BLANKS = /[\s\u3000\u200b-\u200d\u2060\ufeff]+/gu;

/** Full-width Latin letters, digits and signs as their half-width forms. */
function halfWidth(text: string): string {
  return text.replaceAll(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - FULL_WIDTH_OFFSET));
}

/**
 * A unit's name as it is compared: half width, without blanks, Latin letters in capitals, one kind of bracket. Two names that agree here
 * differ only in how they were typed; anything beyond that is likeness, for a person to decide.
 */
export function normaliseUnitName(name: string): string {
  return halfWidth(name.normalize('NFC'))
    .replaceAll(BLANKS, '')
    .replaceAll(/[〔［【]/gu, '(')
    .replaceAll(/[〕］】]/gu, ')')
    .toUpperCase();
}

/** GB 32100-2015, 4.4: the 31 signs of a unified social credit code in order of their value, and the weight of each of the first 17 places. */
const CREDIT_SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** The check character of the first 17 characters of a unified social credit code, or null when one of them can't stand in such a code. */
export function creditCheckCharacter(first17: string): string | null {
  if (first17.length !== CREDIT_WEIGHTS.length) return null;
  let sum = 0;
  for (const [at, weight] of CREDIT_WEIGHTS.entries()) {
    const value = CREDIT_SIGNS.indexOf(first17.charAt(at));
    if (value < 0) return null;
    sum += value * weight;
  }
  const rest = CREDIT_SIGNS.length - (sum % CREDIT_SIGNS.length);
  return CREDIT_SIGNS.charAt(rest === CREDIT_SIGNS.length ? 0 : rest);
}

/** A unified social credit code (统一社会信用代码, GB 32100): 18 characters, the last of which checks the others. */
export function isCreditCode(code: string): boolean {
  return code.length === 18 && creditCheckCharacter(code.slice(0, 17)) === code.charAt(17);
}
