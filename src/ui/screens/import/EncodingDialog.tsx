import { Modal, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { BatchInfo, BatchText } from '../../../api/delivery.ts';
import { useJob } from '../../app/engine.ts';
import { ErrorNote } from '../../kit/notes.tsx';
import { useFocusBack } from '../../kit/use-focus-back.ts';
import { useWords } from '../../words/index.ts';
import { EncodingOutcome } from './EncodingOutcome.tsx';
import { EncodingReasons, EncodingTable } from './EncodingTable.tsx';
import { TaskProgress } from './Looking.tsx';

interface EncodingDialogProps {
  batch: BatchInfo;
  onClose: () => void;
}

/** The kept bytes of a delivery under each encoding; what another one would change; and the change itself. */
export function EncodingDialog({ batch, onClose }: EncodingDialogProps) {
  const { t } = useWords();
  useFocusBack();
  const { texts, error, taskId } = useTexts(batch);
  return (
    <Modal
      opened
      onClose={onClose}
      size={860}
      title={t('encoding.title')}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      {error !== null && <ErrorNote error={error} />}
      {texts === null && error === null && (
        <div className="enc-wait" aria-busy="true">
          <p className="sm t2">{t('encoding.reading')}</p>
          <TaskProgress id={taskId} />
        </div>
      )}
      {texts !== null && <Texts batch={batch} texts={texts} onClose={onClose} />}
    </Modal>
  );
}

/** Read once when the dialog opens; it takes a moment, since every kept byte is looked at. */
function useTexts(batch: BatchInfo) {
  const { run, task, error } = useJob('batch.texts', { quiet: true });
  const [texts, setTexts] = useState<BatchText[] | null>(null);
  useEffect(() => {
    let here = true;
    void run({ id: batch.id }).then((found) => {
      if (here && found !== null) setTexts(found.tables.filter((table) => table.encoding !== null));
    });
    return () => {
      here = false;
    };
  }, [run, batch.id]);
  return { texts, error, taskId: task?.id ?? null };
}

function Texts({ batch, texts, onClose }: EncodingDialogProps & { texts: readonly BatchText[] }) {
  const { t } = useWords();
  const files = [...new Set(texts.map((text) => text.file))];
  const [file, setFile] = useState(files[0] ?? null);
  const text = texts.find((one) => one.file === file);
  const [chosen, setChosen] = useState<string | null>(null);
  if (text === undefined) return <p className="sm t2">{t('encoding.noText')}</p>;
  const picked = chosen ?? text.encoding ?? '';
  return (
    <div className="enc">
      <p className="sm t2">{t('encoding.about')}</p>
      {files.length > 1 && (
        <Select
          label={t('encoding.file')}
          data={files}
          value={file}
          allowDeselect={false}
          onChange={(next) => {
            setFile(next);
            setChosen(null);
          }}
        />
      )}
      {text.evidence === null ? (
        <p className="note is-warning">{t('encoding.gone')}</p>
      ) : (
        <>
          <EncodingReasons file={text.file} evidence={text.evidence.evidence} />
          <EncodingTable text={text} candidates={text.evidence.candidates} chosen={picked} onChoose={setChosen} />
          <EncodingOutcome
            key={`${text.file} ${picked}`}
            batch={batch}
            text={text}
            encoding={picked}
            onClose={onClose}
          />
        </>
      )}
    </div>
  );
}
