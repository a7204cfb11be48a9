import { Menu } from '@mantine/core';
import { IconArrowBackUp, IconDots, IconDownload, IconMapPin } from '@tabler/icons-react';
import { useState } from 'react';
import type { BatchInfo } from '../../../api/delivery.ts';
import { useCommand, useEngine, useJob } from '../../app/engine.ts';
import { withPerson } from '../../app/project.ts';
import { useFilter } from '../../app/stores/filter.ts';
import { useSession } from '../../app/stores/session.ts';
import { useToasts } from '../../app/stores/toasts.ts';
import { tellDone, tellFailure } from '../../app/tell.ts';
import { Button } from '../../kit/Button.tsx';
import { IconButton } from '../../kit/IconButton.tsx';
import { SeverityIcon } from '../../kit/Shapes.tsx';
import { useWords } from '../../words/index.ts';
import { EncodingDialog } from './EncodingDialog.tsx';
import { leave, refreshBatches } from './flow-actions.ts';
import { useFlow } from './flow.ts';
import { TaskProgress } from './Looking.tsx';

/** Bring in what is accepted, hand back what is not, take the whole batch back. */
export function BatchFoot({ batch }: { batch: BatchInfo }) {
  const { t } = useWords();
  const engine = useEngine();
  const accept = useJob('batch.accept');
  const bringIn = () =>
    withPerson(() => {
      void accept.run({ id: batch.id }).then((done) => {
        refreshBatches(engine);
        return done === null ? undefined : tellDone(engine, done);
      }, tellFailure);
    });
  const accepted = batch.state === 'accepted';
  const open = batch.state === 'staged' || accepted;
  const because = batch.toAccept === 0 ? t('importing.nothingAccepted') : null;
  return (
    <div className="imp-onward">
      {accepted && <Receipt batch={batch} />}
      {accept.busy && <TaskProgress id={accept.task?.id ?? null} />}
      <div className="row g2 imp-foot">
        {open && (batch.toAccept > 0 || !accepted) && (
          <Button look="main" busy={accept.busy} disabledBecause={because} onClick={bringIn}>
            {t('importing.bringIn', { count: batch.toAccept })}
          </Button>
        )}
        {accept.busy && <Button onClick={accept.cancel}>{t('frame.cancel')}</Button>}
        {accepted && <TakeBack batch={batch} />}
        <HandBack batch={batch} />
        <span className="end xs t3 nw">{open && !accepted ? t('importing.undoable') : ''}</span>
        {open && <More batch={batch} />}
      </div>
    </div>
  );
}

/** The whole batch out again; later work on its rows stays, and is listed. */
function TakeBack({ batch }: { batch: BatchInfo }) {
  const { t } = useWords();
  const engine = useEngine();
  const { run, busy } = useCommand('batch.undo', { quiet: true });
  const takeBack = () =>
    withPerson(() => {
      void run({ id: batch.id }).then((done) => {
        refreshBatches(engine);
        if (done === null) return;
        const clashes = done.clashes.length > 0 ? ` · ${t('errors.clashes', { count: done.clashes.length })}` : '';
        const text = `${t('importing.takenBack', { name: batch.name })}${clashes}`;
        useToasts.getState().show({ tone: 'notice', text });
        useFlow.setState({ left: done.clashes });
      }, tellFailure);
    });
  return (
    <Button busy={busy} onClick={takeBack}>
      <IconArrowBackUp size={14} stroke={1.5} aria-hidden />
      {t('importing.takeBack')}
    </Button>
  );
}

/** The sheet for the survey team: their own rows with what is wrong with them. */
function HandBack({ batch }: { batch: BatchInfo }) {
  const { t, language } = useWords();
  const { host } = useEngine();
  const { run, busy } = useJob('batch.returns');
  const write = async () => {
    const target = { download: t('importing.returnsName', { name: batch.name }) };
    const made = await run({ id: batch.id, target, language });
    const file = made?.files[0];
    if (file !== undefined) await host.deliver(file);
  };
  return (
    <Button
      busy={busy}
      disabledBecause={batch.toReturn === 0 ? t('importing.nothingToReturn') : null}
      onClick={() => void write().catch(tellFailure)}
    >
      <IconDownload size={14} stroke={1.5} aria-hidden />
      {t('importing.returns', { count: batch.toReturn })}
    </Button>
  );
}

/** What came in, and the door to it. */
function Receipt({ batch }: { batch: BatchInfo }) {
  const { t } = useWords();
  const show = () => {
    const condition = { kind: 'values', column: 'batch_id', values: [batch.id], names: [batch.name] } as const;
    useFilter.getState().replace([condition]);
    useSession.getState().go('components');
  };
  return (
    <div className="note is-done" role="status">
      <SeverityIcon severity="done" size={16} />
      <p className="grow">{t('importing.receipt', { count: batch.acceptedRows, revision: batch.revision ?? '' })}</p>
      {batch.as === 'component' && (
        <button type="button" className="link sm row g1 nw" onClick={show}>
          <IconMapPin size={14} stroke={1.5} aria-hidden />
          {t('importing.showThem')}
        </button>
      )}
    </div>
  );
}

/** Rarer acts; a batch set aside keeps nothing from being delivered anew. */
function More({ batch }: { batch: BatchInfo }) {
  const { t } = useWords();
  const engine = useEngine();
  const { run } = useCommand('batch.discard', { quiet: true });
  const [encoding, setEncoding] = useState(false);
  const discard = () =>
    withPerson(() => {
      void run({ id: batch.id }).then((done) => {
        refreshBatches(engine);
        if (done !== null) leave(engine);
      }, tellFailure);
    });
  return (
    <>
      <Menu position="top-end" width={220}>
        <Menu.Target>
          <IconButton label={t('frame.more')}>
            <IconDots size={16} stroke={1.5} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setEncoding(true)}>{t('encoding.open')}</Menu.Item>
          {batch.state === 'staged' && <Menu.Item onClick={discard}>{t('importing.discard')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {encoding && <EncodingDialog batch={batch} onClose={() => setEncoding(false)} />}
    </>
  );
}
