import type { Database } from 'better-sqlite3';
import type { MatchTable } from './match.ts';
import type { StoredRow } from './rows.ts';

/**
 * Finds the live row a staged one became. Rows brought in by older versions do not say it themselves: a component then is the one of
 * this delivery and row with this code, anything else the only one under its key.
 */
export function liveRowFinder(
  db: Database,
  table: MatchTable,
  keyColumn: string,
  batchId: number,
): (row: StoredRow) => number | null {
  const one = (ids: number[]): number | null => (ids.length === 1 ? (ids[0] ?? null) : null);
  if (table === 'component') {
    const find = db
      .prepare<[number, number, string | null], number>(
        `SELECT id FROM component WHERE batch_id = ? AND source_row = ? AND code IS ? LIMIT 2`,
      )
      .pluck();
    return (row) => row.featureId ?? one(find.all(batchId, row.sourceRow, row.key));
  }
  const find = db.prepare<[string | null], number>(`SELECT id FROM ${table} WHERE "${keyColumn}" IS ? LIMIT 2`).pluck();
  return (row) => row.featureId ?? one(find.all(row.key));
}

/** Whether another row has this value in its key column. */
export function keyTaken(db: Database, table: MatchTable, keyColumn: string): (key: string, except: number) => boolean {
  const find = db.prepare<[string, number], number>(
    `SELECT 1 FROM ${table} WHERE "${keyColumn}" = ? AND id <> ? LIMIT 1`,
  );
  return (key, except) => find.get(key, except) !== undefined;
}

/** Row of another name of a unit. */
export function aliasFinder(db: Database): (unitId: number, alias: string) => number | null {
  const find = db
    .prepare<[number, string], number>(`SELECT id FROM unit_alias WHERE unit_id = ? AND alias = ?`)
    .pluck();
  return (unitId, alias) => find.get(unitId, alias) ?? null;
}
