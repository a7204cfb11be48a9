import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { Backup } from '../../../api/project.ts';
import type { FileRef } from '../../../api/shared.ts';
import { useEngine, useQueryOf } from '../../app/engine.ts';
import { choose, opened } from '../../app/project.ts';
import { useDialogs } from '../../app/stores/dialogs.ts';
import { useSession } from '../../app/stores/session.ts';
import { tellFailure } from '../../app/tell.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorNote } from '../../kit/notes.tsx';
import { fileSize, useWords, when } from '../../words/index.ts';
import { useFocusBack } from '../../kit/use-focus-back.ts';

/** Copies kept at the first change of each day; putting one back keeps the file as it is now first. */
export function Backups({ file }: { file: FileRef | null }) {
  const { t } = useWords();
  useFocusBack();
  const engine = useEngine();
  const close = useDialogs((s) => s.close);
  const known = useSession((s) => s.project?.file ?? s.app?.recents.find((one) => !one.missing)?.file ?? null);
  const [of, setOf] = useState<FileRef | null>(file ?? known);
  const { data, error } = useQueryOf('project.backups', of === null ? null : { file: of });
  const another = async () => {
    try {
      const title = t('start.backups.choose');
      const files = await choose(engine, { title, folders: false, multiple: false, extensions: ['gpkg'] });
      if (files?.[0] !== undefined) setOf(files[0]);
    } catch (failure) {
      tellFailure(failure);
    }
  };
  const restore = async (backup: Backup) => {
    try {
      opened(engine, await engine.client.call('project.restore', { backup: backup.file }));
    } catch (failure) {
      tellFailure(failure);
    }
  };
  return (
    <Modal
      opened
      onClose={close}
      size={520}
      title={t('start.backups.title')}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <div className="form">
        <p className="sm t2">
          {of === null ? '' : `${of.name} · `}
          {t('start.backups.about')}
        </p>
        {error !== null && <ErrorNote error={error} />}
        {(data?.length ?? 0) === 0 && error === null && <p className="sm t3">{t('start.backups.none')}</p>}
        <ul className="backups">
          {data?.map((backup) => (
            <BackupLine key={backup.file.ref} backup={backup} onRestore={() => void restore(backup)} />
          ))}
        </ul>
        <div className="form-foot">
          <Button onClick={() => void another()}>{t('start.backups.choose')}</Button>
        </div>
      </div>
    </Modal>
  );
}

function BackupLine({ backup, onRestore }: { backup: Backup; onRestore: () => void }) {
  const { t, language } = useWords();
  return (
    <li className="row g3">
      <span className="grow">{when(backup.at, language)}</span>
      <span className="t3">{t(`start.backups.reason.${backup.reason}`)}</span>
      <span className="t3 num">{fileSize(backup.size)}</span>
      <Button small onClick={onRestore}>
        {t('start.backups.restore')}
      </Button>
    </li>
  );
}
