import { tilingCheck } from './tiling-checks.ts';

/** A node of one grid that lies on its neighbour's edge is a node of the neighbour too; else the border opens at the next edit. */
export const gridTJunction = tilingCheck('grid-t-junction', 't-junction', 'warning', 'DB11/T 2157-2023 6.2.1');
