import { useEffect, useState } from 'react';
import { useWords } from '../words/index.ts';
import { filesOfDrop } from './dropped.ts';
import { useEngine } from './engine.ts';
import { receive } from './project.ts';
import { tellFailure } from './tell.ts';

/** The whole window takes files and folders. */
export function DropArea() {
  const { t } = useWords();
  const engine = useEngine();
  const [over, setOver] = useState(false);
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
      filesOfDrop(event.dataTransfer)
        .then((files) => engine.host.take(files))
        .then((refs) => receive(engine, refs))
        .catch(tellFailure);
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
  if (!over) return null;
  return (
    <div className="drop-over">
      <p className="title">{t('frame.drop.title')}</p>
      <p className="sm">{t('frame.drop.note')}</p>
    </div>
  );
}
