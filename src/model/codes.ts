/** Digits of a component's sequence within district and class, both in the 16-digit (2013) and the 17-digit (2026) code. */
const COMPONENT_SEQUENCE_DIGITS = 6;

/** What stands before the sequence of a component's code: district (6 digits) and class (4 digits in 2013, 5 in 2026). Null when either has another form. */
export function componentPrefix(district: string, classCode: string): string | null {
  return /^\d{6}$/u.test(district) && /^\d{4,5}$/u.test(classCode) ? district + classCode : null;
}

/** A component code taken apart, or null when it has neither form. 16 = 6 + 4 + 6 digits (2013 and before), 17 = 6 + 5 + 6 (2026). */
export function parseComponentCode(code: string): { district: string; classCode: string; sequence: string } | null {
  if (!/^\d{16,17}$/u.test(code)) return null;
  const end = code.length - COMPONENT_SEQUENCE_DIGITS;
  return { district: code.slice(0, 6), classCode: code.slice(6, end), sequence: code.slice(end) };
}

/** A grid code taken apart, or null when it has neither form. 14 = 12 + 2, 15 = 12 + 3; imported sequences may hold letters. */
export function parseGridCode(
  code: string,
): { district: string; street: string; community: string; sequence: string } | null {
  if (!/^\d{12}[\dA-Z]{2,3}$/u.test(code)) return null;
  return {
    district: code.slice(0, 6),
    street: code.slice(0, 9),
    community: code.slice(0, 12),
    sequence: code.slice(12),
  };
}

/** The street (9 digits) a grid belongs to by its community's code or, failing that, its own; null where neither tells. */
export function streetOfGrid(communityCode: string | null, code: string | null): string | null {
  for (const source of [communityCode, code]) {
    if (source !== null && /^\d{9}/u.test(source) && source.length >= 12) return source.slice(0, 9);
  }
  return null;
}

/** Does a grid's sequence of this many digits follow a prefix? Codes issued so far decide; a fresh community takes 3. */
export function sequenceDigits(layer: 'component' | 'unit_grid', known: string | null, prefix: string): number {
  if (layer === 'component') return COMPONENT_SEQUENCE_DIGITS;
  return known !== null && known.length - prefix.length === 2 ? 2 : 3;
}

/** prefix + n as text of `digits` digits; null when the sequence is exhausted. */
export function codeAt(prefix: string, n: number, digits: number): string | null {
  const sequence = String(n);
  return sequence.length > digits ? null : prefix + sequence.padStart(digits, '0');
}
