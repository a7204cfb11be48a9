import { Modal } from '@mantine/core';
import { IconArrowUp, IconChevronRight, IconFile, IconFolder, IconMap } from '@tabler/icons-react';
import { useState } from 'react';
import type { HostEntry, HostListing } from '../../../api/project.ts';
import type { FileRef } from '../../../api/shared.ts';
import { useQueryOf } from '../../app/engine.ts';
import { useDialogs, type BrowseRequest } from '../../app/stores/dialogs.ts';
import { Button } from '../../kit/Button.tsx';
import { IconButton } from '../../kit/IconButton.tsx';
import { ErrorNote } from '../../kit/notes.tsx';
import { fileSize, useWords } from '../../words/index.ts';
import { useFocusBack } from '../../kit/use-focus-back.ts';

/** Folders of this computer, where the shell has no dialog of its own. */
export function Browse({ request }: { request: BrowseRequest }) {
  const { t } = useWords();
  useFocusBack();
  const answer = useDialogs((s) => s.answer);
  const [folder, setFolder] = useState<FileRef | null>(null);
  const [picked, setPicked] = useState<readonly FileRef[]>([]);
  const { data, error } = useQueryOf('host.list', folder === null ? {} : { folder }, { keep: true });
  const go = (to: FileRef) => {
    setFolder(to);
    setPicked([]);
  };
  const pick = (file: FileRef) => {
    if (!request.multiple) return setPicked([file]);
    setPicked(isPicked(picked, file) ? picked.filter((one) => one.ref !== file.ref) : [...picked, file]);
  };
  return (
    <Modal
      opened
      onClose={() => answer(null)}
      size={720}
      title={request.title}
      zIndex={220}
      closeButtonProps={{ 'aria-label': t('frame.close') }}
    >
      <div className="browse">
        {data !== undefined && <Trail listing={data} onGo={go} />}
        {error !== null && <ErrorNote error={error} />}
        {data !== undefined && (
          <Entries
            listing={data}
            request={request}
            picked={picked}
            onGo={go}
            onPick={pick}
            onOpen={(file) => answer([file])}
          />
        )}
        <div className="form-foot">
          {request.folders && (
            <Button look="main" onClick={() => answer(data === undefined ? null : [data.folder])}>
              {t('start.browse.chooseHere')}
            </Button>
          )}
          {!request.folders && (
            <Button
              look="main"
              disabledBecause={picked.length === 0 ? t('start.browse.openFiles') : null}
              onClick={() => answer([...picked])}
            >
              {t('start.browse.open')}
            </Button>
          )}
          <Button onClick={() => answer(null)}>{t('frame.cancel')}</Button>
          {picked.length > 0 && <span className="sm t2">{t('start.browse.picked', { count: picked.length })}</span>}
        </div>
      </div>
    </Modal>
  );
}

const isPicked = (picked: readonly FileRef[], file: FileRef) => picked.some((one) => one.name === file.name);

function Trail({ listing, onGo }: { listing: HostListing; onGo: (folder: FileRef) => void }) {
  const { t } = useWords();
  const above = listing.trail.at(-2);
  return (
    <div className="row g1 trail">
      <IconButton
        label={t('start.browse.up')}
        disabledBecause={above === undefined ? listing.folder.name : null}
        onClick={() => above !== undefined && onGo(above)}
      >
        <IconArrowUp size={16} stroke={1.5} />
      </IconButton>
      {listing.trail.map((step, i) => (
        <span key={step.ref} className="row g1">
          {i > 0 && <IconChevronRight size={12} stroke={1.5} aria-hidden className="t3" />}
          <button type="button" className="btn is-bare is-sm" onClick={() => onGo(step)}>
            {step.name}
          </button>
        </span>
      ))}
    </div>
  );
}

interface EntriesProps {
  listing: HostListing;
  request: BrowseRequest;
  picked: readonly FileRef[];
  onGo: (folder: FileRef) => void;
  onPick: (file: FileRef) => void;
  onOpen: (file: FileRef) => void;
}

function Entries({ listing, request, picked, onGo, onPick, onOpen }: EntriesProps) {
  const { t, language } = useWords();
  const fits = (entry: HostEntry) =>
    entry.kind === 'folder' ||
    (!request.folders && request.extensions.some((one) => entry.file.name.toLowerCase().endsWith(`.${one}`)));
  const entries = listing.entries.filter(fits);
  return (
    <div
      className="scroll entries"
      {...(entries.length === 0
        ? {}
        : { role: 'listbox', 'aria-label': listing.folder.name, 'aria-multiselectable': request.multiple })}
      tabIndex={-1}
    >
      {entries.length === 0 && <p className="sm t3 entries-none">{t('start.browse.empty')}</p>}
      {entries.map((entry) => {
        const on = isPicked(picked, entry.file);
        const Icon = entry.kind === 'folder' ? IconFolder : /\.gpkg$/iu.test(entry.file.name) ? IconMap : IconFile;
        return (
          <button
            key={entry.file.name}
            type="button"
            role="option"
            aria-selected={on}
            className={on ? 'entry is-sel' : 'entry'}
            onClick={() => (entry.kind === 'folder' ? onGo(entry.file) : onPick(entry.file))}
            onDoubleClick={() => entry.kind === 'file' && onOpen(entry.file)}
          >
            <Icon size={16} stroke={1.5} aria-hidden />
            <span className="cut grow">{entry.file.name}</span>
            <span className="t3 num">{entry.kind === 'file' ? fileSize(entry.size) : ''}</span>
            <span className="t3 num">
              {new Date(entry.modified).toLocaleDateString(language === 'zh' ? 'zh-CN' : 'en-GB')}
            </span>
          </button>
        );
      })}
    </div>
  );
}
