import { Modal } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { FileRef } from '../../../api/shared.ts';
import { useEngine } from '../../app/engine.ts';
import { openInUse } from '../../app/project.ts';
import { useDialogs } from '../../app/stores/dialogs.ts';
import { Button } from '../../kit/Button.tsx';
import { useFocusBack } from '../../kit/use-focus-back.ts';
import { useWords, when } from '../../words/index.ts';

interface InUseProps {
  file: FileRef;
  /** Data of the refusal; see `LockHolder` of the project file. */
  holder: Readonly<Record<string, unknown>>;
}

/** Somebody has the project: who and since when, and the ways there are. Taking over is asked twice, and only from a computer that is silent. */
export function InUse({ file, holder }: InUseProps) {
  const { t } = useWords();
  useFocusBack();
  const engine = useEngine();
  const close = useDialogs((s) => s.close);
  const [asking, setAsking] = useState(false);
  const cancel = useRef<HTMLButtonElement>(null);
  // A key held down must not answer the second question with the first.
  useEffect(() => {
    if (asking) cancel.current?.focus();
  }, [asking]);
  const quiet = holder['quiet'] === true;
  const elsewhere = holder['elsewhere'] === true;
  const open = (way: 'beside' | 'takeOver') => void openInUse(engine, file, way);
  return (
    <Modal
      opened
      onClose={close}
      size={520}
      title={t('start.inUse.title')}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <div className="form">
        <p className="sm t2">{t('start.inUse.about', { name: file.name })}</p>
        <Facts holder={holder} />
        {elsewhere && !quiet && <p className="sm t2">{t('start.inUse.alive')}</p>}
        {asking && (
          <p className="sm" role="alert">
            {t('start.inUse.sure', { host: text(holder['host']) })}
          </p>
        )}
        <div className="form-foot">
          {!asking && (
            <>
              <Button look="main" data-autofocus title={t('start.inUse.besideAbout')} onClick={() => open('beside')}>
                {t('start.inUse.beside')}
              </Button>
              {quiet && <Button onClick={() => setAsking(true)}>{t('start.inUse.release')}</Button>}
            </>
          )}
          {asking && <Button onClick={() => open('takeOver')}>{t('start.inUse.sureGo')}</Button>}
          <Button ref={cancel} look="bare" className="end" onClick={close}>
            {t('start.inUse.cancel')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Facts({ holder }: Pick<InUseProps, 'holder'>) {
  const { t, language } = useWords();
  const here = t('start.inUse.here', { pid: text(holder['pid']) });
  const facts = [
    [t('start.inUse.person'), text(holder['person'])],
    [t('start.inUse.host'), holder['elsewhere'] === true ? text(holder['host']) : `${text(holder['host'])} · ${here}`],
    [t('start.inUse.since'), when(text(holder['at']), language)],
    [t('start.inUse.seen'), when(text(holder['seen']), language)],
  ] as const;
  return (
    <dl className="holder">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
