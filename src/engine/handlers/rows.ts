import { GewuError } from '../../api/error.ts';
import { CONFIRMATIONS, type CellValue, type Column } from '../../model/component.ts';
import type { RevisionTx } from '../../project/recorder.ts';

/** One row's new values, and the values its screen showed. */
export interface RowChange {
  id: number;
  set: Record<string, CellValue>;
  was?: Record<string, CellValue> | undefined;
}

interface Conflict {
  id: number;
  column: string;
  was: CellValue;
  now: CellValue;
}
/** Conflicts named in a refusal; beyond that their number is enough. */
const NAMED_CONFLICTS = 50;

/**
 * Writes changed rows of a layer inside a revision. All or nothing.
 * @returns how many rows really changed
 * @throws GewuError 'conflict' {cells, total} where a row is not what its screen showed, 'input' for columns a person may not change and
 * values they cannot hold, 'not-found'
 */
export function writeRows(
  tx: RevisionTx,
  table: string,
  columns: readonly Column[],
  changes: readonly RowChange[],
): number {
  const editable = new Map(columns.filter((column) => column.editable).map((column) => [column.name, column]));
  const conflicts: Conflict[] = [];
  let rows = 0;
  for (const { id, set, was } of changes) {
    const cells = Object.fromEntries(
      Object.entries(set).map(([name, value]) => [name, checkedCell(table, editable, name, value)]),
    );
    const row = tx.read(table, id);
    if (row === null)
      throw new GewuError('not-found', `There is no ${table} ${id}.`, { reason: 'row', layer: table, id });
    const differing = conflictsOf(id, row, was ?? {});
    conflicts.push(...differing);
    if (differing.length === 0 && tx.update(table, id, cells)) rows += 1;
  }
  if (conflicts.length === 0) return rows;
  const codes = new Set(conflicts.map((conflict) => conflict.id)).size;
  throw new GewuError('conflict', `${codes} rows were changed by somebody else meanwhile; look at them again.`, {
    reason: 'rows',
    layer: table,
    cells: conflicts.slice(0, NAMED_CONFLICTS),
    total: conflicts.length,
  });
}

function conflictsOf(id: number, row: Record<string, unknown>, was: Record<string, CellValue>): Conflict[] {
  return Object.entries(was).flatMap(([column, seen]) => {
    const value = row[column];
    // Columns that are not logged (derived ones) are no ground for a conflict: nobody edits them.
    if (value === undefined || value instanceof Uint8Array) return [];
    const now = value as CellValue;
    return sameValue(seen, now) ? [] : [{ id, column, was: seen, now }];
  });
}

/** A blank is a blank, and a number is the same as its digits: the page holds what it showed as text. */
function sameValue(one: CellValue, other: CellValue): boolean {
  const plain = (value: CellValue) => (value === null ? '' : String(value));
  return plain(one) === plain(other);
}

/** The cell as the column holds it; blank text becomes NULL. @throws GewuError 'input' */
export function checkedCell(
  table: string,
  editable: ReadonlyMap<string, Column>,
  name: string,
  value: CellValue,
): CellValue {
  const column = editable.get(name);
  if (column === undefined) {
    throw new GewuError('input', `${table}.${name} is not a column a person may change.`, {
      reason: 'column-fixed',
      layer: table,
      column: name,
    });
  }
  if (value === null || value === '') {
    if (name === 'confirmation') throw notUsable(table, name, value);
    return null;
  }
  if (column.kind === 'unit') {
    const id = Number(value);
    if (!Number.isSafeInteger(id) || id <= 0) throw notUsable(table, name, value);
    return id;
  }
  if (column.kind === 'date' && !isDay(String(value))) throw notUsable(table, name, value);
  if (name === 'confirmation' && !CONFIRMATIONS.some((known) => known === value)) throw notUsable(table, name, value);
  return String(value);
}

/** A day that exists, ISO 8601. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function notUsable(table: string, column: string, value: CellValue): GewuError {
  return new GewuError('input', `"${value ?? ''}" cannot stand in ${table}.${column}.`, {
    reason: 'value-misfit',
    layer: table,
    column,
    value,
  });
}

/** What the words need to tell of an edit: how many rows, which column, and for a single cell from what to what. */
export function summaryOf(tx: RevisionTx, table: string, changes: readonly RowChange[]): Record<string, CellValue> {
  const columns = [...new Set(changes.flatMap((change) => Object.keys(change.set)))];
  const summary: Record<string, CellValue> = { layer: table, count: changes.length, columns: columns.join(',') };
  const [column] = columns;
  if (column !== undefined && columns.length === 1) {
    summary['column'] = column;
    const values = new Set(changes.map((change) => change.set[column] ?? null));
    const [to] = values;
    if (values.size === 1 && to !== undefined) summary['to'] = shown(tx, column, to);
  }
  const [only] = changes;
  if (changes.length === 1 && only !== undefined) {
    const row = tx.read(table, only.id);
    summary['code'] = textOrNull(row?.['code']);
    if (column !== undefined && columns.length === 1) summary['from'] = shown(tx, column, textOrNull(row?.[column]));
  }
  return summary;
}

/** A unit by its name, everything else as it is. */
function shown(tx: RevisionTx, column: string, value: CellValue): CellValue {
  if (!/^(supervisor|owner|maintainer|responsible)_id$/u.test(column) || value === null) return value;
  return textOrNull(tx.read('unit', Number(value))?.['name']);
}

function textOrNull(value: unknown): CellValue {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
