import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCheck,
  IconLock,
  IconMoon,
  IconPlugConnectedX,
  IconSearch,
  IconSun,
} from '@tabler/icons-react';
import { Brand } from '../kit/Brand.tsx';
import { IconButton } from '../kit/IconButton.tsx';
import { KeyHint } from '../kit/KeyHint.tsx';
import { useWords } from '../words/index.ts';
import { readOnlyWords } from '../words/failure.ts';
import { revisionWords } from '../words/revision.ts';
import { useClient, useEngine, useQueryOf } from './engine.ts';
import { switchLanguage, switchTheme } from './frame-actions.ts';
import { ProjectMenu } from './ProjectMenu.tsx';
import { useDialogs } from './stores/dialogs.ts';
import { useSession } from './stores/session.ts';
import { TasksButton } from './TasksButton.tsx';
import { redo, undo } from './undo.ts';

export function TitleBar() {
  const { t, language } = useWords();
  const project = useSession((s) => s.project);
  const theme = useSession((s) => s.theme);
  const zh = language === 'zh';
  return (
    <header className="titlebar">
      <span className="brand">
        <Brand />
      </span>
      <ProjectMenu />
      {project !== null && <SaveState />}
      {project !== null && <SearchBox />}
      <div className="tb-right">
        {project !== null && (
          <>
            <UndoRedo />
            <span className="vr" />
            <TasksButton />
          </>
        )}
        <button type="button" className="lang" title={t('frame.language')} onClick={switchLanguage}>
          <b>{zh ? '中' : 'EN'}</b>/ {zh ? 'EN' : '中'}
        </button>
        <IconButton label={t(theme === 'light' ? 'frame.theme.dark' : 'frame.theme.light')} onClick={switchTheme}>
          {theme === 'light' ? <IconMoon size={16} stroke={1.5} /> : <IconSun size={16} stroke={1.5} />}
        </IconButton>
      </div>
    </header>
  );
}

function SaveState() {
  const { t, language } = useWords();
  const at = useSession((s) => s.savedAt);
  const connected = useSession((s) => s.connected);
  const readOnly = useSession((s) => s.project?.readOnly ?? null);
  const icon = { size: 14, stroke: 1.5, 'aria-hidden': true } as const;
  if (!connected) {
    return (
      <output className="saved sx-error">
        <IconPlugConnectedX {...icon} />
        {t('frame.connectionLost')}
      </output>
    );
  }
  if (readOnly !== null) {
    return (
      <span className="saved" title={readOnlyWords(readOnly, language)}>
        <IconLock {...icon} />
        {t('frame.readOnly')}
      </span>
    );
  }
  const time = at === null ? null : `${at.getHours()}:${String(at.getMinutes()).padStart(2, '0')}`;
  return (
    <span className="saved">
      <IconCheck {...icon} />
      {time === null ? t('frame.savedAll') : t('frame.saved', { at: time })}
    </span>
  );
}

function SearchBox() {
  const { t } = useWords();
  const show = useDialogs((s) => s.show);
  return (
    <button type="button" className="search" onClick={() => show({ id: 'palette' })}>
      <IconSearch size={15} stroke={1.5} aria-hidden />
      <span>{t('frame.search')}</span>
      <KeyHint keys="Ctrl K" />
    </button>
  );
}

function UndoRedo() {
  const { t, language } = useWords();
  const engine = useEngine();
  const { window } = useClient();
  const { data } = useQueryOf('history.state', { window }, { keep: true });
  const next = data?.undo ?? null;
  const again = data?.redo ?? null;
  return (
    <>
      <IconButton
        label={next === null ? t('frame.undo') : t('frame.undoNamed', { what: revisionWords(next, language) })}
        keys="Ctrl Z"
        disabledBecause={next === null ? t('frame.undoNothing') : null}
        onClick={() => void undo(engine)}
      >
        <IconArrowBackUp size={16} stroke={1.5} />
      </IconButton>
      <IconButton
        label={again === null ? t('frame.redo') : t('frame.redoNamed', { what: revisionWords(again, language) })}
        keys="Ctrl Y"
        disabledBecause={again === null ? t('frame.redoNothing') : null}
        onClick={() => void redo(engine)}
      >
        <IconArrowForwardUp size={16} stroke={1.5} />
      </IconButton>
    </>
  );
}
