import { IconArrowBackUp, IconZoomInArea } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { LayerName } from '../../../model/component.ts';
import type { RevisionInfo } from '../../../model/change.ts';
import { useQueryOf } from '../../app/engine.ts';
import { MapSlot } from '../../app/MapSlot.tsx';
import { useSelection } from '../../app/stores/selection.ts';
import { IconButton } from '../../kit/IconButton.tsx';
import { MapAbove } from '../../kit/MapAbove.tsx';
import { ErrorNote } from '../../kit/notes.tsx';
import { mapCommands } from '../../map/MapPane.tsx';
import { useWords, when } from '../../words/index.ts';
import { revisionWords } from '../../words/revision.ts';
import { openBatch } from '../import/flow-actions.ts';
import { ChangeTable } from './ChangeTable.tsx';
import { useHistoryDesk, type RevisionDetail } from './desk.ts';
import { UndoFoot } from './UndoFoot.tsx';

/** Changes listed at most; a batch has hundreds of thousands. */
const LISTED = 1000;
const ON_MAP: readonly LayerName[] = ['component', 'unit_grid', 'street', 'community'];

/** One change: where it was, what it changed, and the way back. */
export function RevisionPage({ id }: { id: number }) {
  const { data, error, refetch } = useQueryOf('history.get', { id, limit: LISTED }, { keep: true });
  useOnMap(id, data);
  return (
    <div className="col grow history-page">
      {data !== undefined && <Head detail={data} />}
      <MapAbove map={<MapSlot />}>
        {error !== null && (
          <div className="bar-note">
            <ErrorNote error={error} onRetry={() => void refetch()} />
          </div>
        )}
        {data !== undefined && <ChangeTable detail={data} />}
        {data !== undefined && <UndoFoot key={data.revision.id} revision={data.revision} />}
      </MapAbove>
    </div>
  );
}

/** What it touched is selected, and the map goes there. */
function useOnMap(id: number, detail: RevisionDetail | undefined): void {
  const here = detail?.revision.id === id ? detail : undefined;
  const shown = useRef<number | null>(null);
  useEffect(() => {
    // Only when another revision is looked at: a change elsewhere must not move the map.
    if (here === undefined || shown.current === id) return;
    shown.current = id;
    const layer = ON_MAP.find((one) => here.changes.some((change) => change.layer === one));
    const ids = here.changes.filter((change) => change.layer === layer).map((change) => change.id);
    if (layer !== undefined) useSelection.getState().select(layer, [...new Set(ids)]);
    if (here.bbox !== null) mapCommands.zoomTo(here.bbox);
  }, [here, id]);
}

function Head({ detail: { revision, bbox } }: { detail: RevisionDetail }) {
  const { t, language } = useWords();
  const zoom = () => {
    if (bbox !== null) mapCommands.zoomTo(bbox);
  };
  return (
    <div className="history-head">
      <div className="row g3">
        <h2 className={revision.undoneBy === null ? 'title grow cut' : 'title grow cut is-undone'}>
          {revisionWords(revision, language)}
        </h2>
        <IconButton
          label={t('history.zoom')}
          disabledBecause={bbox === null ? t('history.noPlace') : null}
          onClick={zoom}
        >
          <IconZoomInArea size={16} stroke={1.5} />
        </IconButton>
      </div>
      <p className="row g2 sm t2 history-facts">
        <span>{revision.command === 'foreign' ? t('history.foreign') : revision.person}</span>
        <span>{when(revision.at, language)}</span>
        <span className="tag">{t('history.number', { id: revision.id })}</span>
        {revision.batchId !== null && <BatchLink id={revision.batchId} />}
        <span>{t('history.rows', { count: revision.rows })}</span>
      </p>
      <Relation revision={revision} />
    </div>
  );
}

/** The receipt of the delivery a revision belongs to. */
function BatchLink({ id }: { id: number }) {
  const { t } = useWords();
  return (
    <button type="button" className="link sm" title={t('receipt.origin.open')} onClick={() => openBatch(id)}>
      {t('history.batch', { id })}
    </button>
  );
}

/** What took it back, or what it took back, with the way there. */
function Relation({ revision }: { revision: RevisionInfo }) {
  const { t, language } = useWords();
  const look = useHistoryDesk((s) => s.look);
  const other = revision.undoneBy ?? revision.undoOf;
  const found = useQueryOf('history.get', other === null ? null : { id: other, limit: 1 }).data?.revision;
  if (other === null || found === undefined) return null;
  const words =
    revision.undoneBy === null
      ? t('history.takesBack', { id: other, what: revisionWords(found, language) })
      : t('history.takenBackBy', { id: other, person: found.person, at: when(found.at, language) });
  return (
    <p className="row g2 sm history-relation">
      <IconArrowBackUp size={14} stroke={1.5} aria-hidden />
      <span className="cut">{words}</span>
      <button type="button" className="link" onClick={() => look(other)}>
        {t('history.see')}
      </button>
    </p>
  );
}
