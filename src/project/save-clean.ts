import { randomUUID } from 'node:crypto';
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { compareSchema, dropUnknown, restoreMissing } from './compare-schema.ts';
import { ProjectError } from './error.ts';
import { assertFreeSpace } from './media.ts';
import { setMeta } from './meta.ts';
import type { ProjectFile } from './project-file.ts';
import { registerStFunctions } from './schema/st-functions.ts';
import { COUNTER_OPEN } from './seal.ts';

/**
 * Writes a copy of an open project without the triggers and views that are not Gewu's, its indexes whole. The project itself stays as it is.
 * @throws ProjectError 'exists' when the target is there, 'disk-full'
 */
export function saveClean(file: ProjectFile, target: string): void {
  if (existsSync(target))
    throw new ProjectError('exists', `"${target}" exists already: choose another name.`, { path: target });
  assertFreeSpace(target, statSync(file.path).size * 2);
  const beside = `${target}.new-${randomUUID().slice(0, 8)}`;
  try {
    file.db.prepare('VACUUM INTO ?').run(beside);
    clean(beside);
    renameSync(beside, target);
  } finally {
    for (const suffix of ['', '-journal']) rmSync(beside + suffix, { force: true });
  }
}

function clean(path: string): void {
  const db = new Database(path, { fileMustExist: true });
  try {
    db.pragma('trusted_schema = OFF');
    db.pragma('synchronous = FULL');
    registerStFunctions(db);
    db.transaction(() => {
      dropUnknown(db, compareSchema(db).unknown);
      restoreMissing(db, compareSchema(db).missing);
      // What the unknown code did before is for the digests to find when the copy is opened.
      setMeta(db, 'counter', `not ${COUNTER_OPEN}`);
    })();
  } finally {
    db.close();
  }
}
