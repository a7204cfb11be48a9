import { existsSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { ProjectError } from './error.ts';
import { readHeader, type FileHeader } from './header.ts';
import { getMeta } from './meta.ts';
import { APPLICATION_ID } from './schema/geopackage.ts';
import { LOGGED, SCHEMA_VERSION } from './schema/schema.ts';
import { allColumns } from './schema/table.ts';

function notOurs(path: string, reason: string, sentence: string): ProjectError {
  return new ProjectError('not-a-project', `"${path}" ${sentence}`, { path, reason });
}

/**
 * Looks at a file from outside, before SQLite touches it. Not to be called while this process has the file open.
 * @throws ProjectError 'not-found', 'not-a-project' with one sentence of what it is instead and what to do
 */
export function probeFile(path: string): FileHeader {
  if (!existsSync(path)) throw new ProjectError('not-found', `There is no file "${path}".`, { reason: 'file', path });
  if (statSync(path).isDirectory()) throw notOurs(path, 'folder', 'is a folder, not a project: choose a .gpkg file.');
  const header = readHeader(path);
  if (header.size === 0) throw notOurs(path, 'empty', 'is empty (0 bytes): choose another file or restore a backup.');
  if (!header.sqlite)
    throw notOurs(
      path,
      'not-sqlite',
      'is no project: it is not an SQLite file, or it is encrypted. Drop deliveries on an open project instead.',
    );
  const whole = header.pages * header.pageSize;
  const cut = header.short || (!header.wal && header.pages > 0 && header.size < whole);
  if (cut)
    throw notOurs(
      path,
      'truncated',
      `is cut short (${header.size} of ${whole} bytes): copy it again or restore a backup.`,
    );
  if (header.applicationId !== APPLICATION_ID)
    throw notOurs(path, 'not-geopackage', 'is an SQLite file but no GeoPackage, so it is no Gewu project.');
  return header;
}

/**
 * Looks inside: is this GeoPackage a project of a version this program knows?
 * @returns the layout version of the file
 * @throws ProjectError 'not-a-project', 'newer-file'
 */
export function probeInside(db: Database, path: string): number {
  const has = (table: string): boolean =>
    db.prepare<[string], number>(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).pluck().get(table) ===
    1;
  if (!has('gewu_meta'))
    throw notOurs(
      path,
      'foreign-geopackage',
      'is a GeoPackage but not a Gewu project: open or make a project, then import this file into it.',
    );
  const version = Number(getMeta(db, 'schema_version'));
  if (!Number.isInteger(version) || version < 1)
    throw notOurs(path, 'damaged', 'does not say which version of Gewu made it: restore a backup.');
  if (version > SCHEMA_VERSION)
    throw new ProjectError(
      'newer-file',
      `"${path}" was made by a newer Gewu (layout ${version}; this one knows ${SCHEMA_VERSION}): install the newer version.`,
      { path, version, known: SCHEMA_VERSION },
    );
  return version;
}

/** Are all tables and columns of this version there? Another program may have dropped or rebuilt a layer. */
export function assertTables(db: Database, path: string): void {
  const columns = db.prepare<[string], string>(`SELECT name FROM pragma_table_info(?)`).pluck();
  for (const table of LOGGED.values()) {
    const there = new Set(columns.all(table.name));
    const missing = allColumns(table).filter((column) => !there.has(column));
    if (missing.length === 0) continue;
    const what = there.size === 0 ? `its layer "${table.name}"` : `"${missing[0] ?? ''}" of its layer "${table.name}"`;
    throw new ProjectError(
      'not-a-project',
      `"${path}" has lost ${what}; another program must have removed it: restore a backup.`,
      { path, reason: 'damaged', table: table.name, columns: missing },
    );
  }
}
