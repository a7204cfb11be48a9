import { useEffect, useState } from 'react';
import { PILES, type BatchInfo, type Pile } from '../../../api/delivery.ts';
import { useQueryOf } from '../../app/engine.ts';
import { useSketch } from '../../map/sketch.ts';
import { ErrorNote } from '../../kit/notes.tsx';
import { count, useWords } from '../../words/index.ts';
import { BatchPanel } from './BatchPanel.tsx';
import { BatchState } from './BatchList.tsx';
import { useFlow } from './flow.ts';
import { backToMatching } from './flow-actions.ts';
import { PileFacets } from './PileFacets.tsx';
import { PileHead } from './PileHead.tsx';
import { PileTable } from './PileTable.tsx';
import { ReceiptPage } from './ReceiptPage.tsx';
import { ImportHead } from './Steps.tsx';
import { NO_FILTER, useBatchRows, type PileFilter } from './use-batch-rows.ts';
import { TakenBack } from './TakenBack.tsx';

/** One staged delivery: five piles, what differs cell by cell, and what becomes of it. */
export function BatchView({ id }: { id: number }) {
  const { data, error, refetch } = useQueryOf('batch.get', { id }, { keep: true });
  const left = useFlow((s) => s.left);
  if (error !== null) {
    return (
      <div className="imp-wait">
        <ErrorNote error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  return (
    <>
      {data !== undefined && <Staged key={data.state} batch={data} />}
      {left.length > 0 && <TakenBack clashes={left} onClose={() => useFlow.setState({ left: [] })} />}
    </>
  );
}

type View = 'piles' | 'receipt';

function Staged({ batch }: { batch: BatchInfo }) {
  const { t } = useWords();
  const components = useQueryOf('project.info', {}).data?.counts.component ?? 0;
  const [asked, setAsked] = useState<View | null>(null);
  // What is done with is read as a receipt; what waits is decided in its piles.
  const view = asked ?? (batch.state === 'staged' ? 'piles' : 'receipt');
  const about =
    batch.as === 'component'
      ? t('importing.against', { rows: batch.rows, components })
      : t('importing.rowsOf', { rows: batch.rows, kind: t(`evidence.kind.${batch.as}`) });
  return (
    <>
      <ImportHead title={batch.name} about={about} step={batch.state === 'staged' ? 'piles' : 'accept'}>
        <BatchState state={batch.state} />
        <Siblings />
        <Matching batch={batch} />
        <Views view={view} onView={setAsked} />
      </ImportHead>
      {view === 'piles' && <Piles batch={batch} />}
      {view === 'receipt' && (
        <div className="row grow is-stretch">
          <ReceiptPage batch={batch} />
          <BatchPanel batch={batch} row={undefined} />
        </div>
      )}
    </>
  );
}

function Views({ view, onView }: { view: View; onView: (view: View) => void }) {
  const { t } = useWords();
  return (
    <div className="seg" role="group" aria-label={t('receipt.view.label')}>
      {(['piles', 'receipt'] as const).map((one) => (
        <button key={one} type="button" aria-pressed={one === view} onClick={() => onView(one)}>
          {t(`receipt.view.${one}`)}
        </button>
      ))}
    </div>
  );
}

function Piles({ batch }: { batch: BatchInfo }) {
  const [pile, setPile] = useState<Pile>(() => firstPile(batch));
  const [filter, setFilter] = useState<PileFilter>(NO_FILTER);
  const [chosen, setChosen] = useState<number>(0);
  const rows = useBatchRows(batch.id, pile, filter);
  useEffect(() => () => useSketch.getState().setMove(null), []);
  const change = (next: PileFilter) => {
    setFilter(next);
    setChosen(0);
  };
  return (
    <>
      <PileHead
        batch={batch}
        pile={pile}
        onPile={(next) => {
          setPile(next);
          change(NO_FILTER);
        }}
      />
      <div className="row grow is-stretch">
        <PileFacets batch={batch} pile={pile} filter={filter} onFilter={change} />
        <PileTable
          key={pile}
          batch={batch}
          pile={pile}
          filter={filter}
          onFilter={change}
          rows={rows}
          chosen={chosen}
          onChoose={setChosen}
        />
        <BatchPanel batch={batch} row={rows.rowAt(chosen)} />
      </div>
    </>
  );
}

/** The pile that asks for most: what differs, then what is new. */
function firstPile(batch: BatchInfo): Pile {
  const order: Pile[] = ['changed', 'new', 'unclear', 'gone', 'same'];
  return order.find((pile) => batch.piles[pile] > 0) ?? PILES[0];
}

/** The way back to the matching, while the files are at hand and nothing is accepted. */
function Matching({ batch }: { batch: BatchInfo }) {
  const { t } = useWords();
  const { inspection, made, asBefore } = useFlow();
  if (inspection === null || batch.state !== 'staged' || !made.includes(batch.id)) return null;
  return (
    <span className="row g2 sm nw">
      {asBefore && <span className="t2 cut">{t('importing.asBefore')}</span>}
      <button type="button" className="link" onClick={backToMatching}>
        {t('importing.seeMatching')}
      </button>
    </span>
  );
}

/** The other batches made from the same files. */
function Siblings() {
  const { t } = useWords();
  const made = useFlow((s) => s.made);
  const open = useFlow((s) => s.batch);
  const { data } = useQueryOf('batch.list', made.length > 1 ? {} : null, { keep: true });
  const all = made.flatMap((id) => data?.find((batch) => batch.id === id) ?? []);
  if (all.length < 2) return null;
  return (
    <div className="seg" role="group" aria-label={t('importing.siblings')}>
      {all.map((batch) => (
        <button
          key={batch.id}
          type="button"
          aria-pressed={batch.id === open}
          onClick={() => useFlow.setState({ batch: batch.id })}
        >
          {t(`evidence.kind.${batch.as}`)} <span className="t3">{count(batch.rows)}</span>
        </button>
      ))}
    </div>
  );
}
