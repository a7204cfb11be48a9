import type { Database } from 'better-sqlite3';
import { rebuildRtree } from './bulk.ts';
import type { ReadOnlyReason } from './info.ts';
import { LAYERS } from './schema/layers.ts';
import { allRtreeTriggers, rtreeTriggers } from './schema/rtree.ts';
import { EXPECTED_VIEWS, expectedTriggers, LOGGED } from './schema/schema.ts';
import { quoted } from './schema/table.ts';

interface SchemaRow {
  type: 'trigger' | 'view';
  name: string;
  table: string;
  sql: string;
}

export interface SchemaFindings {
  /** Not Gewu's, or changed: nothing may be written while they are there. */
  unknown: { type: string; name: string; table: string }[];
  missing: string[];
}

/** Compares every trigger and view with Gewu's own, by exact text. Reads only; call with trusted_schema off. */
export function compareSchema(db: Database): SchemaFindings {
  const expected = new Map([...expectedTriggers(), ...EXPECTED_VIEWS]);
  const found = db
    .prepare<[], SchemaRow>(
      `SELECT type, name, tbl_name AS "table", sql FROM sqlite_schema WHERE type IN ('trigger', 'view')`,
    )
    .all();
  const there = new Set<string>();
  const unknown: SchemaFindings['unknown'] = [];
  for (const row of found) {
    if (expected.get(row.name) === row.sql) there.add(row.name);
    else if (!isGuestIndex(db, row)) unknown.push({ type: row.type, name: row.name, table: row.table });
  }
  return { unknown, missing: [...expected.keys()].filter((name) => !there.has(name)) };
}

/** A spatial index trigger, word for word the standard's, on a layer another program added: it never runs for Gewu's tables. */
function isGuestIndex(db: Database, row: SchemaRow): boolean {
  if (row.type !== 'trigger' || LOGGED.has(row.table) || /^(gewu|gpkg)_/u.test(row.table)) return false;
  const geometry = db
    .prepare<[string], string>(`SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?`)
    .pluck()
    .get(row.table);
  const key = db.prepare<[string], string>(`SELECT name FROM pragma_table_info(?) WHERE pk = 1`).pluck().get(row.table);
  if (geometry === undefined || key === undefined) return false;
  return rtreeTriggers(row.table, geometry, key).get(row.name) === row.sql;
}

/** The reason shown, in one sentence that names them. */
export function unknownReason(unknown: SchemaFindings['unknown']): ReadOnlyReason {
  const names = unknown.map((each) => each.name);
  const what = unknown.map((each) => `${each.type} "${each.name}" on ${each.table}`).join(', ');
  return {
    code: 'unknown-trigger',
    message: `The project holds code that is not Gewu's (${what}), so it is open for reading only: save a cleaned copy to go on working.`,
    data: { names },
  };
}

/** Restores what is missing; an index whose triggers were away is filled anew. The caller holds the transaction, with the ST_ functions there. */
export function restoreMissing(db: Database, missing: readonly string[]): void {
  const expected = new Map([...expectedTriggers(), ...EXPECTED_VIEWS]);
  for (const name of missing) {
    const sql = expected.get(name);
    if (sql !== undefined) db.exec(sql);
  }
  for (const layer of LAYERS) {
    const own = allRtreeTriggers([layer]);
    if (missing.some((name) => own.has(name))) rebuildRtree(db, layer);
  }
}

/** Takes away what is unknown: for the cleaned copy. */
export function dropUnknown(db: Database, unknown: SchemaFindings['unknown']): void {
  for (const each of unknown) db.exec(`DROP ${each.type === 'view' ? 'VIEW' : 'TRIGGER'} ${quoted(each.name)}`);
}
