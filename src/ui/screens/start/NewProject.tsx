import { Modal, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { GewuError } from '../../../api/error.ts';
import type { AppInfo } from '../../../api/project.ts';
import type { FileRef } from '../../../api/shared.ts';
import { useEngine } from '../../app/engine.ts';
import { choose, opened } from '../../app/project.ts';
import { useDialogs } from '../../app/stores/dialogs.ts';
import { useSession } from '../../app/stores/session.ts';
import { tellFailure } from '../../app/tell.ts';
import { Button } from '../../kit/Button.tsx';
import { failureWords } from '../../words/failure.ts';
import { useWords } from '../../words/index.ts';
import { usualCrs } from './usual-crs.ts';
import { useFocusBack } from '../../kit/use-focus-back.ts';

const HAIDIAN = '110108';
const EXISTS = new Set(['exists', 'file-exists', 'already-exists']);

/** District, coordinate system and classification, and where the file is kept. */
export function NewProject() {
  const { t } = useWords();
  useFocusBack();
  const app = useSession((s) => s.app);
  const close = useDialogs((s) => s.close);
  return (
    <Modal
      opened
      onClose={close}
      size={520}
      title={t('start.dialog.title')}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      {app !== null && <Form app={app} />}
    </Modal>
  );
}

interface Draft {
  name: string;
  district: string;
  crs: string;
  scheme: string;
  folder: FileRef | null;
}

function useCreate() {
  const { language } = useWords();
  const engine = useEngine();
  const [failure, setFailure] = useState<{ text: string; onName: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const create = async ({ folder, ...rest }: Draft) => {
    setBusy(true);
    setFailure(null);
    try {
      opened(engine, await engine.client.call('project.new', folder === null ? rest : { ...rest, folder }));
      useSession.getState().go('import');
    } catch (error) {
      const onName = error instanceof GewuError && EXISTS.has(error.code);
      setFailure({ text: failureWords(error, language), onName });
    } finally {
      setBusy(false);
    }
  };
  return { create, busy, failure };
}

function Form({ app }: { app: AppInfo }) {
  const { t } = useWords();
  const [draft, setDraft] = useState<Draft>({
    name: '',
    district: app.districts.find((one) => one.code === HAIDIAN)?.code ?? app.districts[0]?.code ?? '',
    crs: usualCrs(app)?.code ?? '',
    scheme: app.schemes[0] ?? '',
    folder: null,
  });
  const set = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const { create, busy, failure } = useCreate();
  const ready = draft.name.trim() !== '';
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void create({ ...draft, name: draft.name.trim() });
      }}
    >
      <TextInput
        label={t('start.dialog.name')}
        placeholder={t('start.dialog.nameHint')}
        value={draft.name}
        maxLength={120}
        data-autofocus
        error={failure?.onName === true ? t('start.dialog.exists') : null}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Choices app={app} draft={draft} onSet={set} />
      <FolderLine folder={draft.folder} onChoose={(folder) => set({ folder })} />
      {failure !== null && !failure.onName && (
        <p className="sm sx-error" role="alert">
          {failure.text}
        </p>
      )}
      <div className="form-foot">
        <Button look="main" type="submit" busy={busy} disabledBecause={ready ? null : t('start.dialog.name')}>
          {t('start.dialog.create')}
        </Button>
        <span className="sm t3">{t('start.dialog.note')}</span>
      </div>
    </form>
  );
}

/** District, coordinate system and classification. */
function Choices({ app, draft, onSet }: { app: AppInfo; draft: Draft; onSet: (part: Partial<Draft>) => void }) {
  const { t, language } = useWords();
  return (
    <>
      <Select
        label={t('start.dialog.district')}
        searchable
        limit={200}
        allowDeselect={false}
        data={app.districts.map((one) => ({ value: one.code, label: `${one.code} ${one.name}` }))}
        value={draft.district}
        onChange={(value) => value !== null && onSet({ district: value })}
      />
      <div className="form">
        <Select
          label={t('start.dialog.crs')}
          allowDeselect={false}
          data={app.crs.map((one) => ({ value: one.code, label: language === 'zh' ? one.nameZh : one.nameEn }))}
          value={draft.crs}
          onChange={(value) => value !== null && onSet({ crs: value })}
        />
        <Select
          label={t('start.dialog.scheme')}
          allowDeselect={false}
          data={[...app.schemes]}
          value={draft.scheme}
          onChange={(value) => value !== null && onSet({ scheme: value })}
        />
      </div>
    </>
  );
}

/** Where the file will be kept: the person's documents unless they choose. */
function FolderLine({ folder, onChoose }: { folder: FileRef | null; onChoose: (folder: FileRef) => void }) {
  const { t } = useWords();
  const engine = useEngine();
  const ask = async () => {
    try {
      const title = t('start.browse.openFolder');
      const files = await choose(engine, { title, folders: true, multiple: false, extensions: [] });
      if (files?.[0] !== undefined) onChoose(files[0]);
    } catch (error) {
      tellFailure(error);
    }
  };
  return (
    <div>
      <span className="sm t2">{t('start.dialog.folder')}</span>
      <div className="row g2 folder-line">
        <span className="cut grow">{folder?.name ?? t('start.dialog.documents')}</span>
        <Button small onClick={() => void ask()}>
          {t('start.dialog.choose')}
        </Button>
      </div>
    </div>
  );
}
