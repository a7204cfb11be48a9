import { Modal } from '@mantine/core';
import type { Clash } from '../../../model/change.ts';
import { Button } from '../../kit/Button.tsx';
import { useFocusBack } from '../../kit/use-focus-back.ts';
import { useWords } from '../../words/index.ts';
import { ClashTable } from '../history/ClashTable.tsx';

/** Cells shown one by one; the others are counted. */
const SHOWN = 500;

/** A delivery was taken back: the cells that somebody changed since were left as they are, and these are they. */
export function TakenBack({ clashes, onClose }: { clashes: readonly Clash[]; onClose: () => void }) {
  const { t } = useWords();
  useFocusBack();
  const count = clashes.length;
  return (
    <Modal
      opened
      onClose={onClose}
      size={860}
      title={t('importing.left.title', { count })}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <p className="sm t2">{t('importing.left.about')}</p>
      <ClashTable clashes={{ list: clashes.slice(0, SHOWN), count }} />
      <div className="form-foot">
        <Button look="main" data-autofocus onClick={onClose}>
          {t('frame.close')}
        </Button>
      </div>
    </Modal>
  );
}
