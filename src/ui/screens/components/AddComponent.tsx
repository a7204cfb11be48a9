import { Modal, TextInput } from '@mantine/core';
import { IconMapPinPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { action, useActions } from '../../app/actions.ts';
import { useCommand } from '../../app/engine.ts';
import { withPerson } from '../../app/project.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { useSession } from '../../app/stores/session.ts';
import { useTool } from '../../app/stores/tool.ts';
import { parsePosition } from '../../inspector/position.ts';
import { Button } from '../../kit/Button.tsx';
import { ClassSelect } from '../../kit/ClassSelect.tsx';
import { IconButton } from '../../kit/IconButton.tsx';
import { useWords } from '../../words/index.ts';
import { useFocusBack } from '../../kit/use-focus-back.ts';

/** Class first, then a click on the map; N leads here, and typed coordinates do without the mouse. */
export function AddComponent() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const readOnly = useSession((s) => s.project?.readOnly != null);
  const adding = useTool((s) => s.tool.id === 'add-component');
  useEffect(
    () =>
      useActions.getState().add([
        action({
          id: 'add',
          key: 'N',
          words: 'components.add.title',
          group: 'map',
          disabledBecause: () => (useSession.getState().project?.readOnly != null ? 'frame.readOnly' : null),
          perform: () => setOpen(true),
        }),
      ]),
    [],
  );
  return (
    <>
      <IconButton
        label={t('components.add.title')}
        keys="N"
        on={adding}
        disabledBecause={readOnly ? t('frame.readOnly') : null}
        onClick={() => setOpen(true)}
      >
        <IconMapPinPlus size={16} stroke={1.5} />
      </IconButton>
      {open && <AddDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  useFocusBack();
  const scheme = useSession((s) => s.project?.scheme) ?? '';
  const [chosen, setChosen] = useState<string | null>(null);
  const [place, setPlace] = useState('');
  const add = useCommand('component.add');
  const at = place.trim() === '' ? null : parsePosition(place);
  const wrong = at === null && place.trim() !== '';
  const because = chosen === null ? t('components.add.class') : wrong ? t('inspector.badPosition') : null;
  const addAt = async (classCode: string, [x, y]: readonly [number, number]) => {
    const made = await add.run({ scheme, classCode, at: [x, y] });
    if (made !== null) useSelection.getState().select('component', [made.id], { zoom: true });
  };
  const go = () => {
    if (chosen === null || wrong) return;
    onClose();
    withPerson(() => {
      if (at === null) useTool.getState().setTool({ id: 'add-component', scheme, classCode: chosen });
      else void addAt(chosen, at);
    });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={420}
      title={t('components.add.title')}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <p className="sm t2">{t('components.add.about')}</p>
        <ClassSelect label={t('components.add.class')} scheme={scheme} value={chosen} onChange={setChosen} />
        <TextInput
          label={t('components.add.at')}
          description={t('components.add.atHint')}
          value={place}
          error={wrong ? t('inspector.badPosition') : null}
          onChange={(event) => setPlace(event.currentTarget.value)}
        />
        <div className="form-foot">
          <Button look="main" type="submit" disabledBecause={because}>
            {t(at === null ? 'components.add.onMap' : 'components.add.here')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
