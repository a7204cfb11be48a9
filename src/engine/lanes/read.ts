import { checkReads } from '../handlers/checks.ts';
import { describeProject } from '../handlers/chores.ts';
import { deliveryReads } from '../handlers/delivery.ts';
import { photoReads } from '../handlers/photos.ts';
import { figureReads } from '../handlers/figures.ts';
import { historyReads } from '../handlers/history.ts';
import { reportReads } from '../handlers/reports.ts';
import { componentReads, gridReads } from '../handlers/table.ts';
import { table, type Chores, type ReadHandlers } from './handlers.ts';
import type { LaneContext } from './context.ts';
import type { LaneKind } from './lane.ts';

const handlers: ReadHandlers = {
  ...componentReads,
  ...gridReads,
  ...figureReads,
  ...checkReads,
  ...deliveryReads,
  ...photoReads,
  ...reportReads,
  ...historyReads,
};

const chores = {
  'chore.describe': (ctx: LaneContext): Chores['chore.describe']['output'] => describeProject(ctx),
};

export const readLane: LaneKind = { handlers: table(handlers, chores) };
