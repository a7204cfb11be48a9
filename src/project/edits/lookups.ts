import type { Database } from 'better-sqlite3';
import { inService } from '../../model/component.ts';

export interface KnownClass {
  scheme: string;
  code: string;
  name: string | null;
  geometry: string | null;
}

/** A class of the catalogues in force, by scheme and code. */
export function findClass(db: Database, scheme: string, code: string): KnownClass | null {
  const found = db
    .prepare<[string, string], KnownClass>(
      `SELECT scheme, code, name, geometry FROM component_class WHERE scheme = ? AND code = ?`,
    )
    .get(scheme, code);
  return found ?? null;
}

/**
 * The state a component had before it went out of service, as the log knows it: {state: null} is "in service without a stated state".
 * Null when the log never saw it in service.
 */
export function stateInService(db: Database, id: number): { state: string | null } | null {
  const states = db
    .prepare<[number], string | null>(
      `SELECT was FROM gewu_change WHERE layer = 'component' AND feature_id = ? AND "column" = 'state' ORDER BY revision DESC, seq DESC`,
    )
    .pluck()
    .iterate(id);
  for (const state of states) if (inService(state)) return { state };
  return null;
}

/** The row that holds a component's line or area, if it has one. */
export function shapeRowOf(
  db: Database,
  componentId: number,
): { table: 'component_line' | 'component_area'; id: number } | null {
  for (const table of ['component_line', 'component_area'] as const) {
    const id = db.prepare<[number], number>(`SELECT id FROM ${table} WHERE component_id = ?`).pluck().get(componentId);
    if (id !== undefined) return { table, id };
  }
  return null;
}

/** Code of the grid a component stands in; null outside of every grid. */
export function gridCodeOf(db: Database, componentId: number): string | null {
  const code = db
    .prepare<[number], string>(`SELECT g.code FROM component c JOIN unit_grid g ON g.id = c.grid_id WHERE c.id = ?`)
    .pluck()
    .get(componentId);
  return code ?? null;
}

/** The component that succeeds another, if one does. */
export function successorOf(db: Database, id: number): { id: number; code: string } | null {
  const found = db
    .prepare<[number], { id: number; code: string }>(
      `SELECT id, code FROM component WHERE replaces_id = ? ORDER BY id DESC`,
    )
    .get(id);
  return found ?? null;
}

/** Codes of components by id. */
export function componentCodes(db: Database, ids: readonly number[]): Map<number, string> {
  const rows = db
    .prepare<[string], { id: number; code: string | null }>(
      `SELECT id, code FROM component WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(ids));
  return new Map(rows.map(({ id, code }) => [id, code ?? '']));
}
