import type { SourceRow } from '../../formats/format.ts';
import { sourcesOf, type Derivation } from '../../model/derive.ts';
import { derivedField } from './derive.ts';
import { isCellError, normaliseChoice, normaliseCode, normaliseText, type Normalised } from './normalise.ts';
import { normaliseDate, saysMoreThanDay } from './normalise-date.ts';
import type { TargetKind } from './kinds.ts';
import { looksRounded } from './rounded-codes.ts';
import type { Transformed, TransformPlan } from './transform.ts';

/** Puts every value where the mapping says; what has no column, or what its column cannot take, goes to `extra`, so that nothing delivered is dropped. */
export function fillColumns(
  plan: TransformPlan,
  mapped: Map<string, string | null>,
  row: SourceRow,
  out: Transformed,
): void {
  const rounded = new Set(out.faults.filter((fault) => fault.code === 'rounded-number').map((fault) => fault.field));
  for (const [field, raw] of Object.entries(row.values)) {
    const column = mapped.get(field) ?? null;
    const form = column === null ? undefined : plan.kind.columns.get(column);
    if (column === null || form === undefined) {
      const used = column !== null && plan.kind.helpers.has(column);
      if (used) out.now[`#${column}`] = normaliseText(raw).value;
      if (!blank(raw)) out.extra[field] = raw;
      continue;
    }
    if (out.now[column] != null) {
      // Two fields for one column: the first value stands, the other is kept beside it.
      if (!blank(raw)) out.extra[field] = raw;
      continue;
    }
    // A code Excel has rounded is no identity: it stays readable in `extra`, the column stays empty.
    const taken: Normalised =
      form === 'code' && (rounded.has(field) || roundedText(plan, field, raw))
        ? { value: null, fault: 'rounded-number' }
        : take(form, raw, plan);
    out.now[column] = taken.value;
    if (taken.fault === null) {
      // A time of day has no place in a date column, nor has a mark that stands for nothing.
      const more = form === 'date' && raw !== null && saysMoreThanDay(raw);
      if (more || (taken.value === null && !blank(raw))) out.extra[field] = raw;
      continue;
    }
    if (raw !== null) out.extra[field] = raw;
    if (!out.faults.some((fault) => fault.field === field && fault.code === taken.fault)) {
      out.faults.push({ field, code: taken.fault, column });
    }
  }
}

/** In a column that went through a spreadsheet as numbers, long codes have lost their last digits. */
function roundedText(plan: TransformPlan, field: string, raw: string | null): boolean {
  return plan.rounded?.has(field) === true && looksRounded(normaliseCode(raw).value ?? '');
}

export function blank(raw: string | null): boolean {
  return raw === null || raw.trim() === '';
}

function take(form: TargetKind, raw: string | null, plan: TransformPlan): Normalised {
  if (form === 'text' || raw === null) return takeAnew(form, raw, plan);
  // The same few units, dates and states stand in every row.
  const known = knownOf(plan, form);
  let taken = known.get(raw);
  if (taken !== undefined) return taken;
  taken = takeAnew(form, raw, plan);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(raw, taken);
  return taken;
}

const MOST_KNOWN = 5000;
const knownTexts = new WeakMap<TransformPlan, Map<TargetKind, Map<string, Normalised>>>();

function knownOf(plan: TransformPlan, form: TargetKind): Map<string, Normalised> {
  let forms = knownTexts.get(plan);
  if (forms === undefined) knownTexts.set(plan, (forms = new Map<TargetKind, Map<string, Normalised>>()));
  let known = forms.get(form);
  if (known === undefined) forms.set(form, (known = new Map<string, Normalised>()));
  return known;
}

function takeAnew(form: TargetKind, raw: string | null, plan: TransformPlan): Normalised {
  if (raw !== null && isCellError(raw)) return { value: null, fault: 'cell-error' };
  if (form === 'code') return normaliseCode(raw);
  if (form === 'date') return normaliseDate(raw, { date1904: plan.date1904 });
  if (form === 'choice') return normaliseChoice(raw, plan.confirmation);
  return normaliseText(raw);
}

/**
 * What was derived is no field of the file: it leaves `extra`, and faults name the field that was read. Fields that were only read stay in
 * `extra` as delivered, unless a column now holds their very text.
 */
export function keepDelivered(
  derived: readonly Derivation[],
  mapped: ReadonlyMap<string, string | null>,
  row: SourceRow,
  out: Transformed,
): void {
  for (const one of derived) {
    const own = derivedField(one.to);
    delete out.extra[own];
    const [source = null] = sourcesOf(one);
    for (const fault of out.faults) if (fault.field === own) fault.field = source;
    if (source === null || one.op === 'concat' || mapped.get(source) != null) continue;
    if (out.now[one.to] === row.values[source]?.trim()) delete out.extra[source];
  }
}
