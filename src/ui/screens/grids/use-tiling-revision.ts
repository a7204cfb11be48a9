import { useQueryOf } from '../../app/engine.ts';

const ALL = { filter: null, sort: [] };

/** The revision the grids are of now: a check of the tiling made at another is out of date. */
export function useTilingRevision(): number {
  return useQueryOf('grid.view', ALL, { keep: true }).data?.revision ?? 0;
}
