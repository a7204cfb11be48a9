import { defineCheck, onComponent } from './check.ts';

/** A component stands in exactly one active grid; one outside the whole district is `outside-district`'s matter. */
export const inOneGrid = defineCheck({
  id: 'in-one-grid',
  severity: 'error',
  reach: 'self',
  clause: 'GB/T 47678.5-2026 SZDYWGBSM',
  layers: ['component'],
  *check(row, source) {
    if (row.at === null) {
      yield onComponent(this.id, row, '', { problem: 'no-place', grids: null });
      return;
    }
    const grids = source.gridsAt(row.at);
    if (grids.length === 0 && source.insideDistrict(row.at) === true) {
      yield onComponent(this.id, row, '', { problem: 'none', grids: null });
    }
    // On a shared border the grid of the lowest code has it; more grids than that is an overlap of the tiling.
    if (grids.length > 1 && typeof row.cells['grid_id'] !== 'number') {
      yield onComponent(this.id, row, '', { problem: 'several', grids: grids.map((grid) => grid.code).join(' ') });
    }
  },
});
