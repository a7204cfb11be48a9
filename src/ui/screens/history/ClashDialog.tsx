import { Modal } from '@mantine/core';
import type { RevisionInfo } from '../../../model/change.ts';
import { Button } from '../../kit/Button.tsx';
import { useWords } from '../../words/index.ts';
import { revisionWords } from '../../words/revision.ts';
import { ClashTable } from './ClashTable.tsx';
import type { Clashes, TakeBackHow } from './use-take-back.ts';
import { useFocusBack } from '../../kit/use-focus-back.ts';

interface ClashDialogProps {
  revision: RevisionInfo;
  clashes: Clashes;
  onChoose: (how: TakeBackHow) => void;
  onClose: () => void;
}

/** Cells somebody changed since: keep what they are now, or overwrite them. Nothing has been done yet. */
export function ClashDialog({ revision, clashes, onChoose, onClose }: ClashDialogProps) {
  const { t, language } = useWords();
  useFocusBack();
  const what = revisionWords(revision, language);
  const { count } = clashes;
  return (
    <Modal
      opened
      onClose={onClose}
      size={860}
      title={t('history.clash.title', { count })}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <p className="sm t2">{t('history.clash.about', { what })}</p>
      <ClashTable clashes={clashes} />
      <div className="form-foot">
        <Button look="main" data-autofocus onClick={() => onChoose('keep')}>
          {t('history.clash.keep')}
        </Button>
        <span className="sm t3">{t('history.clash.keepAbout')}</span>
        <span className="vr is-tight" />
        <Button onClick={() => onChoose('force')}>{t('history.clash.force')}</Button>
        <span className="sm t3">{t('history.clash.forceAbout', { count })}</span>
        <Button look="bare" className="end" onClick={onClose}>
          {t('history.clash.cancel')}
        </Button>
      </div>
    </Modal>
  );
}
