import { ROLES, type CellValue, type Role } from '../../../model/component.ts';
import type { Store } from '../../../project/batches/batches.ts';
import { cellReader } from '../../../project/batches/accept-sql.ts';
import { aliasFinder, keyTaken, liveRowFinder } from '../../../project/batches/live-rows.ts';
import { createUnitResolver, type UnitResolver } from '../../../project/batches/resolve-units.ts';
import type { StoredRow } from '../../../project/batches/rows.ts';
import type { RevisionTx } from '../../../project/recorder.ts';
import { aliasesOf } from '../aliases.ts';
import { acceptedColumns } from '../accept.ts';
import type { Kind } from '../kinds.ts';
import { changedColumns, extraReadAnew, type CellChange } from './cells.ts';
import type { RereadRow } from './reread.ts';

/** A cell that is not what the delivery had under the old reading any more, or whose place is taken: it stays as it is. */
export interface KeptCell extends CellChange {
  layer: string;
  id: number;
  code: string | null;
  held: CellValue;
}

export interface LiveContext {
  tx: RevisionTx;
  kind: Kind;
  renamed: ReadonlyMap<string, string>;
  liveId: (row: StoredRow) => number | null;
  current: ReturnType<typeof cellReader>;
  taken: (key: string, except: number) => boolean;
  aliasId: (unitId: number, alias: string) => number | null;
  resolver: UnitResolver;
  /** Told of every cell that was changed, and of every one that was not. */
  changed: (change: CellChange) => void;
  kept: (cell: KeptCell) => void;
}

export function liveContext(
  store: Store,
  kind: Kind,
  batchId: number,
  rest: Pick<LiveContext, 'tx' | 'renamed' | 'changed' | 'kept'>,
): LiveContext {
  return {
    ...rest,
    kind,
    liveId: liveRowFinder(store, kind.table, kind.key, batchId),
    current: cellReader(store),
    taken: keyTaken(store, kind.table, kind.key),
    aliasId: aliasFinder(store),
    resolver: createUnitResolver(store),
  };
}

/** Whether a staged row has a live one whose cells may be the delivery's: it was brought in, or said the same as what was there. */
const isLive = (row: StoredRow): boolean =>
  row.pile !== 'gone' && (row.accepted || row.pile === 'same' || doneColumns(row).length > 0);

/** Cells that came in before the rest of their row. */
const doneColumns = (row: StoredRow): string[] =>
  Object.keys(row.cellDecisions).filter((column) => row.cellDecisions[column] === 'done');

/**
 * Reads the cells of one live row anew. Only a cell that is still what the old reading had changes; what differs in a cell the delivery
 * wrote is told. Answers whether anything changed.
 */
export function rereadLive(context: LiveContext, staged: StoredRow, row: RereadRow): boolean {
  if (!isLive(staged)) return false;
  const { tx, kind, current } = context;
  const id = context.liveId(staged);
  if (id === null) return false;
  const changes = changedColumns(row).filter(({ column }) => kind.columns.has(column));
  const also = kind.as === 'component' ? ROLE_COLUMNS : [];
  const columns = [...new Set([kind.key, ...changes.map(({ column }) => column), ...also])];
  const held = current(kind.table, id, columns);
  if (held === null) return false;
  const key = held[kind.key];
  const about = { layer: kind.table, id, code: typeof key === 'string' ? key : null };
  const written = writtenColumns(staged);
  const keep = (change: CellChange, now: CellValue) => {
    const column = change.column.replace(/\..*$/u, '');
    if (written === null || written.has(column)) context.kept({ ...about, ...change, held: now });
  };
  const cells: Record<string, CellValue> = {};
  for (const change of changes) {
    const value = held[change.column] ?? null;
    if (value === change.now) continue;
    const free = change.column !== kind.key || !context.taken(String(change.now), id);
    if (value === change.was && free) cells[change.column] = change.now;
    else keep(change, value);
  }
  for (const [column, value] of Object.entries(cells))
    context.changed({ column, was: held[column] ?? null, now: value });
  if (kind.as === 'component') {
    Object.assign(cells, rolesReadAnew(context, held, cells, keep));
    const text = typeof held['extra'] === 'string' ? held['extra'] : null;
    const extra = extraReadAnew(text, row, context.renamed);
    for (const { held: value, ...change } of extra.kept) keep(change, value);
    extra.changed.forEach(context.changed);
    if (extra.fields > 0) cells['extra'] = extra.text;
  }
  const renamed = kind.as === 'unit' && aliasesReadAnew(context, id, row);
  return (Object.keys(cells).length > 0 && tx.update(kind.table, id, cells)) || renamed;
}

const ROLE_COLUMNS = ['extra', ...ROLES.flatMap((role) => [`${role}_id`, `${role}_text`, `${role}_code_text`])];

/** Columns the delivery wrote into the live row; null for all, where it made the row. */
function writtenColumns(row: StoredRow): Set<string> | null {
  if (row.pile === 'same') return new Set();
  if (row.was === null) return null;
  return new Set([...doneColumns(row), ...(row.accepted ? acceptedColumns(row, []) : [])]);
}

/** A role that stands where its old text led follows the text as it reads now; one that somebody has set stays. */
function rolesReadAnew(
  { resolver, changed }: LiveContext,
  held: Record<string, CellValue>,
  cells: Record<string, CellValue>,
  keep: (change: CellChange, held: CellValue) => void,
): Record<string, CellValue> {
  const roles: Record<string, CellValue> = {};
  for (const role of ROLES) {
    if (!(`${role}_text` in cells) && !(`${role}_code_text` in cells)) continue;
    const column = `${role}_id`;
    const was = resolved(resolver, role, held);
    const now = resolved(resolver, role, { ...held, ...cells });
    const unit = held[column] ?? null;
    if (was === now || unit === now) continue;
    if (unit === was) {
      roles[column] = now;
      changed({ column, was, now });
    } else keep({ column, was, now }, unit);
  }
  return roles;
}

function resolved(resolver: UnitResolver, role: Role, cells: Record<string, CellValue>): number | null {
  const [text, code] = [cells[`${role}_text`], cells[`${role}_code_text`]];
  return resolver.resolve(typeof text === 'string' ? text : null, typeof code === 'string' ? code : null).id;
}

/** Other names of a unit, where they were parted the same way. */
function aliasesReadAnew({ tx, aliasId, changed }: LiveContext, id: number, { was, now }: RereadRow): boolean {
  const [before, after] = [aliasesOf(was), aliasesOf(now)];
  if (before.length !== after.length) return false;
  let any = false;
  before.forEach((alias, i) => {
    const renamed = after[i];
    const row = renamed === undefined || renamed === alias ? null : aliasId(id, alias);
    if (row === null || renamed === undefined) return;
    any = tx.update('unit_alias', row, { alias: renamed }) || any;
    changed({ column: 'aliases', was: alias, now: renamed });
  });
  return any;
}
