import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { GewuError } from '../api/error.ts';
import type { FileRef, Target } from '../api/shared.ts';
import type { LaneContext } from './lanes/context.ts';

/** What a writer answers: the files it wrote, all beside the path it was given, and how many rows. */
export interface Written {
  files: string[];
  rows: number;
}

/**
 * Lets a job write what a person asked for: into a folder beside the final place, renamed when whole, so that an existing file stays as
 * it was when anything fails; or into a temporary folder, offered as a download.
 * @throws GewuError 'exists' where the target is there and `force` was not given
 */
export async function writeTo<T extends Written>(
  ctx: LaneContext,
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
}

function placeOf(ctx: LaneContext, target: Target): Place {
  if ('download' in target) {
    mkdirSync(ctx.temp, { recursive: true });
    return { folder: mkdtempSync(path.join(ctx.temp, 'download-')), name: safeName(target.download), force: true };
  }
  const folder = ctx.files.path(target.folder.ref);
  const place = { folder, name: safeName(target.name), force: target.force === true };
  mkdirSync(folder, { recursive: true });
  refuseExisting(place, place.name);
  return place;
}

/** A name, never a path. */
function safeName(name: string): string {
  const base = path.basename(name.replaceAll('\\', '/'));
  if (base === '' || base === '.' || base === '..') throw new GewuError('input', `${name} is no file name.`, { name });
  return base;
}

function refuseExisting({ folder, force }: Place, name: string): void {
  const full = path.join(folder, name);
  if (force || !existsSync(full)) return;
  throw new GewuError('exists', `${full} is already there; choose another name or overwrite it (--force).`, {
    file: full,
    name,
  });
}

/** Everything written goes to its place by renaming. All names are looked at before the first is moved. */
function moveUp(work: string, place: Place): string[] {
  const names = readdirSync(work);
  for (const name of names) refuseExisting(place, name);
  return names.flatMap((name) => {
    const full = path.join(place.folder, name);
    rmSync(full, { recursive: true, force: true });
    renameSync(path.join(work, name), full);
    // A folder is told by what is in it.
    return statSync(full).isDirectory() ? readdirSync(full).map((inside) => path.join(full, inside)) : [full];
  });
}
