import { IconFileImport, IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { PILES, type BatchInfo } from '../../../api/delivery.ts';
import { useEngine, useQueryOf, type Engine } from '../../app/engine.ts';
import { choose, DELIVERY_EXTENSIONS } from '../../app/project.ts';
import { tellFailure } from '../../app/tell.ts';
import { Button } from '../../kit/Button.tsx';
import { EmptyState, ErrorNote } from '../../kit/notes.tsx';
import { count, say, useWords, when } from '../../words/index.ts';
import { useFlow } from './flow.ts';
import { lookAt } from './flow-actions.ts';
import { PileMark } from './PileMark.tsx';

/** Every delivery there ever was, the waiting ones first, and how to begin with a new one. */
export function BatchList() {
  const { t } = useWords();
  const { data, error, refetch } = useQueryOf('batch.list', {}, { keep: true });
  const [old, setOld] = useState(false);
  const batches = data ?? [];
  const shown = batches.filter((batch) => old || (batch.state !== 'superseded' && batch.state !== 'discarded'));
  const waiting = shown.filter((batch) => batch.state === 'staged');
  const others = shown.filter((batch) => batch.state !== 'staged');
  const hidden = batches.length - shown.length;
  return (
    <>
      <header className="imp-head">
        <h1 className="title">{t('importing.title')}</h1>
        <span className="sm t3 cut">{t('importing.about')}</span>
        <span className="end" />
        <Begin />
      </header>
      {error !== null && (
        <div className="bar-note">
          <ErrorNote error={error} onRetry={() => void refetch()} />
        </div>
      )}
      <div className="scroll grow" tabIndex={0} role="region" aria-label={t('importing.batches.title')}>
        {data !== undefined && batches.length === 0 && (
          <EmptyState title={t('importing.batches.none')} about={t('importing.batches.noneAbout')}>
            <Begin main />
          </EmptyState>
        )}
        {waiting.length > 0 && <BatchTable title={t('importing.batches.waiting')} batches={waiting} />}
        {others.length > 0 && <BatchTable title={t('importing.batches.done')} batches={others} />}
        {(hidden > 0 || old) && (
          <button type="button" className="link sm imp-more" onClick={() => setOld(!old)}>
            {old ? t('importing.batches.hideOld') : t('importing.batches.showOld', { count: hidden })}
          </button>
        )}
      </div>
    </>
  );
}

function Begin({ main = false }: { main?: boolean }) {
  const { t } = useWords();
  const engine = useEngine();
  return (
    <>
      <Button look={main ? 'main' : 'soft'} onClick={() => void pick(engine, false)}>
        <IconFileImport size={14} stroke={1.5} aria-hidden />
        {t('importing.pickFiles')}
      </Button>
      <Button onClick={() => void pick(engine, true)}>
        <IconFolderOpen size={14} stroke={1.5} aria-hidden />
        {t('importing.pickFolder')}
      </Button>
    </>
  );
}

async function pick(engine: Engine, folders: boolean): Promise<void> {
  try {
    const title = say(folders ? 'importing.pickFolder' : 'importing.pickFiles');
    const files = await choose(engine, {
      title,
      folders,
      multiple: !folders,
      extensions: folders ? [] : DELIVERY_EXTENSIONS,
    });
    if (files !== null && files.length > 0) lookAt(engine, files);
  } catch (error) {
    tellFailure(error);
  }
}

function BatchTable({ title, batches }: { title: string; batches: readonly BatchInfo[] }) {
  const { t } = useWords();
  return (
    <table className="imp-batches">
      <caption className="cap">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t('importing.batches.name')}</th>
          <th scope="col">{t('importing.batches.kind')}</th>
          <th scope="col">{t('importing.batches.state')}</th>
          {PILES.map((pile) => (
            <th key={pile} scope="col" className="num">
              <span className="row g1">
                <PileMark pile={pile} small />
                {t(`piles.pile.${pile}`)}
              </span>
            </th>
          ))}
          <th scope="col" className="num">
            {t('importing.batches.accepted')}
          </th>
          <th scope="col">{t('importing.batches.who')}</th>
          <th scope="col">{t('importing.batches.when')}</th>
        </tr>
      </thead>
      <tbody>
        {batches.map((batch) => (
          <BatchRow key={batch.id} batch={batch} />
        ))}
      </tbody>
    </table>
  );
}

function BatchRow({ batch }: { batch: BatchInfo }) {
  const { t, language } = useWords();
  const open = () => useFlow.setState({ batch: batch.id, made: [] });
  return (
    <tr onClick={open}>
      <th scope="row">
        <button type="button" className="link" onClick={open}>
          {batch.name}
        </button>
      </th>
      <td className="t2">{t(`evidence.kind.${batch.as}`)}</td>
      <td>
        <BatchState state={batch.state} />
      </td>
      {PILES.map((pile) => (
        <td key={pile} className={batch.piles[pile] === 0 ? 'num t3' : 'num'}>
          {batch.piles[pile] === 0 ? '–' : count(batch.piles[pile])}
        </td>
      ))}
      <td className="num">{batch.acceptedRows === 0 ? <span className="t3">–</span> : count(batch.acceptedRows)}</td>
      <td className="t2 cut">{batch.person}</td>
      <td className="t2 nw">{when(batch.at, language)}</td>
    </tr>
  );
}

const LOOKS: Record<BatchInfo['state'], string> = {
  staging: 'tag',
  staged: 'tag is-ask',
  accepted: 'tag is-done',
  undone: 'tag',
  superseded: 'tag',
  discarded: 'tag',
};

export function BatchState({ state }: { state: BatchInfo['state'] }) {
  const { t } = useWords();
  return <span className={LOOKS[state]}>{t(`importing.batchState.${state}`)}</span>;
}
