import type { SourceRow } from '../../formats/format.ts';
import { classOfComponentCode, statedClassCode } from './classes.ts';
import { blank } from './fill-columns.ts';
import type { Transformed, TransformPlan } from './transform.ts';

/** Scheme and class of one row: its own column, else its code, else what the table is of. */
export function finishClass(plan: TransformPlan, row: SourceRow, out: Transformed): void {
  const code = typeof out.now['code'] === 'string' ? out.now['code'] : null;
  const stated = typeof out.now['class_code'] === 'string' ? out.now['class_code'] : null;
  const inCode = classOfComponentCode(code);
  let classCode = statedClassCode(plan.catalogue, stated) ?? stated;
  if (stated !== null && classCode !== stated) keepStated(plan, row, out);
  if (classCode !== null && !/^\d{4,5}$/u.test(classCode)) {
    const spoken = keepStated(plan, row, out);
    const named = plan.catalogue.byName(row.values[spoken[0] ?? '']?.trim() ?? classCode);
    classCode = (named.find((entry) => entry.scheme === plan.scheme) ?? named[0])?.code ?? null;
  }
  classCode ??= plan.classCode ?? inCode;
  const name = typeof out.now['name'] === 'string' ? out.now['name'] : null;
  if (classCode === null && name !== null) {
    const named = plan.catalogue.byName(name);
    classCode = (named.find((entry) => entry.scheme === plan.scheme) ?? named[0])?.code ?? null;
  }
  out.classCode = classCode;
  out.now['class_code'] = classCode;
  out.now['scheme'] ??= schemeOf(plan, classCode, name);
  if (name === null && classCode !== null && typeof out.now['scheme'] === 'string') {
    out.now['name'] = plan.catalogue.find(out.now['scheme'], classCode)?.name ?? null;
  }
}

function schemeOf(plan: TransformPlan, classCode: string | null, name: string | null): string | null {
  if (classCode === null) return plan.scheme;
  const entries = plan.catalogue.byCode(classCode);
  if (plan.scheme !== null && entries.some((entry) => entry.scheme === plan.scheme)) return plan.scheme;
  return (entries.find((entry) => entry.name === name) ?? entries[0])?.scheme ?? plan.scheme;
}

/** What the row says of its class in other words than a code stays as delivered. Answers the fields that said it. */
function keepStated(plan: TransformPlan, row: SourceRow, out: Transformed): string[] {
  const fields = plan.mapping.flatMap(({ field, to }) =>
    to === 'class_code' && !blank(row.values[field] ?? null) ? [field] : [],
  );
  for (const field of fields) out.extra[field] = row.values[field] ?? null;
  return fields;
}
