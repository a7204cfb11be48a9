import { ROLES, type CellValue } from '../../model/component.ts';
import { encodeGpkg } from '../../model/geometry/wkb.ts';
import type { UnitResolver } from '../../project/batches/resolve-units.ts';
import type { StoredRow } from '../../project/batches/rows.ts';
import type { AcceptContext } from './accept.ts';

type Cells = Record<string, CellValue | Uint8Array>;

/** Columns of the values that belong to the layer: helper values carry a '#'. */
export function layerCells(now: Record<string, CellValue>, columns: ReadonlyMap<string, unknown>): Cells {
  const cells: Cells = {};
  for (const [column, value] of Object.entries(now)) if (columns.has(column)) cells[column] = value;
  return cells;
}

/** A delivered row becomes a component: its values, the units its texts stand for, its point, and its line or area. */
export function insertComponent(context: AcceptContext, row: StoredRow): number {
  const { tx, kind, resolver, srsId, batchId } = context;
  const cells = layerCells(row.now, kind.columns);
  cells['confirmation'] ??= 'unconfirmed';
  Object.assign(cells, resolvedRoles(resolver, row.now));
  cells['extra'] = Object.keys(row.extra).length === 0 ? null : JSON.stringify(row.extra);
  cells['batch_id'] = batchId;
  cells['source_row'] = row.sourceRow;
  if (row.at !== null) cells['geom'] = encodeGpkg({ type: 'Point', coordinates: row.at }, srsId);
  const id = tx.insert('component', cells);
  if (row.key !== null) tx.noteCode('component', row.key);
  writeShape(context, id, row, false);
  return id;
}

function resolvedRoles(resolver: UnitResolver, now: Record<string, CellValue>): Cells {
  const cells: Cells = {};
  for (const role of ROLES) {
    const text = now[`${role}_text`];
    const code = now[`${role}_code_text`];
    const found = resolver.resolve(typeof text === 'string' ? text : null, typeof code === 'string' ? code : null);
    cells[`${role}_id`] = found.id;
  }
  return cells;
}

/** The line or area of a component lives in a layer of its own; which one follows from the shape's type byte in the blob. */
function writeShape(
  { tx, shapeTable, shapeIdOf }: AcceptContext,
  componentId: number,
  row: StoredRow,
  existing: boolean,
): void {
  if (row.shape === null) return;
  const table = shapeTable(row.shape);
  if (table === null) return;
  const id = existing ? shapeIdOf(table, componentId) : null;
  if (id === null) tx.insert(table, { component_id: componentId, geom: row.shape });
  else tx.update(table, id, { geom: row.shape });
}

/**
 * Brings the accepted cells of a changed row in. A cell that somebody changed since staging is left as it is and counted: the
 * delivery was not compared with that value. A new unit text moves the role only where the component is not confirmed or the text resolves.
 */
export function updateComponent(context: AcceptContext, row: StoredRow, columns: string[]): boolean {
  const id = row.featureId;
  if (id === null) return false;
  const { tx, resolver, srsId, current } = context;
  const held = current('component', id, [...columns.filter((column) => column !== 'geom'), 'confirmation']);
  if (held === null) return false;
  const cells: Cells = {};
  for (const column of columns) {
    if (column === 'geom') {
      if (row.at !== null) cells['geom'] = encodeGpkg({ type: 'Point', coordinates: row.at }, srsId);
      continue;
    }
    if ((held[column] ?? null) !== (row.was?.[column] ?? null)) context.meanwhile(row, column);
    else cells[column] = row.now[column] ?? null;
  }
  for (const role of ROLES) {
    if (!(`${role}_text` in cells) && !(`${role}_code_text` in cells)) continue;
    const found = resolvedRoles(resolver, row.now)[`${role}_id`] ?? null;
    if (found !== null || held['confirmation'] !== 'confirmed') cells[`${role}_id`] = found;
  }
  const changed = tx.update('component', id, cells);
  if (columns.includes('geom')) writeShape(context, id, row, true);
  return changed;
}

/** Not delivered any more: the component is taken out of service, on the day of the accept; nothing is deleted. */
export function retireComponent({ tx, today }: AcceptContext, row: StoredRow): boolean {
  return row.featureId !== null && tx.update('component', row.featureId, { state: '移除', changed_on: today });
}
