import type { GridFault } from '../../api/grid.ts';
import type { TilingFault } from '../../model/tiling/fault.ts';
import { findFaults } from '../../model/tiling/faults.ts';
import { buildTiling } from '../../model/tiling/tiling.ts';
import { allActiveFaces, districtPolygons } from '../../project/edits/grid-neighbourhood.ts';
import type { AsideHandlers } from '../lanes/handlers.ts';

export const gridAside: Pick<AsideHandlers, 'grid.faults'> = {
  async 'grid.faults'(ctx) {
    const { db } = ctx.project;
    ctx.progress('reading', 0, null);
    const faces = allActiveFaces(db);
    await ctx.breathe();
    ctx.progress('checking', 0, null);
    const district = districtPolygons(db);
    const found = findFaults(buildTiling(faces), district.length === 0 ? {} : { district });
    const overlaps = told('overlap', found.overlaps);
    const gaps = told('gap', found.gaps);
    // Corners that should be one are a T-junction to a person: two grids that do not share the corner they seem to.
    const tJunctions = told('t-junction', [...found.tJunctions, ...found.nearTwins]);
    const outside = told('outside', found.outside);
    return {
      faults: [...gaps, ...overlaps, ...tJunctions, ...outside],
      gaps: gaps.length,
      overlaps: overlaps.length,
      tJunctions: tJunctions.length,
      outside: outside.length,
    };
  },
};

function told(kind: GridFault['kind'], faults: readonly TilingFault[]): GridFault[] {
  return faults.map(({ place, codes, areaM2 }) => ({ kind, at: place, codes, areaM2 }));
}
