import { NUL } from '../field-names.ts';
import type { FieldType } from '../format.ts';

/** A JSON number whose text a double would not give back: "110108001010000123", "1.50". */
class Digits {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Json = null | boolean | string | number | Digits | Json[] | { [key: string]: Json };

/** Parses JSON keeping the digits of numbers as they stand. @throws SyntaxError, RangeError for texts that are not JSON. */
export function parseKeepingDigits(text: string): Json {
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => {
    const source = context?.source;
    return typeof value === 'number' && source !== undefined && String(value) !== source ? new Digits(source) : value;
  }) as Json;
}

/** A number out of parsed JSON, NaN for anything else. */
export const toNumber = (value: Json | undefined): number =>
  typeof value === 'number' ? value : value instanceof Digits ? Number(value.text) : NaN;

export const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Digits);

/** A property as text; null for JSON null and for blank text. Arrays and objects come as JSON. */
export function propertyText(value: Json | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value.trim() === '' ? null : value.replaceAll('\0', NUL);
  return jsonText(value);
}

function jsonText(value: Json): string {
  if (value instanceof Digits) return value.text;
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (isObject(value))
    return `{${Object.entries(value)
      .map(([key, inner]) => `${JSON.stringify(key)}:${jsonText(inner)}`)
      .join(',')}}`;
  return JSON.stringify(value);
}

/** The kind of one property; null says nothing. */
export function propertyType(value: Json | undefined): FieldType | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'real';
  if (value instanceof Digits) return /^-?\d+$/.test(value.text) ? 'integer' : 'real';
  return 'text';
}
