import type { Input, Output } from '../../api/contract.ts';
import { withSnapshot } from '../../project/snapshot.ts';
import { asideChores } from '../handlers/chores.ts';
import { deliveryAside } from '../handlers/delivery.ts';
import { exportAside } from '../handlers/export.ts';
import { gridAside } from '../handlers/grid-faults.ts';
import { reportAside } from '../handlers/reports.ts';
import type { LaneContext } from './context.ts';
import { table, type AsideHandlers, type AsideMethod } from './handlers.ts';
import type { LaneKind } from './lane.ts';

const handlers: AsideHandlers = {
  ...deliveryAside,
  ...gridAside,
  'export.write': atOneState<'export.write'>(exportAside['export.write']),
  'report.write': atOneState<'report.write'>(reportAside['report.write']),
};

/** What is written out in several turns belongs to one revision, though others go on working. */
function atOneState<M extends AsideMethod>(
  handler: (ctx: LaneContext, input: Input<M>) => Output<M> | Promise<Output<M>>,
): (ctx: LaneContext, input: Input<M>) => Promise<Output<M>> {
  return (ctx, input) => withSnapshot(ctx.project, async () => await handler(ctx, input));
}

export const asideLane: LaneKind = { handlers: table(handlers, asideChores) };
