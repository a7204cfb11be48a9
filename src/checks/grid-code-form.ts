import { parseGridCode } from '../model/codes.ts';
import { defineCheck } from './check.ts';

/** 15 digits (6 district + 3 street + 3 community + 3 sequence) or 14 of the earlier rule; letters may stand in the last part of imported codes. */
export const gridCodeForm = defineCheck({
  id: 'grid-code-form',
  severity: 'error',
  reach: 'layer',
  clause: 'DB11/T 2157-2023; GB/T 47678.3-2026',
  layers: ['unit_grid'],
  *check(ids, source) {
    for (const grid of source.grids(ids)) {
      const features = [{ layer: 'unit_grid' as const, id: grid.id }];
      const draft = { rule: this.id, features, key: '', at: null };
      if (parseGridCode(grid.code) === null) yield { ...draft, data: { problem: 'form', value: grid.code } };
      else if (!grid.code.startsWith(source.district)) {
        yield { ...draft, data: { problem: 'district', value: grid.code, expected: source.district } };
      } else if (grid.communityCode !== null && !grid.code.startsWith(grid.communityCode)) {
        yield { ...draft, data: { problem: 'community', value: grid.code, expected: grid.communityCode } };
      }
    }
  },
});
