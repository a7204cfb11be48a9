import type { ImportAs } from '../../api/delivery.ts';
import type { FieldDictionary } from './dictionary.ts';
import { halfWidth, normaliseDate, normaliseNumber } from './normalise.ts';

export interface FieldGuess {
  field: string;
  /** The column it fills, or null: kept in `extra`. */
  to: string | null;
  confidence: number;
  /** 'standard-name' | 'likely-name' | 'values' | 'not-matched' | 'another-field-fits-better' | 'values-contradict' */
  why: string;
  /** Known rows keep what they have in the column. */
  change?: false;
}

interface Claim {
  column: string;
  confidence: number;
  why: string;
}

const WELL_FORMED: Record<string, (value: string) => boolean> = {
  code: (value) => /^[0-9A-Za-z]{6,20}$/u.test(value),
  surveyed_on: (value) => normaliseDate(value).value !== null,
  changed_on: (value) => normaliseDate(value).value !== null,
  x: (value) => normaliseNumber(value) !== null,
  y: (value) => normaliseNumber(value) !== null,
  lon: (value) => inRange(value, -180, 180),
  // As wide as longitude: under swapped headings, which the ranges tell later, it holds one.
  lat: (value) => inRange(value, -180, 180),
  class_code: (value) => /^\d{4,5}$/u.test(value),
};

function inRange(value: string, least: number, most: number): boolean {
  const number = normaliseNumber(value);
  return number !== null && number >= least && number <= most;
}

/** Share of samples a column could take; 1 where it takes anything or there are none to judge by. */
export function fitsColumn(column: string, samples: string[]): number {
  const test = WELL_FORMED[column];
  if (test === undefined || samples.length === 0) return 1;
  return samples.filter((sample) => test(halfWidth(sample).replaceAll(/\s/gu, ''))).length / samples.length;
}

/**
 * Matches delivered fields to columns: by the field dictionary, tested against the values, then by values alone. A column is filled by
 * one field at most; what is not matched goes to `extra`, so nothing is dropped.
 */
export function guessFields(
  dictionary: FieldDictionary,
  as: ImportAs,
  fields: { name: string; samples: string[] }[],
): FieldGuess[] {
  const claims = fields.map((field) => claimsOf(dictionary, as, field));
  const order = claims
    .flatMap((list, index) => list.map((claim) => ({ claim, index })))
    .toSorted((a, b) => b.claim.confidence - a.claim.confidence || a.index - b.index);
  const taken = new Map<string, number>();
  const given = new Map<number, Claim>();
  for (const { claim, index } of order) {
    if (taken.has(claim.column) || given.has(index)) continue;
    taken.set(claim.column, index);
    given.set(index, claim);
  }
  return fields.map((field, index) => {
    const claim = given.get(index);
    if (claim !== undefined && claim.confidence >= 0.5) {
      return { field: field.name, to: claim.column, confidence: claim.confidence, why: claim.why };
    }
    const lost = claims[index]?.[0];
    const why =
      lost === undefined ? 'not-matched' : claim === undefined ? 'another-field-fits-better' : 'values-contradict';
    return { field: field.name, to: null, confidence: lost === undefined ? 1 : 0.7, why };
  });
}

function claimsOf(dictionary: FieldDictionary, as: ImportAs, field: { name: string; samples: string[] }): Claim[] {
  const claims = dictionary.lookUp(as, field.name).map((hit): Claim => {
    const share = fitsColumn(hit.column, field.samples);
    const base = hit.exact ? 1 : 0.7;
    return {
      column: hit.column,
      confidence: Math.round(base * (0.25 + 0.75 * share) * 100) / 100,
      why: hit.exact ? 'standard-name' : 'likely-name',
    };
  });
  return [...claims, ...claimsByValue(as, field.samples)];
}

/** Long codes speak for themselves, whatever the heading. */
function claimsByValue(as: ImportAs, samples: string[]): Claim[] {
  const values = samples.map((sample) => halfWidth(sample).trim());
  const all = (form: RegExp) => values.length > 0 && values.every((value) => form.test(value));
  if (as === 'component') {
    if (all(/^\d{16,17}$/u)) return [{ column: 'code', confidence: 0.85, why: 'values' }];
    if (all(/^\d{6}[0-9A-Za-z]{8,9}$/u)) return [{ column: 'grid_text', confidence: 0.8, why: 'values' }];
  }
  if (as === 'unit-grid' && all(/^\d{6}[0-9A-Za-z]{8,9}$/u))
    return [{ column: 'code', confidence: 0.85, why: 'values' }];
  if (as === 'street' && all(/^\d{9}$/u)) return [{ column: 'code', confidence: 0.85, why: 'values' }];
  if (as === 'community' && all(/^\d{12}$/u)) return [{ column: 'code', confidence: 0.85, why: 'values' }];
  if (as === 'unit' && all(/^[0-9A-HJ-NPQRTUWXY]{18}$/u))
    return [{ column: 'credit_code', confidence: 0.9, why: 'values' }];
  return [];
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
