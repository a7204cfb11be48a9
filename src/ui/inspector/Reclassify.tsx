import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { ComponentDetail } from '../../api/component.ts';
import { useCommand } from '../app/engine.ts';
import { withPerson } from '../app/project.ts';
import { useSelection } from '../app/stores/selection.ts';
import { useSession } from '../app/stores/session.ts';
import { Button } from '../kit/Button.tsx';
import { ClassSelect } from '../kit/ClassSelect.tsx';
import { useWords } from '../words/index.ts';
import { useFocusBack } from '../kit/use-focus-back.ts';

/** Gives a component another class: the old row is retired and kept, a new one succeeds it. */
export function Reclassify({ detail, onClose }: { detail: ComponentDetail; onClose: () => void }) {
  const { t } = useWords();
  useFocusBack();
  const scheme = useSession((s) => s.project?.scheme) ?? String(detail.cells['scheme'] ?? '');
  const [chosen, setChosen] = useState<string | null>(null);
  const reclassify = useCommand('component.reclassify');
  const perform = async (classCode: string) => {
    const done = await reclassify.run({ id: detail.id, scheme, classCode });
    if (done !== null) useSelection.getState().select('component', [done.id]);
  };
  const go = () => {
    if (chosen === null) return;
    withPerson(() => void perform(chosen));
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={420}
      title={t('inspector.reclassify.title')}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <div className="form">
        <p className="sm t2">{t('inspector.reclassify.about')}</p>
        <ClassSelect label={t('inspector.reclassify.to')} scheme={scheme} value={chosen} onChange={setChosen} />
        <div className="form-foot">
          <Button look="main" disabledBecause={chosen === null ? t('inspector.reclassify.to') : null} onClick={go}>
            {t('inspector.reclassify.go')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
