import { inService } from '../model/component.ts';
import { defineCheck, onComponent, textCell } from './check.ts';

/** A component in service stands inside the district. */
export const outsideDistrict = defineCheck({
  id: 'outside-district',
  severity: 'error',
  reach: 'self',
  clause: null,
  layers: ['component'],
  *check(row, source) {
    if (row.at === null || !inService(textCell(row, 'state'))) return;
    if (source.gridsAt(row.at).length > 0 || source.insideDistrict(row.at) !== false) return;
    yield onComponent(this.id, row, '', { x: row.at[0], y: row.at[1] });
  },
});
