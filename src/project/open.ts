import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { backUpNow } from './backup.ts';
import { compareSchema, restoreMissing, unknownReason } from './compare-schema.ts';
import { ProjectError, sqliteCode } from './error.ts';
import { pickUpForeign } from './foreign.ts';
import { heldByThisProcess, inUse, lockHolder, takeLock, type Lock } from './lock.ts';
import { isNetworkPath, isReadOnlyPlace } from './media.ts';
import { getMeta, setMeta } from './meta.ts';
import { migrate } from './migrations/index.ts';
import { assertTables, probeFile, probeInside } from './probe.ts';
import { ProjectFile, type FileState } from './project-file.ts';
import type { ReadOnlyReason } from './info.ts';
import { SCHEMA_VERSION } from './schema/schema.ts';
import { registerStFunctions } from './schema/st-functions.ts';
import { COUNTER_OPEN, recoverFile, sealFile } from './seal.ts';

export interface OpenOptions {
  mode: 'write' | 'read';
  /** Named in the lock, so that others see who has the file open. */
  person?: string;
  /** Today, ISO 8601: the day the stored clarity is for. */
  today: string;
  /** An older layout is only migrated when a person agreed; else 'migration-needed' is thrown. */
  migrate?: boolean;
  /** For reading only, beside whoever has it: nothing is written, no lock taken. */
  beside?: boolean;
  /** A person said that a holder elsewhere that shows no life is gone. */
  takeOver?: boolean;
  /** Does the file lie on a network path? Asked of the system unless a test says so. */
  network?: (path: string) => boolean;
  /** Look at this instead of the real disk; for tests. */
  free?: (path: string) => number;
}

/** Milliseconds SQLite waits for another connection before it gives up. */
const BUSY_TIMEOUT = 10_000;
const CACHE_KIB = 65_536;

/**
 * Opens a project. In 'write' mode: takes the lock, recovers what a crash left, compares every trigger and view before any write, restores
 * missing index triggers, makes edits of other programs a revision, brings clarity to today. In 'read' mode nothing is written.
 * @throws ProjectError 'not-found', 'not-a-project', 'newer-file', 'migration-needed', 'in-use'
 */
export function openProject(path: string, options: OpenOptions): ProjectFile {
  const full = resolve(path);
  return options.mode === 'write' ? openForWriting(full, options) : openForReading(full, options);
}

function openForReading(path: string, options: OpenOptions): ProjectFile {
  const ownWriter = heldByThisProcess(path);
  if (!ownWriter) {
    const holder = lockHolder(path);
    if (holder !== null && options.beside !== true) throw inUse(path, holder);
    if (holder === null && probeFile(path).wal && !isReadOnlyPlace(path)) recoverLocked(path, options.person ?? '');
  }
  return connected(path, { readonly: true }, (db) => readOnlyFile(db, path, options, null));
}

function readOnlyFile(
  db: Database.Database,
  path: string,
  options: OpenOptions,
  reason: ReadOnlyReason | null,
): ProjectFile {
  probeInside(db, path);
  assertTables(db, path);
  const state = stateOf(options, reason, false, (each) => each.close());
  return new ProjectFile(db, path, state);
}

function openForWriting(path: string, options: OpenOptions): ProjectFile {
  // Held by this very process: looking at the header would drop the locks of the connection that is open.
  if (heldByThisProcess(path)) takeLock(path, options.person ?? '').release();
  const outside = probeFile(path);
  if (options.beside === true) {
    const reason = readBeside(path);
    const how = { readonly: true, memory: outside.wal && isReadOnlyPlace(path) };
    return connected(path, how, (db) => readOnlyFile(db, path, options, reason));
  }
  if (isReadOnlyPlace(path)) {
    // Where nothing can be written, SQLite can't read a file in WAL mode in place.
    const how = { readonly: true, memory: outside.wal };
    return connected(path, how, (db) => readOnlyFile(db, path, options, readOnlyMedia(path)));
  }
  const lock = takeLock(path, options.person ?? '', options.takeOver === true);
  try {
    // Anew, now that nobody else can change it.
    const header = probeFile(path);
    // WAL is never worked with over a network, not even a log that a crash left: it is folded back first.
    if (header.wal && isFar(path, options)) recoverFile(path, true);
    return connected(path, { readonly: false }, (db) => begin(db, path, header.changeCounter, options, lock));
  } catch (error) {
    lock.release();
    throw error;
  }
}

function isFar(path: string, options: OpenOptions): boolean {
  return (options.network ?? isNetworkPath)(path);
}

function begin(db: Database.Database, path: string, counter: number, options: OpenOptions, lock: Lock): ProjectFile {
  const version = probeInside(db, path);
  const findings = compareSchema(db);
  if (findings.unknown.length > 0) {
    const state = stateOf(options, unknownReason(findings.unknown), false, (each) => {
      each.close();
      lock.release();
    });
    return new ProjectFile(db, path, state);
  }
  registerStFunctions(db);
  db.pragma('trusted_schema = ON');
  if (version < SCHEMA_VERSION) migrateFile(db, path, version, options);
  assertTables(db, path);
  const network = isFar(path, options);
  const left = getMeta(db, 'counter');
  inOneTransaction(db, () => {
    restoreMissing(db, findings.missing);
    setMeta(db, 'counter', COUNTER_OPEN);
  });
  if (!network) db.pragma('journal_mode = WAL');
  const state = stateOf(options, null, network, (each) => endAtRest(each, path, lock));
  state.holds = () => lock.holds();
  const file = new ProjectFile(db, path, state);
  const moved = left !== COUNTER_OPEN && left !== String(counter);
  state.foreign = pickUpForeign(file, moved || findings.missing.length > 0);
  file.newDay(options.today);
  return file;
}

