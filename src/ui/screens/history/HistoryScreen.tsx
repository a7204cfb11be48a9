import { PANEL_LIMITS, usePanels } from '../../app/stores/panels.ts';
import { EmptyState, ErrorNote } from '../../kit/notes.tsx';
import { Splitter } from '../../kit/Splitter.tsx';
import { useWords } from '../../words/index.ts';
import { useHistoryDesk } from './desk.ts';
import { RevisionList } from './RevisionList.tsx';
import { RevisionPage } from './RevisionPage.tsx';
import { useRevisions } from './use-revisions.ts';

/** Wider than the left columns of other screens: lines of words stand here. */
const WIDER = 60;

/** What was done, by whom and when, on the left; what one of them changed, and where, on the right. */
export function HistoryScreen() {
  const { t } = useWords();
  const list = useRevisions();
  const width = usePanels((s) => s.left);
  const resize = usePanels((s) => s.resize);
  const [least, most] = PANEL_LIMITS.left;
  const chosen = useHistoryDesk((s) => s.revision);
  const known = chosen !== null && list.revisions.some((one) => one.id === chosen);
  const shown = known ? chosen : (list.revisions[0]?.id ?? null);
  if (list.error !== null) {
    return (
      <div className="bar-note">
        <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      </div>
    );
  }
  if (list.total === 0) {
    return (
      <div className="insp-none">
        <EmptyState title={t('history.empty.title')} about={t('history.empty.about')} />
      </div>
    );
  }
  return (
    <div className="row grow is-stretch">
      <RevisionList list={list} chosen={shown} width={width + WIDER} />
      <Splitter
        between="columns"
        label={t('frame.resize')}
        value={width}
        least={least}
        most={most}
        onMove={(pixels, start) => resize('left', start + pixels)}
      />
      {shown !== null && <RevisionPage id={shown} />}
    </div>
  );
}
