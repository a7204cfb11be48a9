import { tilingCheck } from './tiling-checks.ts';

/** A grid lies within the community its code names. */
export const gridCrossesCommunity = tilingCheck(
  'grid-crosses-community',
  'outside-community',
  'error',
  'DB11/T 2157-2023, code segments',
);
