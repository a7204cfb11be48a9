import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { PILES, type BatchInfo, type BatchReceipt, type Outcome, type Pile } from '../../../api/delivery.ts';
import { useEngine, useJob, useQueryOf } from '../../app/engine.ts';
import { tellFailure } from '../../app/tell.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorNote } from '../../kit/notes.tsx';
import { count, sayIf, useWords, when } from '../../words/index.ts';
import { BatchState } from './BatchList.tsx';
import { doubtWords } from './doubt-words.ts';
import { PileMark } from './PileMark.tsx';
import { OutcomeCells, OutcomeHeads } from './ReceiptOutcome.tsx';
import { ReceiptFiles, ReceiptTables } from './ReceiptTables.tsx';

/** What came in, as a page to keep: facts, what became of every pile, the tables and how they were read, the files. */
export function ReceiptPage({ batch }: { batch: BatchInfo }) {
  const { data, error, refetch } = useQueryOf('batch.receipt', { id: batch.id }, { keep: true });
  if (error !== null) {
    return (
      <div className="imp-wait">
        <ErrorNote error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  return data === undefined ? <div className="grow" aria-busy="true" /> : <Page receipt={data} />;
}

function Page({ receipt }: { receipt: BatchReceipt }) {
  const { t } = useWords();
  return (
    <div className="scroll grow" tabIndex={0} role="region" aria-label={t('receipt.title')}>
      <article className="receipt">
        <Head receipt={receipt} />
        <Facts receipt={receipt} />
        <Outcomes receipt={receipt} />
        <ReceiptTables receipt={receipt} />
        <LeftAside receipt={receipt} />
        <ReceiptFiles receipt={receipt} />
      </article>
    </div>
  );
}

function Head({ receipt: { batch } }: { receipt: BatchReceipt }) {
  const { t, language } = useWords();
  const { host } = useEngine();
  const { run, busy } = useJob('batch.writeReceipt');
  const save = async () => {
    const target = { download: t('receipt.saveName', { name: batch.name }) };
    const [file] = (await run({ id: batch.id, target, language }))?.files ?? [];
    if (file !== undefined) await host.deliver(file);
  };
  return (
    <header className="receipt-head">
      <div className="grow">
        <p className="cap">{t('receipt.title')}</p>
        <h2 className="title-big">{batch.name}</h2>
        <p className="row g2">
          <b className="strong">{t('receipt.broughtIn', { count: batch.acceptedRows })}</b>
          <span className="t2">{t('receipt.ofRows', { rows: batch.rows })}</span>
          <BatchState state={batch.state} />
        </p>
      </div>
      <div className="row g2 no-print">
        <Button busy={busy} onClick={() => void save().catch(tellFailure)}>
          <IconDownload size={14} stroke={1.5} aria-hidden />
          {t('receipt.save')}
        </Button>
        <Button onClick={() => window.print()}>
          <IconPrinter size={14} stroke={1.5} aria-hidden />
          {t('receipt.print')}
        </Button>
      </div>
    </header>
  );
}

function Facts({ receipt: { batch, revisions } }: { receipt: BatchReceipt }) {
  const { t, language } = useWords();
  const facts: [name: string, value: string][] = [
    [t('receipt.number'), String(batch.id)],
    [t('receipt.kind'), t(`evidence.kind.${batch.as}`)],
    [t('receipt.received'), t('receipt.receivedBy', { when: when(batch.at, language), person: batch.person })],
  ];
  return (
    <dl className="receipt-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div>
        <dt>{t('receipt.revision')}</dt>
        <dd>
          {revisions.length === 0 && <span className="t3">{t('receipt.notYet')}</span>}
          {revisions.map(({ id, at, person, rows, command, undoneBy }) => (
            <span key={id} className="block">
              {t('receipt.revisionNo', { id })}{' '}
              <span className="t2 sm">{t('receipt.revisionBy', { when: when(at, language), person, rows })}</span>{' '}
              {undoneBy !== null && <span className="tag">{t('receipt.revisionUndone')}</span>}
              {undoneBy === null && command === 'batch.reencode' && <span className="tag">{t('encoding.title')}</span>}
              {undoneBy === null && command.startsWith('history.') && (
                <span className="tag">{t('receipt.revisionUndo')}</span>
              )}
            </span>
          ))}
        </dd>
      </div>
    </dl>
  );
}

/** Every delivered row is in one line of it. */
function Outcomes({ receipt }: { receipt: BatchReceipt }) {
  const { t } = useWords();
  const filled = PILES.filter((pile) => receipt.outcome[pile].rows > 0);
  // What was not delivered is no part of the delivery's sum.
  const piles = filled.filter((pile) => pile !== 'gone');
  const all = piles.map((pile) => receipt.outcome[pile]);
  const unreadable = receipt.batch.rejectedTotal;
  return (
    <section>
      <h3>{t('receipt.outcome')}</h3>
      <table className="receipt-table">
        <thead>
          <tr>
            <th scope="col">{t('receipt.pile')}</th>
            <OutcomeHeads />
          </tr>
        </thead>
        <tbody>
          {piles.map((pile) => (
            <PileLine key={pile} pile={pile} outcome={receipt.outcome[pile]} />
          ))}
          {unreadable > 0 && (
            <tr>
              <th scope="row">
                {t('receipt.unreadable')}
                <span className="xs t3 block">
                  {receipt.unreadable
                    .map((one) => `${sayIf(`faults.rejected.${one.code}`) ?? one.code} ${count(one.count)}`)
                    .join(' · ')}
                </span>
              </th>
              <OutcomeCells outcome={{ rows: unreadable, broughtIn: 0, refused: unreadable, open: 0 }} />
            </tr>
          )}
        </tbody>
        {all.length + (unreadable > 0 ? 1 : 0) > 1 && (
          <tbody className="is-sum">
            <tr>
              <th scope="row">{t('receipt.total')}</th>
              <OutcomeCells outcome={sumOf(all, unreadable)} />
            </tr>
          </tbody>
        )}
        {filled.includes('gone') && (
          <tbody>
            <PileLine pile="gone" outcome={receipt.outcome.gone} />
          </tbody>
        )}
      </table>
    </section>
  );
}

function PileLine({ pile, outcome }: { pile: Pile; outcome: Outcome }) {
  const { t } = useWords();
  return (
    <tr>
      <th scope="row">
        <span className="row g2">
          <PileMark pile={pile} small />
          {t(`piles.pile.${pile}`)}
          {pile === 'gone' && <span className="xs t3">{t('piles.pileAbout.gone')}</span>}
        </span>
      </th>
      <OutcomeCells outcome={outcome} />
    </tr>
  );
}

function sumOf(outcomes: readonly Outcome[], unreadable: number): Outcome {
  const sum = (key: keyof Outcome) => outcomes.reduce((total, one) => total + one[key], 0);
  return {
    rows: sum('rows') + unreadable,
    broughtIn: sum('broughtIn'),
    refused: sum('refused') + unreadable,
    open: sum('open'),
  };
}

/** Files and tables nothing was read from: what is not here must be said too. */
function LeftAside({ receipt: { leftAside } }: { receipt: BatchReceipt }) {
  const { t, language } = useWords();
  if (leftAside.length === 0) return null;
  return (
    <section>
      <h3>{t('receipt.leftAside')}</h3>
      <ul className="receipt-list">
        {leftAside.map((doubt) => (
          <li key={doubt.message}>{doubtWords(doubt, language).what}</li>
        ))}
      </ul>
    </section>
  );
}
