import { Modal } from '@mantine/core';
import { KeyHint } from '../kit/KeyHint.tsx';
import { useWords } from '../words/index.ts';
import { useActions } from './actions.ts';
import { keyName } from './keys.ts';
import { useDialogs } from './stores/dialogs.ts';
import { useFocusBack } from '../kit/use-focus-back.ts';

const GROUPS = ['everywhere', 'table', 'map'] as const;

/** Every key that does something here and now. */
export function KeySheet() {
  const { t } = useWords();
  useFocusBack();
  const close = useDialogs((s) => s.close);
  const actions = useActions((s) => s.actions).filter((one) => one.key !== null && one.available());
  return (
    <Modal
      opened
      onClose={close}
      size={640}
      title={t('frame.keys.title')}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <div className="keys">
        {GROUPS.map((group) => {
          const own = actions.filter((one) => one.group === group);
          if (own.length === 0) return null;
          return (
            <section key={group}>
              <h3 className="cap">{t(`frame.keys.${group}`)}</h3>
              <dl>
                {own.map((one) => (
                  <div key={one.id}>
                    <dt>{t(one.words)}</dt>
                    <dd>
                      <KeyHint keys={one.shownKey ?? keyName(one.key ?? '')} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Modal>
  );
}
