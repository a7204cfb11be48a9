import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { GewuError } from '../api/error.ts';
import type { FileRef, Target } from '../api/shared.ts';
import type { LaneContext } from './lanes/context.ts';

/** What writing a file needs of the job it runs in. */
export type WriteContext = Pick<LaneContext, 'files' | 'newFile' | 'temp'> & {
  project: Pick<LaneContext['project'], 'path'>;
};

/** What a writer answers: the files it wrote, all beside the path it was given, and how many rows. */
export interface Written {
  files: string[];
  rows: number;
}

/**
 * Lets a job write what a person asked for: into a folder beside the final place, renamed when whole, so that an existing file stays as
 * it was when anything fails; or into a temporary folder, offered as a download.
 * @throws GewuError 'exists' where the target is there and `force` was not given, or is a folder where a file would go (or a file for a
 *   folder); 'refused' where it is the open project
 */
export async function writeTo<T extends Written>(
  ctx: WriteContext,
  target: Target,
  write: (path: string) => Promise<T>,
): Promise<Omit<T, 'files'> & { files: FileRef[] }> {
  const place = placeOf(ctx, target);
  const work = mkdtempSync(path.join(place.folder, '.gewu-'));
  try {
    const done = await write(path.join(work, place.name));
    const files = moveUp(work, place).map((file) => ctx.newFile(file));
    return { ...done, files };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

interface Place {
  folder: string;
  name: string;
  force: boolean;
  /** The open project: nothing is ever written over it. */
  project: string;
}

function placeOf(ctx: WriteContext, target: Target): Place {
  const project = ctx.project.path;
  if ('download' in target) {
    mkdirSync(ctx.temp, { recursive: true });
    const folder = mkdtempSync(path.join(ctx.temp, 'download-'));
    return { folder, name: safeName(target.download), force: true, project };
  }
  const folder = ctx.files.path(target.folder.ref);
  const place = { folder, name: safeName(target.name), force: target.force === true, project };
  mkdirSync(folder, { recursive: true });
  refuseExisting(place, place.name);
  return place;
}

/** A name, never a path. */
function safeName(name: string): string {
  const base = path.basename(name.replaceAll('\\', '/'));
  if (base === '' || base === '.' || base === '..')
    throw new GewuError('input', `${name} is no file name.`, { reason: 'file-name', name });
  return base;
}

/** @throws GewuError 'exists' without `force`; 'refused' where the open project lies, with or without it */
function refuseExisting({ folder, force, project }: Place, name: string): void {
  const full = path.join(folder, name);
  if (!existsSync(full)) return;
  if (realpathSync(full) === realpathSync(project)) {
    throw new GewuError('refused', `${full} is the project itself; choose another name.`, {
      reason: 'is-project',
      file: full,
      name,
    });
  }
  if (force) return;
  throw new GewuError('exists', `${full} is already there; choose another name or overwrite it (--force).`, {
    path: full,
    file: full,
    name,
  });
}

/** Everything written goes to its place by renaming. All names are looked at before the first is moved. */
function moveUp(work: string, place: Place): string[] {
  const moves = readdirSync(work).flatMap((name) => movesOf(work, place, name));
  for (const { from, to } of moves) {
    mkdirSync(path.dirname(to), { recursive: true });
    renameSync(from, to);
  }
  return moves.map(({ to }) => to);
}

/** A folder is told by what is in it. In one that is there already only files of the same names are replaced. */
function movesOf(work: string, place: Place, name: string): { from: string; to: string }[] {
  const from = path.join(work, name);
  const to = path.join(place.folder, name);
  const folder = statSync(from).isDirectory();
  refuseExisting(place, name);
  const there = statSync(to, { throwIfNoEntry: false });
  if (there !== undefined && there.isDirectory() !== folder) throw otherKind(to, name, folder);
  if (!folder) return [{ from, to }];
  return readdirSync(from).flatMap((inside) => movesOf(from, { ...place, folder: to }, inside));
}

/** A file where a folder would go, or the other way round: replacing one by the other would lose what is there. */
function otherKind(to: string, name: string, folder: boolean): GewuError {
  const words = folder
    ? 'is a file, and this would become a folder; choose another name, or one ending as the format does'
    : 'is a folder, and this would become a file; choose another name';
  return new GewuError('exists', `${to} ${words}.`, { reason: 'other-kind', file: to, name });
}
