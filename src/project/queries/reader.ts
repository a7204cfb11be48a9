import type { Database } from 'better-sqlite3';
import { OUT_OF_SERVICE_STATES } from '../../model/component.ts';

/** What every query reads through: a connection (read-only is enough) and the local day, ISO 8601, on which units are judged valid. */
export interface Reader {
  readonly db: Database;
  readonly today: string;
}

/** Layers that have views, facets and filters. */
export type FilterLayer = 'component' | 'unit_grid';

/** SQL telling whether the component `t` is in service: 1 or 0, never NULL. */
export const IN_SERVICE_SQL = `(t.state IS NULL OR t.state NOT IN (${OUT_OF_SERVICE_STATES.map((s) => `'${s}'`).join(', ')}))`;

/** Ids of the units valid on a day, which is bound twice: a subquery for `IN`. */
export const VALID_UNITS_SQL = `(SELECT id FROM unit WHERE (valid_from IS NULL OR valid_from <= ?) AND (valid_to IS NULL OR valid_to >= ?))`;

/** The latest revision, 0 in a project nobody has changed yet. */
export function revisionNow(db: Database): number {
  return db.prepare<[], number | null>('SELECT max(id) FROM gewu_revision').pluck().get() ?? 0;
}

/**
 * Changes whenever this connection may read something else than before: another connection's commits move `data_version`, its own
 * writes `total_changes`.
 */
export function stampOf(db: Database): string {
  return `${String(db.pragma('data_version', { simple: true }))}.${String(db.prepare('SELECT total_changes()').pluck().get())}`;
}

/** Ids as one bound parameter: the text for `IN (SELECT value FROM json_each(?))`. */
export function idsParameter(ids: Iterable<number>): string {
  return `[${[...ids].join(',')}]`;
}
