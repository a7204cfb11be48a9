import type { CellValue } from '../../../model/component.ts';
import { parseExtra } from '../extra.ts';
import type { RereadRow } from './reread.ts';

/** A cell as the delivery had it under the old reading, and as it has it now. */
export interface CellChange {
  column: string;
  was: CellValue;
  now: CellValue;
}

/**
 * Columns that read differently. A value is never given up for a blank: a list of values a person typed against the garbled text does
 * not find the right one.
 */
export function changedColumns({ was, now }: RereadRow): CellChange[] {
  const columns = new Set([...Object.keys(was.now), ...Object.keys(now.now)]);
  return [...columns].flatMap((column) => {
    const [before, after] = [was.now[column] ?? null, now.now[column] ?? null];
    return before === after || (after === null && before !== null) ? [] : [{ column, was: before, now: after }];
  });
}

/** A field of `extra` under both readings: its name may have changed, its text, or both. */
interface FieldChange {
  from: string;
  to: string;
  was: string | null;
  now: string | null;
}

function changedFields({ was, now }: RereadRow, renamed: ReadonlyMap<string, string>): FieldChange[] {
  const changes: FieldChange[] = [];
  const seen = new Set<string>();
  for (const [from, text] of Object.entries(was.extra)) {
    const to = renamed.get(from) ?? from;
    seen.add(to);
    const after = now.extra[to] ?? null;
    if (from !== to || text !== after) changes.push({ from, to, was: text, now: after });
  }
  for (const [to, text] of Object.entries(now.extra))
    if (!seen.has(to)) changes.push({ from: to, to, was: null, now: text });
  return changes;
}

export interface ExtraOutcome {
  /** As to be kept, or null where nothing changes. */
  text: string | null;
  /** Fields changed. */
  fields: number;
  /** Fields that are not what the old reading had; `column` is 'extra.<field>'. */
  kept: (CellChange & { held: CellValue })[];
  changed: CellChange[];
}

/** The fields without a column, read anew where they still are as they came; other fields and their order stay. */
export function extraReadAnew(held: string | null, row: RereadRow, renamed: ReadonlyMap<string, string>): ExtraOutcome {
  const fields = Object.entries(parseExtra(held));
  const outcome: ExtraOutcome = { text: null, fields: 0, kept: [], changed: [] };
  const names = new Set(fields.map(([field]) => field));
  for (const { from, to, was, now } of changedFields(row, renamed)) {
    const at = fields.findIndex(([field]) => field === from);
    const value = at < 0 ? null : (fields[at]?.[1] ?? null);
    if (was === null && at < 0 && now !== null && !names.has(to)) {
      fields.push([to, now]);
    } else if (at >= 0 && value === was && now !== null && (from === to || !names.has(to))) {
      fields[at] = [to, now];
    } else if (at >= 0 && value === was && now === null) {
      fields.splice(at, 1);
    } else {
      // Taken out, or already as it reads now: nothing to say.
      if (at >= 0 && value !== now) outcome.kept.push({ column: `extra.${from}`, was, now, held: value });
      continue;
    }
    outcome.fields += 1;
    outcome.changed.push({ column: `extra.${to}`, was, now });
  }
  if (outcome.fields > 0) outcome.text = fields.length === 0 ? null : JSON.stringify(Object.fromEntries(fields));
  return outcome;
}
