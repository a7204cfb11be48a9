import type { SourceField } from './format.ts';

/** Names fit to be keys: never empty, never twice (a suffix _2, _3 … tells them apart), never '__proto__'. */
export function uniqueNames(names: readonly string[], blank: (index: number) => string): string[] {
  const taken = new Set<string>(['__proto__']);
  const wanted = new Set(names);
  const suffixes = new Map<string, number>();
  return names.map((name, i) => {
    const base = name === '' ? blank(i) : name;
    let unique = base;
    // A suffixed name must not take the place of a column that is really called so.
    let n = suffixes.get(base) ?? 2;
    for (; taken.has(unique) || (unique !== name && wanted.has(unique)); n++) unique = `${base}_${n}`;
    suffixes.set(base, n);
    taken.add(unique);
    return unique;
  });
}

/** How a NUL stands in a text that cannot hold one; as bytes that do not decode are spelled. */
export const NUL = '\\x00';

const SAMPLES = 5;
const SAMPLE_LENGTH = 120;

/** Collects up to five distinct non-blank values of a field. */
export function addSample(field: Pick<SourceField, 'samples'>, value: string | null): void {
  if (value === null || field.samples.length >= SAMPLES) return;
  const text = value.length > SAMPLE_LENGTH ? `${value.slice(0, SAMPLE_LENGTH)}…` : value;
  if (text.trim() !== '' && !field.samples.includes(text)) field.samples.push(text);
}

/**
 * Spells NUL out (`\x00`): databases and tools end a text at it, and nothing delivered may be lost behind it. Tells whether it or another
 * control character (save tab and line ends) was there.
 */
export function cleanText(text: string): { text: string; control: boolean } {
  // Nearly all values hold no control character at all: look before replacing.
  let control = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) {
      control = true;
      break;
    }
  }
  return { text: control ? text.replaceAll('\0', NUL) : text, control };
}
