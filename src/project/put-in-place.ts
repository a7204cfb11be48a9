import { renameSync, rmSync } from 'node:fs';
import { ProjectError } from './error.ts';
import { heldByThisProcess, lockHolder, takeLock } from './lock.ts';

/** What SQLite leaves beside a file after a crash. Beside another file of that name it would be played into it. */
const JOURNALS = ['-journal', '-wal', '-shm'];

/**
 * Puts a whole project file in its place by renaming, over a project that may be there; what a crash left beside that one goes with it.
 * `person` is named to whoever asks for the project meanwhile.
 * @throws ProjectError 'in-use' where anybody has the project at that place open
 */
export function putInPlace(file: string, place: string, person: string): void {
  const lock = takeLock(place, person);
  try {
    for (const suffix of JOURNALS) rmSync(place + suffix, { force: true });
    renameSync(file, place);
  } finally {
    lock.release();
  }
}

/** @throws ProjectError 'in-use' where another process has the project open */
export function refuseHeldElsewhere(path: string): void {
  const holder = lockHolder(path);
  if (holder === null || heldByThisProcess(path)) return;
  throw new ProjectError('in-use', `"${path}" is in use by ${holder.words}: close it there first.`, {
    path,
    ...holder,
  });
}
