import { existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { GewuError } from '../api/error.ts';

/** Where a person's own projects go unless they say otherwise: `Gewu` in their documents, or in their home folder where there are none. */
export function projectsFolder(home: string): string {
  const documents = ['Documents', '文档'].map((name) => path.join(home, name)).find((folder) => existsSync(folder));
  return path.join(documents ?? home, 'Gewu');
}

/**
 * A file in a folder under a name a person typed.
 * @throws GewuError 'input' where the name would lead anywhere else
 */
export function fileIn(folder: string, name: string, extension = ''): string {
  const clean = !/[/\\:*?"<>|]/u.test(name) && Array.from(name).every((sign) => sign >= ' ');
  if (!clean || name.trim() === '' || /^\.+$/u.test(name.trim())) {
    throw new GewuError('input', `"${name}" cannot be the name of a file; leave out / \\ : * ? " < > |.`, {
      reason: 'file-name',
      name,
    });
  }
  const full = name.toLowerCase().endsWith(extension) ? name : `${name}${extension}`;
  return path.join(folder, full);
}

/** The folders a folder browser may show: the home folder and mounted media. Real paths, existing ones only. */
export function hostRoots(home: string, platform: NodeJS.Platform): string[] {
  return [home, ...mountedMedia(platform)].flatMap((folder) => {
    const real = realOrNull(folder);
    return real === null ? [] : [real];
  });
}

function mountedMedia(platform: NodeJS.Platform): string[] {
  if (platform === 'win32') return Array.from('DEFGHIJKLMNOPQRSTUVWXYZ', (letter) => `${letter}:\\`);
  if (platform === 'darwin') return foldersIn('/Volumes');
  const byUser = ['/media', '/run/media'].flatMap((top) => foldersIn(top).flatMap(foldersIn));
  return [...byUser, ...foldersIn('/mnt')];
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(folder, entry.name));
  } catch {
    // Not there, or not for this account to see: nothing to offer.
    return [];
  }
}

/**
 * The real path of a file or folder, every symbolic link followed, or null where it does not exist or lies outside of all roots.
 * `roots` are real paths.
 */
export function containedPath(candidate: string, roots: readonly string[]): string | null {
  const real = realOrNull(candidate);
  return real !== null && rootOf(real, roots) !== null ? real : null;
}

/** The root a real path lies in, or null. */
export function rootOf(real: string, roots: readonly string[]): string | null {
  return (
    roots.find((root) => real === root || real.startsWith(root.endsWith(path.sep) ? root : root + path.sep)) ?? null
  );
}

function realOrNull(candidate: string): string | null {
  try {
    return realpathSync(candidate);
  } catch {
    return null;
  }
}
