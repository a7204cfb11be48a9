import { tilingCheck } from './tiling-checks.ts';

/** Between the grids of a district there is no room left over. */
export const gridGap = tilingCheck('grid-gap', 'gap', 'error', 'DB11/T 2157-2023 6.2.1');
