import type { Clash } from '../../model/change.ts';
import { getRevision, latestRedoable, latestUndoable, listRevisions, revisionChanges } from '../../project/history.ts';
import * as undo from '../../project/undo.ts';
import { GewuError } from '../../api/error.ts';
import type { LaneContext } from '../lanes/context.ts';
import type { CommandHandlers, ReadHandlers } from '../lanes/handlers.ts';

export const historyReads: Pick<ReadHandlers, 'history.list' | 'history.get' | 'history.state'> = {
  'history.list': (ctx, { of, offset, limit }) =>
    listRevisions(ctx.project.db, { offset, limit, ...(of === undefined ? {} : { of }) }),

  'history.get': (ctx, { id, limit }) => {
    const { db } = ctx.project;
    return { revision: getRevision(db, id), ...revisionChanges(db, id, limit) };
  },

  'history.state': (ctx, { window }) => {
    const { db } = ctx.project;
    return { undo: latestUndoable(db, window), redo: latestRedoable(db, window) };
  },
};

export const historyCommands: Pick<CommandHandlers, 'history.undo' | 'history.redo'> = {
  'history.undo'(ctx, { revision, window, force, whole }) {
    const target = revision ?? latestUndoable(ctx.project.db, window)?.id;
    if (target === undefined) throw new GewuError('nothing-to-undo', 'There is nothing to undo.');
    const how = { ...signed(ctx), force: force === true, whole: whole === true };
    return tookBack(ctx, undo.undoRevision(ctx.project, target, how));
  },

  'history.redo'(ctx, { window }) {
    const target = latestRedoable(ctx.project.db, window)?.id;
    if (target === undefined) throw new GewuError('nothing-to-redo', 'There is nothing to redo.');
    return tookBack(ctx, undo.undoRevision(ctx.project, target, signed(ctx)));
  },
};

/** Takes a whole delivery back, keeping the work done since. */
export function undoBatch(ctx: LaneContext, batchId: number): TookBack {
  return tookBack(ctx, undo.undoBatch(ctx.project, batchId, signed(ctx)));
}

interface TookBack {
  revision: number | null;
  undoOf: number;
  rows: number;
  clashes: Clash[];
}

/** The window a change is made in; which window's changes are looked for is another matter. */
function signed(ctx: LaneContext): { person: string; window: string | null } {
  return { person: ctx.person, window: ctx.window };
}

function tookBack(ctx: LaneContext, done: undo.UndoDone): TookBack {
  ctx.noteChanged(done.changed);
  const { revision, undoOf, rows, clashes } = done;
  return { revision, undoOf, rows, clashes };
}
