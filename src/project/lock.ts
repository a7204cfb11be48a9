import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { isMainThread, threadId } from 'node:worker_threads';
import { ProjectError } from './error.ts';

/** Who has a project open. `started` is the kernel's start time of that process, so that a reused process id is not mistaken for it. */
export interface LockHolder {
  pid: number;
  host: string;
  person: string;
  at: string;
  /** Its last sign of life: while it has the project it touches its lock. ISO 8601. */
  seen: string;
  /** On another computer, which can't be asked whether the process still runs. */
  elsewhere: boolean;
  /** Elsewhere, and silent for so long that a person may say it is gone. */
  quiet: boolean;
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

/** How often a holder shows that it lives. */
const BEAT_MS = 30_000;
/** Silent for so long, a holder elsewhere may be taken for gone; a long commit does not keep still that long. */
const QUIET_MS = 300_000;

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

function holderOf(path: string, record: LockRecord): LockHolder {
  const { pid, host, person, at } = record;
  const stat = statSync(lockPath(path), { throwIfNoEntry: false });
  // Gone this very moment: whoever had it was alive just now.
  const seen = stat?.mtime ?? new Date();
  const elsewhere = host !== hostname();
  // A clock ahead of ours says nothing; far ahead it is no sign of life either.
  const quiet = elsewhere && Math.abs(Date.now() - seen.getTime()) > QUIET_MS;
  const words = `${person} on ${host} (process ${pid})`;
  return { pid, host, person, at, seen: seen.toISOString(), elsewhere, quiet, words };
}

/** What a person is told who finds the project taken: who has it, and the ways there are. */
export function inUse(path: string, holder: LockHolder): ProjectError {
  const { elsewhere, quiet } = holder;
  const reason = quiet ? 'quiet' : elsewhere ? 'elsewhere' : undefined;
  const ways = quiet
    ? `last sign of life ${holder.seen}: close it there, or, if Gewu no longer runs there, take it over (--take-over)`
    : elsewhere
      ? `last sign of life ${holder.seen}: close it there first, or look only (--read-only)`
      : 'close it there first';
  return new ProjectError(
    'in-use',
    `"${path}" is in use by ${holder.words} since ${holder.at}${elsewhere ? ', ' : ': '}${ways}.`,
    {
      path,
      ...holder,
      ...(reason === undefined ? {} : { reason }),
    },
  );
}

/** The living holder of a project, or null. A lock left by a process that is gone counts for nothing. */
export function lockHolder(path: string): LockHolder | null {
  const record = readLock(path);
  return record !== null && isAlive(record) ? holderOf(path, record) : null;
}

/** Does this very process (any thread of it) hold the project? */
export function heldByThisProcess(path: string): boolean {
  const record = readLock(path);
  return record !== null && record.host === hostname() && record.pid === process.pid && isAlive(record);
}

export interface Lock {
  /** False once somebody took the project over: then nothing more may be written. */
  holds(): boolean;
  release(): void;
}

/**
 * Takes the project for this process. With `takeOver` a lock left by another computer that shows no life any more is put aside; one of a
 * living process never is.
 * @throws ProjectError 'in-use' naming who has it, from where and since when
 */
export function takeLock(path: string, person: string, takeOver = false): Lock {
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
      return held(path, token);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        // A full disk makes the file and then can't fill it.
        if (readLock(path) === null) rmSync(lockPath(path), { force: true });
        throw error;
      }
    }
    const holder = lockHolder(path);
    if (holder !== null && !(takeOver && holder.quiet)) throw inUse(path, holder);
    clearStale(path);
  }
  throw new ProjectError('in-use', `"${path}" is being opened by another process this moment: try again.`, {
    reason: 'opening',
    path,
  });
}

/** The lock as its holder has it: touched now and then, so that others see that somebody lives. */
function held(path: string, token: string): Lock {
  const holds = () => readLock(path)?.token === token;
  const beat = setInterval(() => {
    try {
      const now = new Date();
      if (holds()) utimesSync(lockPath(path), now, now);
    } catch {
      // The place is away for a moment; the next beat tries again, and a write says what is wrong.
    }
  }, BEAT_MS);
  beat.unref();
  return {
    holds,
    release() {
      clearInterval(beat);
      releaseLock(path, token);
    },
  };
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
