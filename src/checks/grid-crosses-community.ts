import { tilingCheck } from './tiling-checks.ts';

/** A grid lies within the community it names, and within the district. */
export const gridCrossesCommunity = tilingCheck(
  'grid-crosses-community',
  'outside',
  'error',
  'DB11/T 2157-2023, code segments',
);
