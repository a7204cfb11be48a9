import type { Database } from 'better-sqlite3';
import type { Clash } from '../model/change.ts';
import { ProjectError } from './error.ts';
import { getRevision, latestRedoable, latestUndoable, undoneBy } from './history.ts';
import type { ProjectFile, RevisionDone } from './project-file.ts';
import { takeBack } from './undo-rows.ts';

export interface UndoOptions {
  person: string;
  window?: string | null;
  /** Overwrite cells that later revisions changed, too. */
  force?: boolean;
  /** Rather nothing than a part: clashes are an error, and nothing is changed. */
  whole?: boolean;
}
export interface UndoDone extends Pick<RevisionDone<unknown>, 'revision' | 'changed' | 'moved'> {
  undoOf: number;
  /** Rows that came back. */
  rows: number;
  /** Cells left as they are, because a later revision changed them; none with `force`. */
  clashes: Clash[];
}

/**
 * Takes revision `n` back as a new revision: its cells as they were, rows it made gone, rows it removed back under their ids. Cells that a
 * later revision changed stay, and are listed, unless `force`. Undo of an undo is redo.
 * @throws ProjectError 'not-found', 'refused' when it has been taken back already, 'clashes' with `whole`
 */
export function undoRevision(file: ProjectFile, n: number, options: UndoOptions): UndoDone {
  const target = getRevision(file.db, n);
  const holding = undoneBy(file.db, n);
  if (holding !== null)
    throw new ProjectError('refused', `Revision ${n} has been taken back already, by revision ${holding}.`, {
      reason: 'undone-already',
      revision: n,
      undoneBy: holding,
    });
  const clashes: Clash[] = [];
  const done = file.reviseWith(
    {
      command: target.undoOf === null ? 'history.undo' : 'history.redo',
      input: { revision: n, force: options.force === true },
      // What is said of it is what was first done, however often it was turned over.
      summary: { ...target.summary, of: n, command: target.summary['command'] ?? target.command },
      person: options.person,
      window: options.window ?? null,
      batchId: target.batchId,
      undoOf: n,
    },
    (tx) => {
      takeBack(file.db, tx, n, options.force === true, clashes);
      if (options.whole === true && clashes.length > 0) throw clashed(n, clashes);
      if (target.batchId !== null) setBatchState(file.db, target.batchId, n);
      tx.summary['clashes'] = clashes.length;
    },
  );
  // As the history counts them: what follows by itself (clarity, place) is no row put back.
  const rows = done.revision === null ? 0 : getRevision(file.db, done.revision).rows;
  return { revision: done.revision, changed: done.changed, moved: done.moved, undoOf: n, rows, clashes };
}

/** Clashes an error tells one by one. */
const TOLD_CLASHES = 500;

function clashed(n: number, clashes: Clash[]): ProjectError {
  const message = `Revision ${n} can't be taken back whole: ${clashes.length} cells were changed since.`;
  return new ProjectError('clashes', message, {
    revision: n,
    count: clashes.length,
    clashes: clashes.slice(0, TOLD_CLASHES),
  });
}

/** Ctrl Z: the latest revision (of the window, where given) neither undone nor itself an undo. @throws ProjectError 'refused' when there is none */
export function undoLatest(file: ProjectFile, options: UndoOptions): UndoDone {
  const latest = latestUndoable(file.db, options.window);
  if (latest === null)
    throw new ProjectError('refused', 'There is nothing to undo.', { reason: 'nothing-to-undo', empty: 'undo' });
  return undoRevision(file, latest.id, options);
}

/** Ctrl Y: takes the latest undo back. @throws ProjectError 'refused' when there is none */
export function redoLatest(file: ProjectFile, options: UndoOptions): UndoDone {
  const latest = latestRedoable(file.db, options.window);
  if (latest === null)
    throw new ProjectError('refused', 'There is nothing to redo.', { reason: 'nothing-to-redo', empty: 'redo' });
  return undoRevision(file, latest.id, options);
}

/**
 * Takes back every revision a delivery made, the latest first, in one transaction; work done since on its rows stays, and is listed.
 * @throws ProjectError 'refused' when nothing of it is live
 */
export function undoBatch(file: ProjectFile, batchId: number, options: UndoOptions): UndoDone {
  const [first, ...rest] = file.db
    .prepare<[number], number>(`SELECT id FROM gewu_revision WHERE batch_id = ? AND undo_of IS NULL ORDER BY id DESC`)
    .pluck()
    .all(batchId)
    .filter((id) => undoneBy(file.db, id) === null);
  if (first === undefined)
    throw new ProjectError('refused', `Batch ${batchId} has nothing live to take back.`, {
      reason: 'batch-nothing-live',
      batchId,
    });
  return file.together(() =>
    rest.reduce((done, id) => both(done, undoRevision(file, id, options)), undoRevision(file, first, options)),
  );
}

function both(done: UndoDone, next: UndoDone): UndoDone {
  const changed = new Map(done.changed);
  for (const [table, ids] of next.changed) changed.set(table, [...new Set([...(changed.get(table) ?? []), ...ids])]);
  return {
    ...next,
    revision: next.revision ?? done.revision,
    changed,
    moved: [...done.moved, ...next.moved],
    rows: done.rows + next.rows,
    clashes: [...done.clashes, ...next.clashes],
  };
}

/** A batch is 'undone' while all its accepting revisions are. `n` is being turned over by this very transaction. */
function setBatchState(db: Database, batchId: number, n: number): void {
  const revisions = db
    .prepare<[number], { id: number; undo_of: number | null }>(
      `SELECT id, undo_of FROM gewu_revision WHERE batch_id = ?`,
    )
    .all(batchId);
  const live = revisions.some(({ id, undo_of: of }) => of === null && id !== n && undoneBy(db, id) === null);
  const redo = revisions.some(({ id, undo_of: of }) => id === n && of !== null);
  db.prepare(`UPDATE gewu_batch SET state = ? WHERE id = ? AND state IN ('accepted', 'undone')`).run(
    live || redo ? 'accepted' : 'undone',
    batchId,
  );
}
