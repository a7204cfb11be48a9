import { defineCheck, onComponent } from './check.ts';

/**
 * A component has a place, and stands in one active grid and in no other. On a border shared by grids it belongs to the one with the
 * lowest code; one outside the whole district is `outside-district`'s matter. Without any grid there is nothing to ask.
 */
export const inOneGrid = defineCheck({
  id: 'in-one-grid',
  severity: 'error',
  reach: 'self',
  clause: 'GB/T 47678.5-2026 SZDYWGBSM',
  layers: ['component', 'unit_grid'],
  *check(row, source) {
    if (row.at === null) {
      yield onComponent(this.id, row, '', { problem: 'no-place', grids: null });
      return;
    }
    if (!source.hasGrids) return;
    const grids = source.gridsAt(row.at);
    const holding = grids.filter((grid) => grid.inside);
    if (grids.length === 0 && source.insideDistrict(row.at) !== false) {
      yield onComponent(this.id, row, '', { problem: 'none', grids: null });
    } else if (holding.length > 1) {
      yield onComponent(this.id, row, '', { problem: 'several', grids: holding.map((grid) => grid.code).join(' ') });
    }
  },
});
