import { asideChores } from '../handlers/chores.ts';
import { deliveryAside } from '../handlers/delivery.ts';
import { exportAside } from '../handlers/export.ts';
import { gridAside } from '../handlers/grid-faults.ts';
import { reportAside } from '../handlers/reports.ts';
import { table, type AsideHandlers } from './handlers.ts';
import type { LaneKind } from './lane.ts';

const handlers: AsideHandlers = {
  ...deliveryAside,
  ...gridAside,
  ...exportAside,
  ...reportAside,
};

export const asideLane: LaneKind = { handlers: table(handlers, asideChores) };
