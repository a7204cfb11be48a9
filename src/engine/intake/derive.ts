import type { SourceRow, SourceTable } from '../../formats/format.ts';
import { deriver, sourcesOf, type Derivation } from '../../model/derive.ts';
import { headingKey } from './dictionary.ts';

/** No heading begins so: what is derived goes through the import as if the file had a field of it. */
const MARK = '=\u0000';

const ROUNDED = 'rounded-number';

/** Name under which the derived value of a column stands in a row. */
export function derivedField(to: string): string {
  return MARK + to;
}

/** The derivations with the headings as delivered; those that speak of a field that is not there are left out. */
export function fitDerivations(derived: readonly Derivation[], headings: readonly string[]): Derivation[] {
  const known = new Map(headings.map((heading) => [headingKey(heading), heading]));
  return derived.flatMap((one): Derivation[] => {
    if (one.op === 'constant') return [one];
    const from = one.from.flatMap((field) => known.get(headingKey(field)) ?? []);
    return from.length === one.from.length ? [{ ...one, from }] : [];
  });
}

/** Fields derivations speak of that a table does not have. */
export function missingSources(derived: readonly Derivation[], headings: readonly string[]): string[] {
  const known = new Set(headings.map(headingKey));
  return derived.flatMap(sourcesOf).filter((field) => !known.has(headingKey(field)));
}

/** Where the value of a column stands in a row: its derivation, else the field mapped to it. */
export function fieldOf(
  mapping: readonly { field: string; to: string | null }[],
  derived: readonly Derivation[],
): (column: string) => string | null {
  const fields = new Map(mapping.flatMap(({ field, to }) => (to === null ? [] : [[to, field] as const])));
  for (const { to } of derived) fields.set(to, derivedField(to));
  return (column) => fields.get(column) ?? null;
}

/** The table with the derived values beside the delivered ones; faults name the field that was read. */
export function withDerived(source: SourceTable, derived: readonly Derivation[]): SourceTable {
  if (derived.length === 0) return source;
  const add = rowDeriver(derived);
  return {
    ...source,
    async *blocks(options) {
      for await (const block of source.blocks(options)) yield block.map(add);
    },
  };
}

/** Adds the derived values to one row. */
export function rowDeriver(derived: readonly Derivation[]): (row: SourceRow) => SourceRow {
  const makers = derived.map((one) => ({ to: one.to, from: sourcesOf(one), make: deriver(one) }));
  return (row) => {
    const values = { ...row.values };
    const faults = [...(row.faults ?? [])];
    for (const { to, from, make } of makers) {
      const { value, fault } = make((field) => row.values[field] ?? null);
      const field = derivedField(to);
      values[field] = value;
      if (fault !== null) faults.push({ field, code: fault, message: '' });
      // A number that has lost its digits does not find them again in a part of it.
      const rounded = row.faults?.find((one) => one.code === ROUNDED && from.includes(one.field ?? ''));
      if (rounded !== undefined) faults.push({ ...rounded, field });
    }
    return faults.length === 0 ? { ...row, values } : { ...row, values, faults };
  };
}
