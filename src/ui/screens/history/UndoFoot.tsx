import type { RevisionInfo } from '../../../model/change.ts';
import { useSession } from '../../app/stores/session.ts';
import { Button } from '../../kit/Button.tsx';
import { useWords } from '../../words/index.ts';
import { ClashDialog } from './ClashDialog.tsx';
import { useTakeBack } from './use-take-back.ts';

/** The way back from one change, and what it brings back. */
export function UndoFoot({ revision }: { revision: RevisionInfo }) {
  const { t } = useWords();
  const readOnly = useSession((s) => s.project?.readOnly != null);
  const { takeBack, busy, clashes, dismiss } = useTakeBack(revision);
  const isUndo = revision.undoOf !== null;
  const why =
    revision.undoneBy === null
      ? readOnly
        ? t('history.readOnly')
        : null
      : t('history.already', { id: revision.undoneBy });
  return (
    <div className="report-foot">
      <Button look={why === null ? 'main' : 'plain'} busy={busy} disabledBecause={why} onClick={() => takeBack('ask')}>
        {t(isUndo ? 'history.redo' : 'history.undo')}
      </Button>
      <span className="sm t3">
        {why ?? t(isUndo ? 'history.redoAbout' : 'history.undoAbout', { count: revision.rows })}
      </span>
      {clashes !== null && <ClashDialog revision={revision} clashes={clashes} onChoose={takeBack} onClose={dismiss} />}
    </div>
  );
}
