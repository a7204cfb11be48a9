import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { readHeader } from './header.ts';
import { setMeta } from './meta.ts';

/** Value of `gewu_meta.counter` while Gewu has the file open, and after a crash: the header's counter says nothing then. */
export const COUNTER_OPEN = 'open';

/**
 * Writes down the change counter the file will have at rest, as the last change before closing. The file must be closed and in DELETE
 * mode: there every transaction adds exactly one to the counter, this one too.
 */
export function sealFile(path: string): void {
  const counter = (readHeader(path).changeCounter + 1) % 0x1_0000_0000;
  const db = new Database(path, { fileMustExist: true });
  try {
    db.pragma('synchronous = FULL');
    db.pragma('trusted_schema = OFF');
    setMeta(db, 'counter', String(counter));
  } finally {
    db.close();
  }
}

/**
 * Brings a file a crash left in WAL mode back to one file at rest. The caller holds the lock. `far`: without shared memory, which can't be
 * relied on over a network; the log's index then lies in memory, and the file a crash left of it is taken away.
 */
export function recoverFile(path: string, far = false): void {
  const db = new Database(path, { fileMustExist: true });
  try {
    db.pragma('trusted_schema = OFF');
    if (far) db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
  if (far) rmSync(`${path}-shm`, { force: true });
}
