import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { Database } from 'better-sqlite3';
import { isPhotoName } from '../model/photos.ts';

/**
 * Made with the first photo, so that projects without any stay as they are. `way` is what a delivery called it, below the number of its
 * batch; `file` where the bytes lie below the folder of photos: the same bytes under several names lie there once.
 */
const TABLE_SQL = `CREATE TABLE IF NOT EXISTS gewu_photo (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  way TEXT NOT NULL UNIQUE,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  batch_id INTEGER NOT NULL,
  added_at TEXT NOT NULL
)`;

function hasTable(db: Database): boolean {
  return db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'gewu_photo'`).get() !== undefined;
}

/** `<project>.photos` beside `<project>.gpkg`. */
export function photosFolder(project: string): string {
  return `${resolve(project).replace(/\.gpkg$/iu, '')}.photos`;
}

/** Photos of one batch lie in a folder of their own, so that what a stopped staging left can be taken away whole. */
function batchPhotosFolder(project: string, batchId: number): string {
  return join(photosFolder(project), String(batchId));
}

export interface KeptPhoto {
  id: number;
  /** Way below the folder of photos, '/'-separated. */
  way: string;
  size: number;
}

/** The latest first. */
export function listPhotos(db: Database): KeptPhoto[] {
  if (!hasTable(db)) return [];
  return db.prepare<[], KeptPhoto>(`SELECT id, way, size FROM gewu_photo ORDER BY id DESC`).all();
}

/** How many photos there are and the last of them: when it changes, lists of photos are made anew. */
export function photosMark(db: Database): string {
  if (!hasTable(db)) return '';
  return db.prepare<[], string>(`SELECT count(*) || ' ' || coalesce(max(id), 0) FROM gewu_photo`).pluck().get() ?? '';
}

/**
 * The file of a kept photo, or null where it is not there: nothing outside the folder of photos (links followed) and nothing but photos,
 * whatever a project from elsewhere says.
 */
export function photoFile(db: Database, project: string, id: number): string | null {
  if (!hasTable(db)) return null;
  const file = db.prepare<[number], string>(`SELECT file FROM gewu_photo WHERE id = ?`).pluck().get(id);
  return file === undefined ? null : contained(project, file);
}

function contained(project: string, way: string): string | null {
  if (!isPhotoName(way)) return null;
  try {
    const root = realpathSync(photosFolder(project));
    const file = realpathSync(join(root, ...way.split('/')));
    return file.startsWith(root + sep) && statSync(file).isFile() ? file : null;
  } catch {
    // Not there, or no usable path.
    return null;
  }
}

/** One file of a delivery, read in pieces. */
export interface PhotoSource {
  name: string;
  bytes: { readonly size: number; slice(start: number, end: number): Uint8Array };
}

export interface CopiedPhoto {
  way: string;
  /** Where its bytes lie: at its own way, or where they were already. */
  file: string;
  sha256: string;
  size: number;
}

const PIECE = 1 << 20;

/**
 * Copies a photo into the folder of its batch: written beside its place, on the disk before it is renamed. `taken` holds the ways in that
 * folder, lower case. Bytes that lie there already, told by `known`, are not kept twice.
 */
export function copyPhoto(
  project: string,
  batchId: number,
  photo: PhotoSource,
  taken: Set<string>,
  known: (sha256: string) => string | null,
): CopiedPhoto {
  const folder = batchPhotosFolder(project, batchId);
  mkdirSync(folder, { recursive: true });
  const work = join(folder, `.new-${randomUUID()}`);
  try {
    const { sha256, size } = writeDown(work, photo);
    const steps = uniqueWay(containedSteps(photo.name), taken);
    const way = `${batchId}/${steps.join('/')}`;
    const there = known(sha256);
    if (there !== null) return { way, file: there, sha256, size };
    mkdirSync(join(folder, ...steps.slice(0, -1)), { recursive: true });
    renameSync(work, join(folder, ...steps));
    return { way, file: way, sha256, size };
  } finally {
    rmSync(work, { force: true });
  }
}

function writeDown(path: string, { bytes }: PhotoSource): { sha256: string; size: number } {
  const hash = createHash('sha256');
  const out = openSync(path, 'wx');
  let size = 0;
  try {
    for (let at = 0; at < bytes.size; at += PIECE) {
      const piece = bytes.slice(at, Math.min(bytes.size, at + PIECE));
      hash.update(piece);
      writeSync(out, piece);
      size += piece.length;
    }
    fsyncSync(out);
  } finally {
    closeSync(out);
  }
  return { sha256: hash.digest('hex'), size };
}

/** Names that Windows keeps for devices, with or without an ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;
const LONGEST_STEP = 120;

/** A delivered way as steps that any disk takes and that stay below where they begin. */
function containedSteps(name: string): string[] {
  const steps = name
    .split(/[/\\]+/u)
    .filter((step) => !/^\.*$/u.test(step.trim()))
    .map(safeStep);
  return steps.length === 0 ? ['photo'] : steps.slice(-8);
}

function safeStep(step: string): string {
  const plain = step
    .normalize('NFC')
    .replaceAll(/[<>:"|?*\p{Cc}]/gu, '_')
    .trim()
    .replace(/^\.+|[. ]+$/gu, '_');
  const ending = /\.[^.]{1,8}$/u.exec(plain)?.[0] ?? '';
  const stem = Array.from(plain.slice(0, plain.length - ending.length))
    .slice(0, LONGEST_STEP / 2)
    .join('');
  return RESERVED.test(stem + ending) ? `_${stem}${ending}` : stem + ending;
}

function uniqueWay(steps: string[], taken: Set<string>): string[] {
  const last = steps.at(-1) ?? '';
  const ending = /\.[^.]{1,8}$/u.exec(last)?.[0] ?? '';
  for (let n = 1; ; n++) {
    const name = n === 1 ? last : `${last.slice(0, last.length - ending.length)} (${n})${ending}`;
    const way = [...steps.slice(0, -1), name];
    const key = way.join('/').toLowerCase();
    if (taken.has(key)) continue;
    taken.add(key);
    return way;
  }
}

/** Where photo bytes of this digest lie, noted and there; null where nowhere. */
export function knownPhoto(db: Database, sha256: string): string | null {
  if (!hasTable(db)) return null;
  const file = db.prepare<[string], string>(`SELECT file FROM gewu_photo WHERE sha256 = ? LIMIT 1`).pluck().get(sha256);
  return file !== undefined && contained(db.name, file) !== null ? file : null;
}

/** Where the bytes of a kept photo are read from, whatever delivery brought them; null where they are not there. */
export function keptPhotoPath(db: Database, sha256: string): string | null {
  const file = knownPhoto(db, sha256);
  return file === null ? null : contained(db.name, file);
}

/** Notes copied photos; the caller holds the transaction. Those noted before whose bytes were gone have them again. */
export function notePhotos(db: Database, batchId: number, photos: readonly CopiedPhoto[], addedAt: string): void {
  db.exec(TABLE_SQL);
  const insert = db.prepare(
    `INSERT INTO gewu_photo (way, file, sha256, size, batch_id, added_at) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const healed = db.prepare(`UPDATE gewu_photo SET file = ? WHERE sha256 = ? AND file <> ?`);
  for (const { way, file, sha256, size } of photos) {
    insert.run(way, file, sha256, size, batchId, addedAt);
    healed.run(file, sha256, file);
  }
}

/** Takes away what a staging that was stopped or died had copied, and what is noted of it. */
export function dropBatchPhotos(db: Database, batchId: number): void {
  if (hasTable(db)) db.prepare(`DELETE FROM gewu_photo WHERE batch_id = ?`).run(batchId);
  rmSync(batchPhotosFolder(db.name, batchId), { recursive: true, force: true });
}
