import type { Engine } from './engine.ts';
import { action, type Action } from './actions.ts';
import { useDialogs } from './stores/dialogs.ts';
import { useSelection } from './stores/selection.ts';
import { useSession } from './stores/session.ts';
import { useTool } from './stores/tool.ts';
import { redo, undo } from './undo.ts';
import { screens } from '../screens/index.tsx';
import { closeProject, newProject, openByDialog, openSample } from './project.ts';

const hasProject = () => useSession.getState().project !== null;
const needsProject = () => (hasProject() ? null : ('frame.needsProject' as const));

/** What works on every screen. */
export function frameActions(engine: Engine): Action[] {
  const { show } = useDialogs.getState();
  return [
    action({ id: 'undo', key: 'Ctrl+Z', words: 'frame.undo', available: hasProject, perform: () => void undo(engine) }),
    action({
      id: 'redo',
      key: 'Ctrl+Y Ctrl+Shift+Z',
      words: 'frame.redo',
      available: hasProject,
      perform: () => void redo(engine),
    }),
    action({ id: 'palette', key: 'Ctrl+K', words: 'frame.search', perform: () => show({ id: 'palette' }) }),
    action({ id: 'keys', key: '?', words: 'frame.help', perform: () => show({ id: 'keys' }) }),
    action({ id: 'sample', key: 'Ctrl+1', words: 'frame.project.sample', perform: () => openSample(engine) }),
    action({ id: 'new', key: 'Ctrl+N Alt+N', words: 'frame.project.new', perform: newProject }),
    action({ id: 'open', key: 'Ctrl+O', words: 'frame.project.open', perform: () => void openByDialog(engine) }),
    action({
      id: 'close',
      key: null,
      words: 'frame.project.close',
      available: hasProject,
      perform: () => void closeProject(engine),
    }),
    action({
      id: 'backups',
      key: null,
      words: 'frame.project.backups',
      perform: () => show({ id: 'backups', file: null }),
    }),
    action({ id: 'escape', key: 'Escape', words: 'frame.escape', available: hasProject, perform: goBack }),
    action({ id: 'theme', key: null, words: 'frame.themeSwitch', perform: switchTheme }),
    action({ id: 'language', key: null, words: 'frame.language', perform: switchLanguage }),
    ...screens.map((screen, i) =>
      action({
        id: `screen.${screen.id}`,
        key: String(i + 1),
        words: screen.titleKey,
        disabledBecause: needsProject,
        perform: () => useSession.getState().go(screen.id),
      }),
    ),
  ];
}

/** One step back: the tool first, then the selection, then the filter stays as it is. */
function goBack(): void {
  if (useTool.getState().tool.id !== 'select') useTool.getState().setTool({ id: 'select' });
  else useSelection.getState().clear();
}

export function switchTheme(): void {
  const { theme, setTheme } = useSession.getState();
  setTheme(theme === 'light' ? 'dark' : 'light');
}
export function switchLanguage(): void {
  const { language, setLanguage } = useSession.getState();
  setLanguage(language === 'zh' ? 'en' : 'zh');
}
