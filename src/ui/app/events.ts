import type { Query } from '@tanstack/react-query';
import type { EngineEvent } from '../../api/contract.ts';
import { say } from '../words/index.ts';
import type { Engine } from './engine.ts';
import { useFilter } from './stores/filter.ts';
import { useSelection } from './stores/selection.ts';
import { useSession } from './stores/session.ts';
import { useTasks } from './stores/tasks.ts';
import { useToasts } from './stores/toasts.ts';
import { useView } from './stores/view.ts';

/** Tables a method's answer is made from; '*' any. What is not named here depends on nothing in the project. */
const DEPENDS: readonly [prefix: string, tables: readonly string[]][] = [
  ['component.', ['component', 'unit', 'unit_alias', 'unit_grid', 'street', 'community', 'gewu_finding']],
  ['class.', ['component']],
  ['unit.', ['unit', 'unit_alias', 'component']],
  ['map.outline', ['street', 'community']],
  ['map.', ['component', 'unit_grid', 'street', 'community']],
  ['stats.', ['*']],
  ['overview.', ['*']],
  ['grid.', ['unit_grid', 'component', 'unit', 'street', 'community']],
  ['batch.', ['*']],
  ['history.', ['*']],
  ['report.preview', ['*']],
  ['project.info', ['*']],
];
/** Findings changed: rows carry their severity, so their views are asked for anew too. */
const CHECKED = ['check.', 'finding.', 'overview.', 'component.view', 'component.get', 'grid.view', 'grid.get'];
/** A page of a view stays what it was; after a change there is a new view with pages of its own. */
const PAGES = new Set(['component.rows', 'grid.rows', 'component.position', 'grid.position']);

export function dependsOn(method: string, layers: readonly string[]): boolean {
  if (PAGES.has(method)) return false;
  const tables = DEPENDS.find(([prefix]) => method.startsWith(prefix))?.[1];
  return tables !== undefined && (tables.includes('*') || tables.some((table) => layers.includes(table)));
}

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
  if (project !== null && project.foreign !== null) {
    useToasts.getState().show({ tone: 'notice', text: say('frame.foreign', { rows: project.foreign.rows }) });
  }
}
