import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { compareSchema, dropUnknown } from '../compare-schema.ts';
import { assertFreeSpace } from '../media.ts';
import type { ProjectFile } from '../project-file.ts';
import { sealFile } from '../seal.ts';

/**
 * A copy of an open project without the triggers and views that are not Gewu's; missing ones come back when the copy is opened. Written
 * beside its place and renamed into it; `to` must not exist.
 * @throws ProjectError 'disk-full'
 */
export function saveCleanCopy(project: ProjectFile, to: string): void {
  assertFreeSpace(to, statSync(project.path).size * 2);
  const beside = `${to}.new-${randomUUID().slice(0, 8)}`;
  try {
    // Copying pages runs no trigger and reads no view.
    project.db.prepare('VACUUM INTO ?').run(beside);
    const copy = new Database(beside);
    try {
      copy.pragma('trusted_schema = OFF');
      dropUnknown(copy, compareSchema(copy).unknown);
    } finally {
      copy.close();
    }
    sealFile(beside);
    renameSync(beside, to);
  } finally {
    for (const suffix of ['', '-journal']) rmSync(beside + suffix, { force: true });
  }
}
