import type { ImportAs } from '../../api/delivery.ts';
import {
  claimPairs,
  claimsByName,
  claimsByValue,
  type Claim,
  type GuessContext,
  type NamedField,
} from './column-claims.ts';
import type { FieldDictionary } from './dictionary.ts';
import { formShares } from './value-forms.ts';

export interface FieldGuess {
  field: string;
  /** The column it fills, or null: kept in `extra`. */
  to: string | null;
  confidence: number;
  /** 'standard-name' | 'likely-name' | 'values' | 'values-and-name' | 'not-matched' | 'another-field-fits-better' | 'values-contradict' | 'given' | 'saved' | 'renamed' | 'values-changed' */
  why: string;
  /** Known rows keep what they have in the column. */
  change?: false;
  /** The column it would fill, were it not for a better field or for its values. */
  offer?: string;
  /** A blank takes the value of a known row away. */
  blanks?: 'clear';
}

/** From here on a column is proposed; below, it is only offered. */
const PROPOSED = 0.5;

/**
 * Matches delivered fields to columns: by the field dictionary, held against the values, and by values alone. A column is filled by
 * one field at most; what is not matched goes to `extra`, so nothing is dropped.
 */
export function guessFields(context: GuessContext, as: ImportAs, fields: readonly NamedField[]): FieldGuess[] {
  const claims = allClaims(context, as, fields);
  const order = claims
    .flatMap((list, index) => list.map((claim) => ({ claim, index })))
    .filter(({ claim }) => claim.confidence >= PROPOSED)
    .toSorted((a, b) => b.claim.confidence - a.claim.confidence || a.index - b.index);
  const taken = new Set<string>();
  const given = new Map<number, Claim>();
  for (const { claim, index } of order) {
    if (taken.has(claim.column) || given.has(index)) continue;
    taken.add(claim.column);
    given.set(index, claim);
  }
  return fields.map((field, index): FieldGuess => {
    const claim = given.get(index);
    if (claim !== undefined)
      return { field: field.name, to: claim.column, confidence: claim.confidence, why: claim.why };
    const [lost] = (claims[index] ?? []).toSorted((a, b) => b.confidence - a.confidence);
    if (lost === undefined) return { field: field.name, to: null, confidence: 1, why: 'not-matched' };
    const why = lost.confidence >= PROPOSED ? 'another-field-fits-better' : 'values-contradict';
    return { field: field.name, to: null, confidence: 0.7, why, offer: lost.column };
  });
}

function allClaims(context: GuessContext, as: ImportAs, fields: readonly NamedField[]): Claim[][] {
  const shares = fields.map((field) => formShares(context.tests, field.samples));
  const named = fields.map((field, i) => claimsByName(context, as, field, shares[i] ?? new Map()));
  const columnAt = (i: number) => named[i]?.find(({ confidence }) => confidence >= PROPOSED)?.column ?? '';
  const pairs = as === 'component' && !context.placed ? claimPairs(shares) : new Map<number, Claim>();
  return fields.map((field, i) => {
    const pair = pairs.get(i);
    const valued = claimsByValue(as, field, shares[i] ?? new Map(), [columnAt(i - 1), columnAt(i + 1)]);
    return [...(named[i] ?? []), ...valued, ...(pair === undefined ? [] : [pair])];
  });
}

export interface KindGuess {
  value: ImportAs | null;
  confidence: number;
  /** 'code-form' | 'fields' | 'class-in-file-name' | 'nothing-fits' */
  why: string;
}

/** What the rows of a table are: by the shape, the form of its codes, and which kind's headings it carries. */
export function guessKind(
  dictionary: FieldDictionary,
  table: { geometry: string; fields: { name: string; samples: string[] }[]; classFound: boolean },
): KindGuess {
  const codes = (length: RegExp) =>
    table.fields.some((field) => field.samples.length > 0 && field.samples.every((value) => length.test(value.trim())));
  const area = table.geometry === 'polygon' || table.geometry === 'mixed';
  if (codes(/^\d{16,17}$/u)) return { value: 'component', confidence: 0.95, why: 'code-form' };
  if (area && codes(/^\d{6}[0-9A-Za-z]{8,9}$/u)) return { value: 'unit-grid', confidence: 0.95, why: 'code-form' };
  if (area && codes(/^\d{12}$/u)) return { value: 'community', confidence: 0.95, why: 'code-form' };
  if (area && codes(/^\d{9}$/u)) return { value: 'street', confidence: 0.95, why: 'code-form' };
  const hits = (as: ImportAs) =>
    new Set(
      table.fields.flatMap((field) =>
        dictionary
          .lookUp(as, field.name)
          .filter((hit) => hit.exact)
          .map((hit) => hit.column),
      ),
    );
  const unit = hits('unit');
  if (
    table.geometry === 'none' &&
    (unit.has('credit_code') || (unit.has('name') && unit.size >= 3 && hits('component').size < unit.size))
  ) {
    return { value: 'unit', confidence: 0.9, why: 'fields' };
  }
  const component = hits('component');
  if (table.classFound) return { value: 'component', confidence: 0.85, why: 'class-in-file-name' };
  if (component.size >= 3) return { value: 'component', confidence: 0.85, why: 'fields' };
  return { value: null, confidence: 0, why: 'nothing-fits' };
}
