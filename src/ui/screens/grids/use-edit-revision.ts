import type { RevisionInfo } from '../../../model/change.ts';
import { useQueryOf } from '../../app/engine.ts';
import { useGridEdit } from '../../app/stores/grid-edit.ts';

/** The latest edit of the tiling as the history has it: who made it, and whether it still holds. */
export function useEditRevision(): RevisionInfo | null {
  const done = useGridEdit((s) => s.done);
  const { data } = useQueryOf('history.get', done === null ? null : { id: done.revision, limit: 1 });
  return done === null ? null : (data?.revision ?? null);
}
