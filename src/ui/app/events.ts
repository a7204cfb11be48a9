import type { Query } from '@tanstack/react-query';
import type { EngineEvent } from '../../api/contract.ts';
import type { ProjectInfo } from '../../api/project.ts';
import { say, sayIf } from '../words/index.ts';
import { dependsOn } from './depends.ts';
import type { Engine } from './engine.ts';
import { useFilter } from './stores/filter.ts';
import { useSelection } from './stores/selection.ts';
import { useSession } from './stores/session.ts';
import { useTasks } from './stores/tasks.ts';
import { useToasts } from './stores/toasts.ts';
import { useView } from './stores/view.ts';

/** Findings changed: rows carry their severity, so their views are asked for anew too. */
const CHECKED = ['check.', 'finding.', 'overview.', 'component.view', 'component.get', 'grid.view', 'grid.get'];
function methodOf(query: Query): string {
  const [method] = query.queryKey;
  return typeof method === 'string' ? method : '';
}

/** Keeps stores and answers true to what the engine tells. Returns how to stop. */
export function followEngine(engine: Engine): () => void {
  return engine.client.listen(
    (event) => hear(engine, event),
    (connected) => {
      const before = useSession.getState().connected;
      useSession.getState().setConnected(connected);
      // Whatever was told while nobody listened is asked for anew.
      if (connected && !before) void engine.queries.invalidateQueries();
    },
  );
}

function hear(engine: Engine, event: EngineEvent): void {
  switch (event.event) {
    case 'changed':
      useSession.getState().noteSaved(new Date());
      void engine.queries.invalidateQueries({ predicate: (query) => dependsOn(methodOf(query), event.layers) });
      return;
    case 'checked':
      void engine.queries.invalidateQueries({
        predicate: (query) => CHECKED.some((prefix) => methodOf(query).startsWith(prefix)),
      });
      return;
    case 'task':
      useTasks.getState().note(event.task);
      return;
    case 'project':
      projectChanged(engine, event.project);
  }
}

/** Another project, or none: nothing of the one before may stay on the screen. */
export function projectChanged(engine: Engine, project: ReturnType<typeof useSession.getState>['project']): void {
  const before = useSession.getState().project;
  const same =
    before !== null && project !== null && before.file.name === project.file.name && before.name === project.name;
  useSession.getState().setProject(project);
  if (same) return;
  useSelection.getState().clear();
  useFilter.getState().clear();
  useView.setState({ viewId: null, shown: 0, total: 0, sort: [] });
  engine.queries.removeQueries({ predicate: (query) => !methodOf(query).startsWith('app.') });
  if (project !== null) tellForeign(project.foreign);
}

/** What other programs did while the project was closed; what cannot be undone stays until it is read. */
function tellForeign(foreign: ProjectInfo['foreign']): void {
  if (foreign === null) return;
  const { show } = useToasts.getState();
  if (foreign.revision !== null) show({ tone: 'notice', text: say('frame.foreign', { rows: foreign.rows }) });
  const tables = foreign.beyond.map(({ table }) => sayIf(`values.layer.${table}`) ?? table).join(say('frame.listSign'));
  if (tables !== '') show({ tone: 'error', text: say('frame.foreignBeyond', { tables }) });
}
