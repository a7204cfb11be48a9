import type { RevisionInfo } from '../../model/change.ts';
import { useEngine, useQueryOf } from '../app/engine.ts';
import { undo } from '../app/undo.ts';
import { ErrorNote } from '../kit/notes.tsx';
import { useWords, when } from '../words/index.ts';
import { revisionWords } from '../words/revision.ts';

interface Of {
  layer: string;
  id: number;
}
const PAGE = 100;
const LATEST = 1;

/** The latest change, with its undo in reach. */
export function LatestChange({ of, total }: { of: Of; total: number }) {
  const { t } = useWords();
  const { data } = useQueryOf('history.list', total === 0 ? null : { of, offset: 0, limit: LATEST }, { keep: true });
  const [last] = data?.revisions ?? [];
  if (last === undefined) return null;
  return (
    <section className="sect is-last">
      <h3>{t('inspector.latest')}</h3>
      <Revision revision={last} />
    </section>
  );
}

/** Everything that happened to it, latest first. */
export function History({ of }: { of: Of }) {
  const { t } = useWords();
  const { data, error } = useQueryOf('history.list', { of, offset: 0, limit: PAGE }, { keep: true });
  if (error !== null) {
    return (
      <div className="bar-note">
        <ErrorNote error={error} />
      </div>
    );
  }
  if (data === undefined) return null;
  return (
    <section className="sect is-last">
      {data.revisions.length === 0 && <p className="sm t3">{t('inspector.noHistory')}</p>}
      {data.revisions.map((one) => (
        <Revision key={one.id} revision={one} />
      ))}
      {data.total > PAGE && <p className="xs t3">{t('inspector.historyOlder', { count: data.total - PAGE })}</p>}
    </section>
  );
}

function Revision({ revision }: { revision: RevisionInfo }) {
  const { t, language } = useWords();
  const engine = useEngine();
  // A whole delivery is taken back where its size can be seen, not from one of its rows.
  const standing = revision.undoneBy === null && revision.undoOf === null && revision.batchId === null;
  return (
    <div className={revision.undoneBy === null ? 'hist' : 'hist is-undone'}>
      <i />
      <div className="grow">
        <div className="sm">{revisionWords(revision, language)}</div>
        <div className="xs t3">
          {revision.person}
          {language === 'zh' ? '，' : ', '}
          {when(revision.at, language)}
          {standing && (
            <button type="button" className="link" onClick={() => void undo(engine, revision.id)}>
              {t('inspector.takeBack')}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
