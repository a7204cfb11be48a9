import type { CellValue } from '../../../model/component.ts';
import type { StoredTable } from '../../../project/batches/batches.ts';
import type { StoredRow } from '../../../project/batches/rows.ts';
import { differentExtra } from '../extra.ts';
import type { Kind } from '../kinds.ts';
import type { RereadRow } from './reread.ts';

/**
 * A staged row with its texts as they read now. One that waits for a decision and has a live row is compared with that again; one that
 * was brought in keeps what was compared then.
 */
export function stagedReadAnew(
  kind: Kind,
  mapping: StoredTable['mapping'],
  row: StoredRow,
  { now }: RereadRow,
  held: (id: number, columns: string[]) => Record<string, CellValue> | null,
): StoredRow {
  const anew: StoredRow = {
    ...row,
    key: now.key,
    classCode: now.classCode,
    now: now.now,
    extra: now.extra,
    faults: now.faults.filter(({ column }) => column !== 'geom'),
  };
  // What was said about the shape is not said by its text.
  anew.faults.push(...row.faults.filter(({ column }) => column === 'geom'));
  if (row.accepted || row.featureId === null || (row.pile !== 'changed' && row.pile !== 'same')) return anew;
  const columns = mapping.flatMap(({ to, change }) =>
    to !== null && change !== false && kind.columns.has(to) && to !== kind.key ? [to] : [],
  );
  const withExtra = kind.as === 'component' ? ['extra'] : [];
  const live = held(row.featureId, [...columns, ...withExtra]);
  if (live === null) return anew;
  const was: Record<string, CellValue> = {};
  for (const [column, value] of Object.entries(row.was ?? {}))
    if (!kind.columns.has(column) && column !== 'extra') was[column] = value;
  for (const column of columns) {
    const value = now.now[column] ?? null;
    // What made no difference when it was compared makes none now, unless it reads otherwise.
    if (value === row.now[column] && !(column in (row.was ?? {}))) continue;
    if (value !== null && value !== (live[column] ?? null)) was[column] = live[column] ?? null;
  }
  const used = new Set(mapping.flatMap(({ field, to }) => (to === null ? [] : [field])));
  const extra = live['extra'];
  if (typeof extra === 'string' && differentExtra(now.extra, extra, used)) was['extra'] = extra;
  const changed = Object.keys(was).length > 0;
  return { ...anew, was: changed ? was : null, pile: changed ? 'changed' : 'same' };
}
