import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { ProjectError } from './error.ts';
import { takeLock } from './lock.ts';
import { assertFreeSpace } from './media.ts';
import { probeFile } from './probe.ts';
import { recoverFile } from './seal.ts';

export type BackupReason = 'daily' | 'migration' | 'restore';
export interface BackupFile {
  path: string;
  /** Local time it was made, ISO 8601 without offset. */
  at: string;
  size: number;
  reason: BackupReason;
}

/** How many are kept. */
const KEPT = 10;
/** A copy takes what the file takes, and a little for what its journal holds. */
const ROOM_FOR_A_COPY = 1.2;
const NAME = /^(\d{4}-\d{2}-\d{2})T(\d{2})(\d{2})(\d{2})-(\d{3})-(daily|migration|restore)\.gpkg$/u;

/** `<project>.backups/` beside the project. */
export function backupFolder(path: string): string {
  return join(dirname(path), `${basename(path).replace(/\.gpkg$/iu, '')}.backups`);
}

/** The backups of a project, latest first. */
export function listBackups(path: string): BackupFile[] {
  const folder = backupFolder(path);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name): BackupFile[] => {
      const [, day, h, m, s, , reason] = NAME.exec(name) ?? [];
      if (day === undefined) return [];
      const file = join(folder, name);
      return [{ path: file, at: `${day}T${h}:${m}:${s}`, size: statSync(file).size, reason: reason as BackupReason }];
    })
    .sort((one, other) => (one.path < other.path ? 1 : -1));
}

/** No backup of this day yet? */
export function dailyBackupDue(path: string, today: string): boolean {
  return !listBackups(path).some((backup) => backup.at.startsWith(today));
}

function nameFor(today: string, reason: BackupReason, now = new Date()): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return `${today}T${time}-${String(now.getMilliseconds()).padStart(3, '0')}-${reason}.gpkg`;
}

/**
 * Copies the open project as last committed, verifies the copy and drops the oldest beyond ten. The copy is made by SQLite itself
 * (VACUUM INTO: a consistent snapshot, one file, no journal); better-sqlite3 offers the page-wise backup interface only asynchronously,
 * and a change must not begin before its backup is whole. See docs/decisions/0134.
 * @throws ProjectError 'disk-full', 'refused' when the copy does not verify
 */
export function backUpNow(db: Database.Database, path: string, reason: BackupReason, today: string): BackupFile {
  assertFreeSpace(path, statSync(path).size * ROOM_FOR_A_COPY);
  const folder = backupFolder(path);
  mkdirSync(folder, { recursive: true });
  const target = join(folder, nameFor(today, reason));
  const beside = `${target}.part`;
  try {
    db.prepare('VACUUM INTO ?').run(beside);
    verify(beside);
    renameSync(beside, target);
  } finally {
    rmSync(beside, { force: true });
  }
  const all = listBackups(path);
  for (const old of all.slice(KEPT)) rmSync(old.path, { force: true });
  const made = all.find((backup) => backup.path === target);
  if (made === undefined)
    throw new ProjectError('refused', `The backup "${target}" is not there after it was made.`, {
      reason: 'backup-gone',
      target,
    });
  return made;
}

function verify(path: string): void {
  const copy = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const result: unknown = copy.pragma('quick_check', { simple: true });
    if (result !== 'ok')
      throw new ProjectError('refused', `The backup could not be verified (${String(result)}): nothing was changed.`, {
        reason: 'backup-broken',
        path,
      });
  } finally {
    copy.close();
  }
}

/**
 * Puts a backup in the project's place; what was there is kept as a backup itself. The project must be closed.
 * @throws ProjectError 'in-use', 'not-found', 'not-a-project', 'disk-full', 'refused'
 */
export function restoreBackup(path: string, backup: string, today: string): void {
  probeFile(backup);
  verify(backup);
  const lock = takeLock(path, '');
  const beside = `${path}.restoring`;
  try {
    assertFreeSpace(path, statSync(backup).size * ROOM_FOR_A_COPY);
    copyFileSync(backup, beside);
    if (existsSync(path)) {
      const folder = backupFolder(path);
      mkdirSync(folder, { recursive: true });
      if (existsSync(`${path}-wal`) || existsSync(`${path}-journal`)) recoverFile(path);
      copyFileSync(path, join(folder, nameFor(today, 'restore')));
    }
    for (const suffix of ['-journal', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
    lock.release();
  }
}