function stateOf(
  options: OpenOptions,
  readOnly: ReadOnlyReason | null,
  network: boolean,
  end: FileState['end'],
): FileState {
  return {
    mode: options.mode,
    today: options.today,
    readOnly,
    foreign: null,
    network,
    backUpDue: false,
    end,
    ...(options.free === undefined ? {} : { free: options.free }),
  };
}

function readBeside(path: string): ReadOnlyReason {
  const holder = lockHolder(path);
  const who = holder === null ? '' : `, while ${holder.words} has it`;
  return {
    code: 'opened-beside',
    message: `"${path}" is open for reading only${who}: open it again to change it once it is free.`,
    data: { path, ...holder },
  };
}

function readOnlyMedia(path: string): ReadOnlyReason {
  return {
    code: 'read-only-media',
    message: `"${path}" lies where nothing can be written: it is open for reading only; copy it to a disk to go on working.`,
    data: { path, folder: dirname(path) },
  };
}

/** A connection on which no trigger or view may yet call a function of ours: first all of them are compared. */
function connect(path: string, readonly: boolean, memory: boolean): Database.Database {
  if (!memory) return new Database(path, { readonly, fileMustExist: true, timeout: BUSY_TIMEOUT });
  const bytes = readFileSync(path);
  // File format versions 2 mean WAL; 1 the rollback journal, which needs no second file to read.
  bytes.fill(1, 18, 20);
  return new Database(bytes, { readonly: true });
}

function settings(db: Database.Database, readonly: boolean): void {
  db.pragma('trusted_schema = OFF');
  db.pragma('foreign_keys = ON');
  db.pragma(`cache_size = -${CACHE_KIB}`);
  // Not the build's default in WAL mode, which may lose an acknowledged change on a power cut.
  if (!readonly) db.pragma('synchronous = FULL');
}

interface Connecting {
  readonly: boolean;
  /** Read the bytes instead of opening the file in place. */
  memory?: boolean;
}

/** Opens, works, and closes again when what follows refuses the file, saying why in one sentence. */
function connected(path: string, how: Connecting, work: (db: Database.Database) => ProjectFile): ProjectFile {
  const db = connect(path, how.readonly, how.memory === true);
  try {
    settings(db, how.readonly);
    return work(db);
  } catch (error) {
    db.close();
    throw understoodOpening(error, path);
  }
}

function understoodOpening(error: unknown, path: string): unknown {
  const code = sqliteCode(error);
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED')
    return new ProjectError(
      'in-use',
      `"${path}" is being used by another program: close it there and try again.`,
      { path },
      error,
    );
  if (code?.startsWith('SQLITE_CORRUPT') === true || code === 'SQLITE_NOTADB')
    return new ProjectError(
      'not-a-project',
      `"${path}" is damaged and can't be read: restore a backup.`,
      { path, reason: 'damaged' },
      error,
    );
  return error;
}

function inOneTransaction(db: Database.Database, work: () => void): void {
  db.transaction(() => {
    db.exec('INSERT INTO gewu_writing (id) VALUES (1)');
    work();
    db.exec('DELETE FROM gewu_writing');
  }).immediate();
}

function recoverLocked(path: string, person: string): void {
  const lock = takeLock(path, person);
  try {
    recoverFile(path);
  } finally {
    lock.release();
  }
}

function migrateFile(db: Database.Database, path: string, version: number, options: OpenOptions): void {
  if (options.migrate !== true)
    throw new ProjectError(
      'migration-needed',
      `"${path}" was made by an older Gewu (layout ${version}): it must be brought to layout ${SCHEMA_VERSION}; a backup is made first.`,
      { path, version, known: SCHEMA_VERSION },
    );
  backUpNow(db, path, 'migration', options.today);
  inOneTransaction(db, () => setMeta(db, 'schema_version', String(migrate(db, version))));
}

/** Milliseconds closing waits for readers of the same process that should have gone first. */
const CLOSING_TIMEOUT = 2000;

function endAtRest(db: Database.Database, path: string, lock: Lock): void {
  try {
    // Somebody took it over: the file at rest is theirs to leave.
    if (!lock.holds()) return;
    db.pragma(`busy_timeout = ${CLOSING_TIMEOUT}`);
    const atRest = toOneFile(db);
    db.close();
    if (atRest) sealFile(path);
  } finally {
    if (db.open) db.close();
    lock.release();
  }
}

/** False when a reader is still there: the file then stays in WAL mode, whole, and the next opening puts it right. */
function toOneFile(db: Database.Database): boolean {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
    return db.pragma('journal_mode = DELETE', { simple: true }) === 'delete';
  } catch (error) {
    const code = sqliteCode(error);
    if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') return false;
    throw error;
  }
}
