import type { Database } from 'better-sqlite3';
import type { CellValue } from '../model/component.ts';
import { ProjectError, sqliteCode } from './error.ts';
import { backUpNow, dailyBackupDue } from './backup.ts';
import { derive, deriveForDay, type Moved } from './derive.ts';
import { assertFreeSpace, freeBytes } from './media.ts';
import { getMeta, setMeta } from './meta.ts';
import { projectInfo, type FileInfo, type ForeignReport, type ReadOnlyReason } from './info.ts';
import { noteExtents } from './contents.ts';
import { Recorder, type RevisionTx } from './recorder.ts';
import type { TableWriter } from './table-writer.ts';

export interface RevisionMeta {
  /** Contract name of the command. */
  command: string;
  input?: unknown;
  /** What the words need: {column, count, code, from, to …}. */
  summary?: Record<string, CellValue>;
  person: string;
  window?: string | null;
  batchId?: number | null;
  undoOf?: number | null;
}
export interface RevisionDone<T> {
  /** Null when nothing had to change. */
  revision: number | null;
  value: T;
  /** Ids by table: what was written, and components whose derived cells changed. */
  changed: ReadonlyMap<string, readonly number[]>;
  /** Components that stand in another grid now. */
  moved: readonly Moved[];
}

/** What opening found out and the file must remember until it is closed. */
export interface FileState {
  mode: 'write' | 'read';
  today: string;
  readOnly: ReadOnlyReason | null;
  foreign: ForeignReport | null;
  network: boolean;
  /** A copy is to be made before the next change: the first of the day. */
  backUpDue: boolean;
  /** Is the project still this process's? Absent where it takes no lock. */
  holds?: () => boolean;
  /** Ends the file at rest: journal away, counter noted, lock gone. */
  end: (db: Database) => void;
  /** Bytes free where the file lies; a test puts a full disk here. */
  free?: (path: string) => number;
}

/** Room every change wants: its pages in the journal and a little more. */
const ROOM_FOR_A_CHANGE = 8_000_000;
/** `input` of a revision longer than this is left out: ids of a hundred thousand rows tell nobody anything. */
const INPUT_LIMIT = 20_000;

/** An open project. The one door through which the district's tables change. */
export class ProjectFile {
  readonly db: Database;
  readonly path: string;
  readonly #state: FileState;
  readonly #writers = new Map<string, TableWriter>();
  #open = true;
  #busy = false;
  /** Within `together`: further writes join the transaction that is open. */
  #joining = false;

  constructor(db: Database, path: string, state: FileState) {
    this.db = db;
    this.path = path;
    this.#state = state;
  }

  get today(): string {
    return this.#state.today;
  }

