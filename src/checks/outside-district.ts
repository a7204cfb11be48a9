import { defineCheck, onComponent } from './check.ts';

/** A component stands inside the district: in one of its grids, or at least in one of its streets. */
export const outsideDistrict = defineCheck({
  id: 'outside-district',
  severity: 'error',
  reach: 'self',
  clause: null,
  layers: ['component', 'street'],
  *check(row, source) {
    if (row.at === null || source.gridsAt(row.at).length > 0 || source.insideDistrict(row.at) !== false) return;
    yield onComponent(this.id, row, '', { x: row.at[0], y: row.at[1] });
  },
});
