import type { EngineEvent } from '../../api/contract.ts';
import { CheckWatch } from '../check-watch.ts';
import { checkCommands, checkJobs } from '../handlers/checks.ts';
import { projectChores } from '../handlers/chores.ts';
import { componentCommands } from '../handlers/component.ts';
import { deliveryCommands, deliveryJobs } from '../handlers/delivery.ts';
import { gridCommands } from '../handlers/grid.ts';
import { historyCommands } from '../handlers/history.ts';
import { unitCommands } from '../handlers/unit.ts';
import { revisionNow } from '../../project/queries/reader.ts';
import type { LaneContext } from './context.ts';
import { table, type WriteHandlers } from './handlers.ts';
import type { LaneKind } from './lane.ts';

const handlers: WriteHandlers = {
  ...projectChores,
  ...componentCommands,
  ...unitCommands,
  ...gridCommands,
  ...historyCommands,
  ...deliveryCommands,
  ...deliveryJobs,
  ...checkCommands,
  ...checkJobs,
};

export const writeLane: LaneKind = {
  handlers: table(handlers),
  background: (room, busy) => new CheckWatch(room, busy),
  afterWork: (room) => (ctx, method, revision) => {
    const event = revision === null ? quietEvent(ctx, method) : changedEvent(ctx, method, revision);
    if (event !== null) room.post({ type: 'event', event });
  },
};

/** What changed though no revision was made: staged deliveries and decisions about them. */
function quietEvent(ctx: LaneContext, command: string): EngineEvent | null {
  if (!command.startsWith('batch.') && !command.startsWith('delivery.')) return null;
  const revision = revisionNow(ctx.project.db);
  return { event: 'changed', revision, command, layers: ['gewu_batch'], ids: null, window: ctx.window };
}

/** More ids than this are not named: the page asks everything again. */
const MOST_NAMED = 20_000;
/** The page knows a component's line or area as part of the component. */
const LAYER_OF: Readonly<Record<string, string>> = { component_line: 'component', component_area: 'component' };
const EVERYTHING = ['component', 'unit_grid', 'street', 'community', 'unit', 'gewu_batch'];

/** What a revision touched, as every window hears it. */
function changedEvent(ctx: LaneContext, command: string, revision: number): EngineEvent {
  const { window, changed } = ctx;
  if (changed === null) return { event: 'changed', revision, command, layers: EVERYTHING, ids: null, window };
  const layers = [...new Set([...changed.keys()].map((name) => LAYER_OF[name] ?? name))];
  const count = [...changed.values()].reduce((sum, ids) => sum + ids.length, 0);
  const shapes = changed.has('component_line') || changed.has('component_area');
  const ids =
    count > MOST_NAMED || shapes ? null : Object.fromEntries([...changed].map(([name, list]) => [name, [...list]]));
  return { event: 'changed', revision, command, layers, ids, window };
}
