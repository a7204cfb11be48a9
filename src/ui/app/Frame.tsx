import { useEffect, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { screens, type Screen } from '../screens/index.tsx';
import { ErrorNote } from '../kit/notes.tsx';
import { Splitter } from '../kit/Splitter.tsx';
import { MapPane } from '../map/MapPane.tsx';
import { StartScreen } from '../screens/start/StartScreen.tsx';
import { useWords } from '../words/index.ts';
import { Boundary } from '../kit/Boundary.tsx';
import { actionFor, useActions } from './actions.ts';
import { Dialogs } from './Dialogs.tsx';
import { DropArea } from './DropArea.tsx';
import { useEngine } from './engine.ts';
import { frameActions } from './frame-actions.ts';
import { mapHome, setMapPark } from './MapSlot.tsx';
import { Rail } from './Rail.tsx';
import { StatusBar } from './StatusBar.tsx';
import { PANEL_LIMITS, usePanels } from './stores/panels.ts';
import { useSession } from './stores/session.ts';
import { TitleBar } from './TitleBar.tsx';
import { Toasts } from './Toasts.tsx';
import { ViewKeeper } from './ViewKeeper.tsx';

/** The window: title bar, rail, one screen, status bar, and what floats over them. */
export function Frame() {
  const project = useSession((s) => s.project);
  const known = useSession((s) => s.known);
  const failure = useSession((s) => s.failure);
  const wanted = useSession((s) => s.screen);
  const screen = screens.find((one) => one.id === wanted) ?? screens[0];
  useKeyboard();
  return (
    <div className="app">
      <TitleBar />
      <Rail />
      <main className="main">
        {failure !== null && (
          <div className="bar-note grow">
            <ErrorNote error={failure} onRetry={() => window.location.reload()} />
          </div>
        )}
        {project === null && known && <StartScreen />}
        {project !== null && screen !== undefined && <ScreenArea key={screen.id} screen={screen} />}
        <div className="map-park" ref={setMapPark} aria-hidden="true" inert />
      </main>
      <StatusBar />
      {project !== null && (
        <>
          <ViewKeeper />
          {createPortal(
            <Boundary>
              <MapPane key={project.file.ref} />
            </Boundary>,
            mapHome,
          )}
        </>
      )}
      <Toasts />
      <DropArea />
      <Dialogs />
    </div>
  );
}

function ScreenArea({ screen }: { screen: Screen }) {
  const { t } = useWords();
  const { Main, Side } = screen;
  return (
    <>
      <div className="col grow">
        <h1 className="visually-hidden">{t(screen.titleKey)}</h1>
        <Boundary>
          <Main />
        </Boundary>
      </div>
      {Side !== undefined && (
        <SidePanel>
          <Boundary>
            <Side />
          </Boundary>
        </SidePanel>
      )}
    </>
  );
}

function SidePanel({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const width = usePanels((s) => s.inspector);
  const resize = usePanels((s) => s.resize);
  const [least, most] = PANEL_LIMITS.inspector;
  return (
    <>
      <Splitter
        between="columns"
        grows={-1}
        label={t('frame.resize')}
        value={width}
        least={least}
        most={most}
        onMove={(pixels, start) => resize('inspector', start + pixels)}
      />
      <aside className="panel side" aria-label={t('frame.inspector')} style={{ inlineSize: width }}>
        {children}
      </aside>
    </>
  );
}

function useKeyboard(): void {
  const engine = useEngine();
  useEffect(() => useActions.getState().add(frameActions(engine)), [engine]);
  useEffect(() => {
    let underDialog = false;
    // Noted first of all: the very key that closes a dialog has taken it away when the press arrives below.
    const note = () => {
      underDialog = document.querySelector('[aria-modal=true]') !== null;
    };
    const press = (event: KeyboardEvent) => {
      // What lies under a dialog is not to be reached, by keys neither.
      if (underDialog) return;
      const found = actionFor(event, useActions.getState().actions);
      if (found === null) return;
      event.preventDefault();
      if (found.disabledBecause() === null) found.perform(event);
    };
    window.addEventListener('keydown', note, true);
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', note, true);
      window.removeEventListener('keydown', press);
    };
  }, []);
}
