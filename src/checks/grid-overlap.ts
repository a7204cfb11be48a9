import { tilingCheck } from './tiling-checks.ts';

/** No place belongs to two grids. */
export const gridOverlap = tilingCheck('grid-overlap', 'overlap', 'error', 'DB11/T 2157-2023 6.2.1');
