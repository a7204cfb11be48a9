import { Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Button } from '../kit/Button.tsx';
import { useWords } from '../words/index.ts';
import { useClient } from './engine.ts';
import { useDialogs } from './stores/dialogs.ts';
import { useSession } from './stores/session.ts';
import { tellFailure } from './tell.ts';
import { useFocusBack } from '../kit/use-focus-back.ts';

/** The name every change carries. Asked before the first one, changed in the settings. */
export function PersonDialog({ after }: { after: (() => void) | null }) {
  const { t } = useWords();
  useFocusBack();
  const client = useClient();
  const { app, setApp } = useSession();
  const close = useDialogs((s) => s.close);
  const [name, setName] = useState(app?.person ?? app?.suggestedPerson ?? '');
  const remember = async () => {
    try {
      setApp(await client.call('app.setPerson', { name: name.trim() }));
      close();
      after?.();
    } catch (error) {
      tellFailure(error);
    }
  };
  return (
    <Modal
      opened
      onClose={close}
      size={400}
      title={t('start.person.title')}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void remember();
        }}
      >
        <p className="sm t2">{t('start.person.about')}</p>
        <TextInput
          label={t('start.person.label')}
          value={name}
          maxLength={60}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className="form-foot">
          <Button look="main" type="submit" disabledBecause={name.trim() === '' ? t('start.person.label') : null}>
            {t('start.person.go')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
