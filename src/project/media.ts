import { accessSync, constants, readFileSync, realpathSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ProjectError } from './error.ts';

/** File systems reached over a network, and those in user space, on which shared memory between programs can't be relied on. */
const NETWORK_TYPES =
  /^(nfs4?|cifs|smb\d?|smbfs|ncpfs|afs|afpfs|9p|ceph|glusterfs|lustre|davfs2?|webdav|sshfs|fuse(\..*|blk)?)$/u;

interface Mount {
  at: string;
  type: string;
}

/** Lines of /proc/mounts; octal escapes stand for blanks in the place. */
export function parseMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [, at, type] = line.split(' ');
    if (at === undefined || type === undefined) return [];
    return [
      { at: at.replaceAll(/\\([0-7]{3})/gu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8))), type },
    ];
  });
}

/** Does a file lie on a network file system by this table of mounts? The longest mount that holds it decides. */
export function onNetworkMount(path: string, mounts: readonly Mount[]): boolean {
  let best: Mount | null = null;
  for (const mount of mounts) {
    const inside = mount.at === '/' || path === mount.at || path.startsWith(`${mount.at}/`);
    if (inside && mount.at.length >= (best?.at.length ?? 0)) best = mount;
  }
  return best !== null && NETWORK_TYPES.test(best.type);
}

/** UNC, mapped drive, nfs, smb or fuse: places where WAL must not be used. */
export function isNetworkPath(path: string): boolean {
  const folder = dirname(resolve(path));
  if (process.platform === 'win32') {
    // A mapped drive resolves to the UNC path behind it.
    return [folder, realpathSync.native(folder)].some((each) => each.startsWith('\\\\') && !each.startsWith('\\\\?\\'));
  }
  if (process.platform === 'darwin') return folder.startsWith('/Volumes/');
  return onNetworkMount(realpathSync(folder), parseMounts(readFileSync('/proc/mounts', 'utf8')));
}

/** Neither the file nor its folder can be written: a DVD, a write-protected stick, somebody else's folder. */
export function isReadOnlyPlace(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(resolve(path)), constants.W_OK);
    return false;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return true;
    throw error;
  }
}

/** Bytes a person may still write where a file lies. */
export function freeBytes(path: string): number {
  const stats = statfsSync(dirname(resolve(path)));
  return stats.bavail * stats.bsize;
}

/**
 * Refuses a write before it starts where the disk could not take it.
 * @throws ProjectError 'disk-full' with the bytes needed and free
 */
export function assertFreeSpace(path: string, needed: number, free: (path: string) => number = freeBytes): void {
  const there = free(path);
  if (there >= needed) return;
  const mb = (bytes: number): string => (bytes / 1e6).toFixed(1);
  throw new ProjectError(
    'disk-full',
    `The disk of "${path}" is full: ${mb(needed)} MB are needed and ${mb(there)} MB are free. Nothing was changed; make room and try again.`,
    { path, needed, free: there },
  );
}
