import { ROLES, type CellValue, type Role } from '../../model/component.ts';
import { encodeGpkg } from '../../model/geometry/wkb.ts';
import { pointOfBlob } from '../../project/batches/match.ts';
import type { UnitResolver } from '../../project/batches/resolve-units.ts';
import type { StoredRow } from '../../project/batches/rows.ts';
import type { AcceptContext } from './accept.ts';
import { pointMark } from './compare.ts';
import { mergeExtra } from './extra.ts';
import { shapeMark } from './same-shape.ts';

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
  for (const role of ROLES) cells[`${role}_id`] = resolvedRole(resolver, role, row.now);
  cells['extra'] = mergeExtra(null, row.extra);
  cells['batch_id'] = batchId;
  cells['source_row'] = row.sourceRow;
  if (row.at !== null) cells['geom'] = encodeGpkg({ type: 'Point', coordinates: row.at }, srsId);
  const id = tx.insert('component', cells);
  writeShape(context, id, row, false);
  return id;
}

/** The unit that the texts of a role stand for, or null. */
function resolvedRole(resolver: UnitResolver, role: Role, cells: Record<string, CellValue>): number | null {
  const text = cells[`${role}_text`];
  const code = cells[`${role}_code_text`];
  return resolver.resolve(typeof text === 'string' ? text : null, typeof code === 'string' ? code : null).id;
}

/** The line or area of a component lives in a layer of its own; which one follows from the shape's type byte in the blob. */
function writeShape(
  { tx, shapeTable, shapeIdOf }: AcceptContext,
  componentId: number,
  row: StoredRow,
  existing: boolean,
): boolean {
  if (row.shape === null) return false;
  const table = shapeTable(row.shape);
  if (table === null) return false;
  const id = existing ? shapeIdOf(table, componentId) : null;
  if (id !== null) return tx.update(table, id, { geom: row.shape });
  tx.insert(table, { component_id: componentId, geom: row.shape });
  return true;
}

/**
 * Brings the accepted cells of a changed row in. A cell that somebody changed since staging is left as it is and counted: the
 * delivery was not compared with that value. Fields without a column are kept over those kept before.
 */
export function updateComponent(context: AcceptContext, row: StoredRow, columns: string[]): boolean {
  const id = row.featureId;
  if (id === null) return false;
  const { tx, srsId, current } = context;
  const held = current('component', id, [
    ...new Set([...columns.filter((column) => column !== 'geom'), ...ALWAYS_READ]),
  ]);
  if (held === null) return false;
  const cells: Cells = {};
  let reshaped = false;
  for (const column of columns) {
    if (column === 'geom') {
      if (!standsAsStaged(context, id, row)) context.meanwhile(row, column);
      else {
        reshaped = true;
        if (row.at !== null) cells['geom'] = encodeGpkg({ type: 'Point', coordinates: row.at }, srsId);
      }
      continue;
    }
    if ((held[column] ?? null) !== (row.was?.[column] ?? null)) context.meanwhile(row, column);
    else if (column !== 'extra') cells[column] = row.now[column] ?? null;
  }
  Object.assign(cells, followedRoles(context.resolver, held, cells));
  cells['extra'] = extraAfter(row, columns, held);
  const changed = tx.update('component', id, cells);
  return (reshaped && writeShape(context, id, row, true)) || changed;
}

const ALWAYS_READ = [
  'confirmation',
  'extra',
  ...ROLES.flatMap((role) => [`${role}_id`, `${role}_text`, `${role}_code_text`]),
];

/** Whether the component stands where it stood, and has the shape it had, when the delivery was compared with it. */
function standsAsStaged({ geometry, shapeTable, shapeIdOf }: AcceptContext, id: number, row: StoredRow): boolean {
  const blob = geometry('component', id);
  const now = blob === null ? null : pointOfBlob(blob);
  const from = row.from;
  if ((now === null ? '' : pointMark(now)) !== (from === null ? '' : pointMark(from))) return false;
  const was = row.was?.['geom'];
  const table = row.shape === null ? null : shapeTable(row.shape);
  if (typeof was !== 'string' || !was.includes('#') || table === null) return true;
  const shapeId = shapeIdOf(table, id);
  const shape = shapeId === null ? null : geometry(table, shapeId);
  return shape !== null && shapeMark(shape) === was;
}

/**
 * Roles follow their accepted texts: a text that resolves moves the role to its unit. One that does not takes the unit away only where
 * nobody has decided: not from a confirmed component, and not where the unit was set by hand (it is not what the old text stands for).
 */
function followedRoles(
  resolver: UnitResolver,
  held: Record<string, CellValue>,
  cells: Record<string, unknown>,
): Record<string, number | null> {
  const roles: Record<string, number | null> = {};
  for (const role of ROLES) {
    if (!(`${role}_text` in cells) && !(`${role}_code_text` in cells)) continue;
    const texts: Record<string, CellValue> = {};
    for (const column of [`${role}_text`, `${role}_code_text`]) {
      const value = column in cells ? cells[column] : held[column];
      texts[column] = typeof value === 'string' ? value : null;
    }
    const found = resolvedRole(resolver, role, texts);
    const unit = held[`${role}_id`] ?? null;
    const byHand = unit !== null && resolvedRole(resolver, role, held) !== unit;
    if (found !== null || (held['confirmation'] !== 'confirmed' && !byHand)) roles[`${role}_id`] = found;
  }
  return roles;
}

function extraAfter(row: StoredRow, columns: string[], held: Record<string, CellValue>): string | null {
  const text = typeof held['extra'] === 'string' ? held['extra'] : null;
  const compared = row.was !== null && 'extra' in row.was;
  // Refused by a person, or changed since it was compared: then it stays.
  if (compared && (!columns.includes('extra') || text !== row.was?.['extra'])) return text;
  return mergeExtra(text, row.extra);
}

/** Not delivered any more: the component is taken out of service, on the day of the accept; nothing is deleted. */
export function retireComponent(context: AcceptContext, row: StoredRow): boolean {
  const { tx, today, current } = context;
  if (row.featureId === null) return false;
  const held = current('component', row.featureId, ['state']);
  if (held === null) return false;
  if ((held['state'] ?? null) !== (row.was?.['state'] ?? null)) {
    context.meanwhile(row, 'state');
    return false;
  }
  return tx.update('component', row.featureId, { state: '移除', changed_on: today });
}
