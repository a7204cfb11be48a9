import type { CellValue } from '../../model/component.ts';
import type { StoredRow } from '../../project/batches/rows.ts';
import { layerCells } from './accept-component.ts';
import type { AcceptContext } from './accept.ts';
import { aliasesOf } from './aliases.ts';
import { shapeMark } from './same-shape.ts';

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
  return tx.insert('unit_grid', cells);
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
      if (sameAsStaged(context, id, row)) cells['geom'] = row.shape;
      else context.meanwhile(row, column);
    } else if ((held[column] ?? null) === (row.was?.[column] ?? null)) cells[column] = row.now[column] ?? null;
    else context.meanwhile(row, column);
  }
  return tx.update(kind.table, id, cells);
}

/** Whether the area has the shape it had when the delivery was compared with it. */
function sameAsStaged({ kind, geometry }: AcceptContext, id: number, row: StoredRow): boolean {
  if (kind.table === 'unit') return false;
  const shape = geometry(kind.table, id);
  return (shape === null ? null : shapeMark(shape)) === (row.was?.['geom'] ?? null);
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
  noteParent(context, id, row);
  return id;
}

/** A unit's changed cells, and other names the registry does not know yet. */
export function updateUnit(context: AcceptContext, row: StoredRow, columns: string[]): boolean {
  const { kind, tx, knownNames } = context;
  const id = row.featureId;
  if (id === null) return false;
  const changed = updateArea(
    context,
    row,
    columns.filter((column) => kind.columns.has(column)),
  );
  const known = new Set(knownNames(id));
  const fresh = columns.includes('aliases') ? aliasesOf(row).filter((alias) => !known.has(alias)) : [];
  for (const alias of fresh) tx.insert('unit_alias', { unit_id: id, alias });
  if (columns.includes('parent_name')) noteParent(context, id, row);
  return changed || fresh.length > 0 || columns.includes('parent_name');
}

function noteParent({ parents }: AcceptContext, unitId: number, row: StoredRow): void {
  const name = row.now['#parent_name'];
  if (typeof name === 'string' && name !== '') parents.push({ unitId, name });
}
