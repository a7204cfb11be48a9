import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/paths.mjs';

/** A hash over the names and contents of all files under the given files and folders. What does not exist counts as absent. */
export function fingerprint(paths: string[]): string {
  const hash = createHash('sha256');
  const add = (path: string) => {
    const found = statSync(join(root, path), { throwIfNoEntry: false });
    if (!found) return;
    if (found.isDirectory()) {
      for (const name of readdirSync(join(root, path)).toSorted()) add(`${path}/${name}`);
      return;
    }
    hash.update(`${path}\0${found.size}\0`).update(readFileSync(join(root, path)));
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}
