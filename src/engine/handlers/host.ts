import { readdirSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';
import { GewuError } from '../../api/error.ts';
import type { HostEntry, HostListing } from '../../api/project.ts';
import type { FileRegistry } from '../files.ts';
import { containedPath, hostRoots, rootOf } from '../places.ts';

/**
 * One folder of this computer, for shells without native dialogs. Nothing outside the home folder and mounted media is shown, a symbolic
 * link that leads out neither; hidden files are left out.
 * @throws GewuError 'not-found' where the folder is gone or not to be shown
 */
export function listFolder(files: FileRegistry, home: string, folder: string | null): HostListing {
  const roots = hostRoots(home, process.platform);
  const real = containedPath(folder ?? home, roots);
  if (real === null || !statSync(real).isDirectory()) {
    throw new GewuError('not-found', 'This folder is not there, or lies outside the home folder and mounted media.', {
      reason: 'folder-outside',
    });
  }
  const entries = readdirSync(real)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => entryOf(files, path.join(real, name), roots))
    .toSorted((a, b) => order(a, b));
  return {
    folder: files.add(real),
    trail: trailTo(files, real, roots),
    roots: roots.map((root) => files.add(root)),
    entries,
  };
}

function entryOf(files: FileRegistry, full: string, roots: readonly string[]): HostEntry[] {
  const real = containedPath(full, roots);
  if (real === null) return [];
  const stat: Stats | undefined = statSync(real, { throwIfNoEntry: false });
  if (stat === undefined || !(stat.isDirectory() || stat.isFile())) return [];
  const kind = stat.isDirectory() ? 'folder' : 'file';
  return [{ file: files.add(full), kind, size: stat.size, modified: stat.mtime.toISOString() }];
}

function order(a: HostEntry, b: HostEntry): number {
  if (a.kind !== b.kind) return a.kind === 'folder' ? -1 : 1;
  return a.file.name.localeCompare(b.file.name, 'zh-CN', { numeric: true });
}

function trailTo(files: FileRegistry, real: string, roots: readonly string[]) {
  const root = rootOf(real, roots) ?? real;
  const steps = path
    .relative(root, real)
    .split(path.sep)
    .filter((step) => step !== '');
  return [root, ...steps.map((_, i) => path.join(root, ...steps.slice(0, i + 1)))].map((folder) => files.add(folder));
}