  info(): FileInfo {
    return projectInfo(this.db, this.#state);
  }

  /**
   * Another day has begun: clarity is brought to it, and its first change will be preceded by a backup. Opening does this for its own day;
   * a program that runs over midnight calls it. Reading connections just note the day.
   */
  newDay(today: string): void {
    this.#state.today = today;
    if (this.#state.mode === 'read' || this.#state.readOnly !== null) return;
    this.#state.backUpDue = dailyBackupDue(this.path, today);
    const stored = this.setting('clarity_on');
    if (stored === today) return;
    this.write((db) => {
      deriveForDay(db, stored ?? '0000-01-01', today);
      setMeta(db, 'clarity_on', today);
    });
  }

  /** A setting kept in the file, or null. */
  setting(key: string): string | null {
    return getMeta(this.db, key);
  }

  /**
   * Changes the project once: one transaction, one revision, undoable. Nothing is kept when `work` throws. Derived columns, digests, codes
   * and the extent of layers follow by themselves. Writes of `work` outside the logged tables belong to the same transaction.
   * @throws ProjectError 'read-only', 'input' (nobody named), 'disk-full', 'refused' (a link to a row that is not there), 'in-use'
   */
  revise<T>(meta: RevisionMeta, work: (tx: RevisionTx) => T): RevisionDone<T> {
    return this.reviseWith(meta, work);
  }

  /** As `revise`, with the recorder itself in hand: for undo and for other programs' edits. */
  reviseWith<T>(meta: RevisionMeta, work: (tx: Recorder) => T): RevisionDone<T> {
    const person = meta.person.trim();
    if (person === '')
      throw new ProjectError('input', 'Say who makes this change: the name may not be blank.', { reason: 'no-person' });
    this.#backUpIfDue();
    return this.write(() => {
      const recorder = new Recorder(this.db, this.#writers, nextRevision(this.db), meta.summary ?? {});
      const value = work(recorder);
      const derived = derive(this.db, recorder.touched, this.#state.today);
      recorder.settle();
      const changed = changedIds(recorder, derived.components);
      if (recorder.entries === 0) return { revision: null, value, changed, moved: derived.moved };
      noteExtents(this.db, recorder.touched);
      this.#keep(recorder, meta, person);
      return { revision: recorder.id, value, changed, moved: derived.moved };
    });
  }

  /**
   * Several revisions as one transaction: all of them are there afterwards, or none, whatever happens between. What `work` writes through
   * this file joins it.
   */
  together<T>(work: () => T): T {
    this.#backUpIfDue();
    return this.write(() => {
      this.#joining = true;
      try {
        return work();
      } finally {
        this.#joining = false;
      }
    });
  }

  /** Before the first change of a day; a copy can't be made within a transaction. */
  #backUpIfDue(): void {
    if (!this.#state.backUpDue || this.#busy) return;
    backUpNow(this.db, this.path, 'daily', this.#state.today);
    this.#state.backUpDue = false;
  }

  /** Writes what is not logged (staging, findings, settings) in one transaction. */
  write<T>(work: (db: Database) => T): T {
    this.#assertWritable();
    assertFreeSpace(this.path, ROOM_FOR_A_CHANGE, this.#state.free ?? freeBytes);
    return this.#writeNow(work);
  }

  /** As `write`, for what only takes rows away: a disk that is nearly full must not keep what a stopped job left. */
  tidy<T>(work: (db: Database) => T): T {
    this.#assertWritable();
    return this.#writeNow(work);
  }

  #writeNow<T>(work: (db: Database) => T): T {
    // Part of a transaction that is open already: it stands or falls with it.
    if (this.#joining) return work(this.db);
    this.#busy = true;
    try {
      return this.#transaction(work);
    } catch (error) {
      // A nested trigger drop or insert may have been prepared against a schema that is gone again.
      this.#writers.clear();
      throw understood(error, this.path);
    } finally {
      this.#busy = false;
    }
  }

  #transaction<T>(work: (db: Database) => T): T {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      this.db.exec('INSERT INTO gewu_writing (id) VALUES (1)');
      const value = work(this.db);
      this.db.exec('DELETE FROM gewu_writing');
      this.db.exec('COMMIT');
      return value;
    } finally {
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
    }
  }

  #keep(recorder: Recorder, meta: RevisionMeta, person: string): void {
    const input = meta.input === undefined ? null : JSON.stringify(meta.input);
    const rows = [...recorder.touched.rows.values()].reduce((sum, ids) => sum + ids.size, 0);
    this.db
      .prepare(
        `INSERT INTO gewu_revision (id, at, person, command, input, summary, undo_of, batch_id, window, rows) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        recorder.id,
        localTime(new Date()),
        person,
        meta.command,
        input !== null && input.length > INPUT_LIMIT ? null : input,
        JSON.stringify(recorder.summary),
        meta.undoOf ?? null,
        meta.batchId ?? null,
        meta.window ?? null,
        rows,
      );
  }

  #assertWritable(): void {
    if (!this.#open)
      throw new ProjectError('refused', `"${this.path}" has been closed.`, { reason: 'closed', path: this.path });
    if (this.#state.mode === 'read')
      throw new ProjectError('read-only', `"${this.path}" is open for reading only.`, { path: this.path });
    const reason = this.#state.readOnly;
    if (reason !== null) throw new ProjectError('read-only', reason.message, { reason: reason.code, ...reason.data });
    if (this.#state.holds?.() === false)
      throw new ProjectError(
        'in-use',
        `"${this.path}" was taken over by another computer: nothing was written; open it again.`,
        { reason: 'taken-over', path: this.path },
      );
    if (this.#busy && !this.#joining) throw new Error('a revision is under way already');
  }

  /** Ends the file at rest. Readers of the same process close first. Closing twice does nothing. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#writers.clear();
    this.#state.end(this.db);
  }
}

function nextRevision(db: Database): number {
  return db.prepare<[], number>(`SELECT coalesce(max(id), 0) + 1 FROM gewu_revision`).pluck().get() ?? 1;
}

function changedIds(recorder: Recorder, derived: readonly number[]): Map<string, number[]> {
  const changed = new Map([...recorder.touched.rows].map(([table, ids]) => [table, [...ids]]));
  if (derived.length > 0) changed.set('component', [...new Set([...(changed.get('component') ?? []), ...derived])]);
  return changed;
}

/** ISO 8601 with the offset of this machine, as people read it. */
export function localTime(now: Date): string {
  const offset = -now.getTimezoneOffset();
  const two = (n: number): string => String(Math.trunc(Math.abs(n))).padStart(2, '0');
  const local = new Date(now.getTime() + offset * 60_000).toISOString().slice(0, 23);
  return `${local}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`;
}

/** SQLite's refusals in the words of the project. */
function understood(error: unknown, path: string): unknown {
  const code = sqliteCode(error);
  const message = error instanceof Error ? error.message : '';
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE')
    return new ProjectError(
      'disk-full',
      `The disk of "${path}" is full: nothing was changed; make room and try again.`,
      { path },
      error,
    );
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED')
    return new ProjectError(
      'in-use',
      `"${path}" is being used by another program: try again in a moment.`,
      { path },
      error,
    );
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY')
    return new ProjectError(
      'refused',
      'The change would leave a link to a row that is not there.',
      { reason: 'link', constraint: 'link' },
      error,
    );
  if (code?.startsWith('SQLITE_CONSTRAINT') === true)
    return new ProjectError(
      'refused',
      `The change breaks a rule of the file: ${message}.`,
      { reason: 'rule', constraint: message },
      error,
    );
  return error;
}
