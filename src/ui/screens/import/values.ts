import type { Values } from '../../words/index.ts';

/** Something of an evidence's or doubt's data as text; lists part by part, anything else as JSON. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return value === null || value === undefined ? '' : JSON.stringify(value);
}

/** Data of an evidence or doubt for a sentence: numbers stay numbers, so that they are grouped. */
export function valuesOf(data: Readonly<Record<string, unknown>>): Values {
  const entries = Object.entries(data).map(
    ([key, value]) => [key, typeof value === 'number' ? value : textOf(value)] as const,
  );
  return Object.fromEntries(entries);
}
