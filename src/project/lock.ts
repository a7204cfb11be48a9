import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { isMainThread, threadId } from 'node:worker_threads';
import { ProjectError } from './error.ts';

/** Who has a project open. `started` is the kernel's start time of that process, so that a reused process id is not mistaken for it. */
export interface LockHolder {
  pid: number;
  host: string;
  person: string;
  at: string;
  /** The holder in a few words, for a sentence. */
  words: string;
}
interface LockRecord {
  token: string;
  pid: number;
  started: string | null;
  host: string;
  person: string;
  at: string;
}

export function lockPath(path: string): string {
  return `${path}.lock`;
}

function startOf(pid: number): string | null {
  if (process.platform !== 'linux') return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 22, counted after the name in brackets, which may hold blanks itself.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isAlive(record: LockRecord): boolean {
  // Another machine can't be asked; its lock stands until it goes.
  if (record.host !== hostname()) return true;
  try {
    process.kill(record.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return record.started === null || startOf(record.pid) === record.started;
}

function readLock(path: string): LockRecord | null {
  try {
    const parsed: unknown = JSON.parse(readFileSync(lockPath(path), 'utf8'));
    if (typeof parsed === 'object' && parsed !== null && 'pid' in parsed && 'token' in parsed)
      return parsed as LockRecord;
    return null;
  } catch (error) {
    // Missing, or cut short by a crash in the moment it was made: nobody holds it.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function holderOf(record: LockRecord): LockHolder {
  const { pid, host, person, at } = record;
  return { pid, host, person, at, words: `${person} on ${host} (process ${pid})` };
}

/** The living holder of a project, or null. A lock left by a process that is gone counts for nothing. */
export function lockHolder(path: string): LockHolder | null {
  const record = readLock(path);
  return record !== null && isAlive(record) ? holderOf(record) : null;
}

/** Does this very process (any thread of it) hold the project? */
export function heldByThisProcess(path: string): boolean {
  const record = readLock(path);
  return record !== null && record.host === hostname() && record.pid === process.pid && isAlive(record);
}

export interface Lock {
  release(): void;
}

/**
 * Takes the project for this process.
 * @throws ProjectError 'in-use' naming who has it, from where and since when
 */
export function takeLock(path: string, person: string): Lock {
  const token = randomUUID();
  const record: LockRecord = {
    token,
    pid: process.pid,
    started: startOf(process.pid),
    host: hostname(),
    person: person === '' ? `thread ${isMainThread ? 0 : threadId}` : person,
    at: new Date().toISOString(),
  };
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(lockPath(path), JSON.stringify(record), { flag: 'wx' });
      return { release: () => releaseLock(path, token) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        // A full disk makes the file and then can't fill it.
        if (readLock(path) === null) rmSync(lockPath(path), { force: true });
        throw error;
      }
    }
    const holder = lockHolder(path);
    if (holder !== null) {
      throw new ProjectError(
        'in-use',
        `"${path}" is in use by ${holder.words} since ${holder.at}: close it there first.`,
        { path, ...holder },
      );
    }
    clearStale(path);
  }
  throw new ProjectError('in-use', `"${path}" is being opened by another process this moment: try again.`, { path });
}

/** Takes away the lock of a thread of this process that died without letting go. The caller knows that it is dead. */
export function dropOwnLock(path: string): void {
  if (heldByThisProcess(path)) clearStale(path);
}

/** Moves a dead lock aside before deleting it, so that of two processes only one takes it away. */
function clearStale(path: string): void {
  const aside = `${lockPath(path)}-${randomUUID().slice(0, 8)}`;
  try {
    renameSync(lockPath(path), aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  rmSync(aside, { force: true });
}

function releaseLock(path: string, token: string): void {
  if (readLock(path)?.token === token) rmSync(lockPath(path), { force: true });
}
