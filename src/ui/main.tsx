import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, useEffect, useLayoutEffect, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/index.css';
import { createClient } from '../api/client.ts';
import { EngineContext, newQueryClient, type Engine } from './app/engine.ts';
import { followEngine, projectChanged } from './app/events.ts';
import { Frame } from './app/Frame.tsx';
import { findShell } from './app/host.ts';
import { mantineTheme, mantineVariables } from './app/mantine.ts';
import { followShell } from './app/shell-menu.ts';
import { useSession } from './app/stores/session.ts';
import { useTasks } from './app/stores/tasks.ts';
import { tellFailure } from './app/tell.ts';
import { i18n, startWords } from './words/index.ts';

/** The look the person chose, on the page's root and in the words. */
function Look({ children, engine }: { children: ReactNode; engine: Engine }) {
  const { theme, density, language, project } = useSession();
  const title = project === null ? '格物' : `${project.name} · 格物`;
  // Before anything below reads the colours in force, as the map does.
  useLayoutEffect(() => {
    Object.assign(document.documentElement.dataset, { theme, density });
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    void i18n.changeLanguage(language);
  }, [theme, density, language]);
  useEffect(() => {
    document.title = title;
    engine.host.setTitle?.(title);
  }, [title, engine]);
  useEffect(() => engine.host.setLook?.({ theme, language }), [theme, language, engine]);
  return (
    <MantineProvider theme={mantineTheme} cssVariablesResolver={mantineVariables} forceColorScheme={theme}>
      {children}
    </MantineProvider>
  );
}

async function start(root: HTMLElement): Promise<void> {
  const { theme, density, language } = useSession.getState();
  Object.assign(document.documentElement.dataset, { theme, density });
  startWords(language);
  const { transport, host } = await findShell();
  const client = createClient(transport, crypto.randomUUID());
  const engine: Engine = { client, host, queries: newQueryClient(), cancel: (id) => transport.cancel(id) };
  followEngine(engine);
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={engine.queries}>
        <EngineContext value={engine}>
          <Look engine={engine}>
            <Frame />
          </Look>
        </EngineContext>
      </QueryClientProvider>
    </StrictMode>,
  );
  await askState(engine);
  // An engine started anew knows nothing of what it was, and the page nothing of what it is.
  useSession.subscribe((now, before) => {
    if (now.connected && !before.connected) askState(engine).catch(tellFailure);
  });
  followShell(engine);
}

async function askState(engine: Engine): Promise<void> {
  const { client } = engine;
  const [app, project, tasks] = await Promise.all([
    client.call('app.info', {}),
    client.call('project.info', {}),
    client.call('task.list', {}),
  ]);
  useSession.getState().setApp(app);
  useTasks.getState().replace(tasks);
  projectChanged(engine, project);
}

const root = document.getElementById('root');
if (root !== null) {
  start(root).catch((error: unknown) => {
    useSession.getState().setFailure(error instanceof Error ? error : new Error(String(error)));
  });
}
