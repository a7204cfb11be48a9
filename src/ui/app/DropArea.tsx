import { useEffect, useRef, useState } from 'react';
import type { TakeOptions } from '../../api/client.ts';
import { GewuError } from '../../api/error.ts';
import { Button } from '../kit/Button.tsx';
import { fileSize, useWords } from '../words/index.ts';
import { readDrop } from './dropped.ts';
import { useEngine, type Engine } from './engine.ts';
import { receive } from './project.ts';
import { Progress } from './TasksButton.tsx';
import { tellFailure } from './tell.ts';

type Sent = Parameters<NonNullable<TakeOptions['onProgress']>>[0];

/** The whole window takes files and folders; what takes a while to arrive shows how far it is. */
export function DropArea() {
  const { t } = useWords();
  const engine = useEngine();
  const [over, setOver] = useState(false);
  const [sent, setSent] = useState<Sent | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const onOver = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      if (!carriesFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      setOver(false);
      stop.current?.abort();
      const control = new AbortController();
      stop.current = control;
      const mine = (then: () => void) => (stop.current === control ? then() : undefined);
      void takeDrop(engine, event.dataTransfer, {
        signal: control.signal,
        onProgress: (now) => mine(() => setSent(now)),
      }).finally(() => mine(() => setSent(null)));
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [engine]);
  if (over) {
    return (
      <div className="drop-over">
        <p className="title">{t('frame.drop.title')}</p>
        <p className="sm">{t('frame.drop.note')}</p>
      </div>
    );
  }
  return sent === null ? null : <Sending sent={sent} onStop={() => stop.current?.abort()} />;
}

async function takeDrop(engine: Engine, transfer: DataTransfer, options: TakeOptions): Promise<void> {
  try {
    await receive(engine, await engine.host.take(readDrop(transfer), options));
  } catch (error) {
    if (!(error instanceof GewuError && error.code === 'cancelled')) tellFailure(error);
  }
}

/** A small drop is there before anybody could read this. */
const SHOWN_AFTER_MS = 300;

function Sending({ sent, onStop }: { sent: Sent; onStop: () => void }) {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  const share = sent.ofBytes === 0 ? null : sent.bytes / sent.ofBytes;
  const text = t('frame.drop.sending', {
    files: sent.files,
    of: sent.ofFiles,
    size: fileSize(sent.bytes),
    ofSize: fileSize(sent.ofBytes),
  });
  return (
    <div className="drop-sending float">
      <Progress share={share} label={t('frame.drop.title')} />
      <p className="sm grow" role="status">
        {text}
      </p>
      <Button small onClick={onStop}>
        {t('frame.cancel')}
      </Button>
    </div>
  );
}
