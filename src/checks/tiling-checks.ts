import type { CheckedFault } from '../model/check-source.ts';
import type { Severity } from '../model/finding.ts';
import { defineCheck, type LayerCheck } from './check.ts';

/** Two grids share ground, or one lies beyond its area, once at most; gaps and corners between the same grids differ by their place. */
function keyOf({ kind, at, area }: CheckedFault): string {
  if (kind === 'overlap') return '';
  return kind === 'outside' ? (area === 'district' ? 'district' : '') : at.map((value) => value.toFixed(1)).join(' ');
}

/** A rule that reports one kind of fault of the tiling. */
export function tilingCheck(
  id: string,
  kind: CheckedFault['kind'],
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
          features: fault.gridIds.map((grid) => ({ layer: 'unit_grid' as const, id: grid })),
          key: keyOf(fault),
          at: fault.at,
          data: {
            codes: fault.codes.join(' '),
            count: fault.codes.length,
            areaM2: fault.areaM2 === null ? null : Math.round(fault.areaM2 * 100) / 100,
            area: fault.area,
          },
        };
      }
    },
  });
}
