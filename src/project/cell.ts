import type { StoredCell } from './digest.ts';
import { ProjectError } from './error.ts';
import type { ColumnDef, TableDef } from './schema/table.ts';

/** Are two cells the same to the byte? */
export function sameCell(one: StoredCell, other: StoredCell): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array)
    return one.length === other.length && one.every((byte, at) => byte === other[at]);
  return one === other;
}

/**
 * A value as SQLite will hold it under its column's affinity, so that what is compared and hashed is what is stored: numbers in text
 * columns become text, whole numbers written as text become numbers in id columns.
 * @throws ProjectError 'input' where the column could not hold the value as it stands
 */
export function storedForm(table: string, column: ColumnDef, value: StoredCell): StoredCell {
  if (value === null || value instanceof Uint8Array) return value;
  if (column.type === 'TEXT') return typeof value === 'number' ? String(value) : value;
  // DATE has numeric affinity: a text that reads as a number would be turned into one.
  if (column.type === 'DATE' && (typeof value === 'number' || /^\s*[+-]?[\d.]+(e[+-]?\d+)?\s*$/iu.test(value)))
    throw wrong(table, column, value);
  if (column.type === 'DATE') return value;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw wrong(table, column, String(value));
  }
  if (/^-?(0|[1-9]\d{0,14})$/u.test(value)) return Number(value);
  throw wrong(table, column, value);
}

function wrong(table: string, column: ColumnDef, value: string | number): ProjectError {
  return new ProjectError('input', `"${value}" can't stand in ${table}.${column.name}, which holds ${column.type}.`, {
    reason: 'value-misfit',
    layer: table,
    column: column.name,
    value,
  });
}

/** Definitions of a table's logged columns in order; null stands for the geometry. */
export function loggedDefs(table: TableDef): (ColumnDef | null)[] {
  const plain = table.columns.filter((column) => column.derived !== true);
  return table.geometry === null ? plain : [null, ...plain];
}
