import type { CellValue } from '../../model/component.ts';
import type { StoredRow } from '../../project/batches/rows.ts';
import { layerCells } from './accept-component.ts';
import type { AcceptContext } from './accept.ts';

type Cells = Record<string, CellValue | Uint8Array>;

/** A grid, street or community comes in as delivered; a grid without a community gets the one its code names. */
export function insertArea(context: AcceptContext, row: StoredRow): number {
  const { tx, kind, today } = context;
  const cells: Cells = layerCells(row.now, kind.columns);
  if (row.shape !== null) cells['geom'] = row.shape;
  if (kind.table !== 'unit_grid') return tx.insert(kind.table, cells);
  cells['community_code'] ??= row.key?.slice(0, 12) ?? null;
  cells['started_on'] ??= today;
  cells['status'] = cells['ended_on'] == null ? 'active' : 'retired';
  const id = tx.insert('unit_grid', cells);
  if (row.key !== null) tx.noteCode('unit_grid', row.key);
  return id;
}

export function updateArea(context: AcceptContext, row: StoredRow, columns: string[]): boolean {
  const { tx, kind, current } = context;
  const id = row.featureId;
  if (id === null) return false;
  const held = current(
    kind.table,
    id,
    columns.filter((column) => column !== 'geom'),
  );
  if (held === null) return false;
  const cells: Cells = {};
  for (const column of columns) {
    if (column === 'geom') {
      if (row.shape !== null) cells['geom'] = row.shape;
    } else if ((held[column] ?? null) === (row.was?.[column] ?? null)) cells[column] = row.now[column] ?? null;
    else context.meanwhile(row, column);
  }
  return tx.update(kind.table, id, cells);
}

/** A grid no longer delivered ends today and stays, with its shape. Streets and communities are never taken away by a delivery. */
export function retireArea({ tx, kind, today }: AcceptContext, row: StoredRow): boolean {
  if (kind.table !== 'unit_grid' || row.featureId === null) return false;
  return tx.update('unit_grid', row.featureId, { status: 'retired', ended_on: today });
}

/** A unit with its other names. Its parent is set once all units of the delivery are there. */
export function insertUnit(context: AcceptContext, row: StoredRow): number {
  const { tx, kind } = context;
  const id = tx.insert('unit', layerCells(row.now, kind.columns));
  for (const alias of aliasesOf(row)) tx.insert('unit_alias', { unit_id: id, alias });
  return id;
}

export function updateUnit(context: AcceptContext, row: StoredRow, columns: string[]): boolean {
  return updateArea(context, row, columns);
}

/** Other names of a unit, delivered in one cell, parted by the signs in use. */
export function aliasesOf(row: Pick<StoredRow, 'now'>): string[] {
  const text = row.now['#aliases'];
  if (typeof text !== 'string') return [];
  const names = text.split(/[;；,，、|]/u).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}
