import type { Severity } from '../model/finding.ts';
import { defineCheck, type LayerCheck, type TilingFault } from './check.ts';

/** A rule that reports one kind of fault of the tiling. A fault without grids (a gap nobody borders alone) is told apart by its place. */
export function tilingCheck(
  id: string,
  kind: TilingFault['kind'],
  severity: Severity,
  clause: string | null,
): LayerCheck {
  return defineCheck({
    id,
    severity,
    reach: 'tiling',
    clause,
    layers: ['unit_grid'],
    *check(ids, source) {
      for (const fault of source.tilingFaults(ids)) {
        if (fault.kind !== kind) continue;
        yield {
          rule: id,
          features: fault.gridIds.toSorted((a, b) => a - b).map((grid) => ({ layer: 'unit_grid' as const, id: grid })),
          key: `${fault.at[0].toFixed(1)} ${fault.at[1].toFixed(1)}`,
          at: fault.at,
          data: { area: fault.areaM2, codes: fault.codes.join(' ') },
        };
      }
    },
  });
}
