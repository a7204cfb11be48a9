import { inService, ROLES } from '../model/component.ts';
import { defineCheck, onComponent, textCell, unitCell } from './check.ts';

/** The unit that answers for a component in service exists on the day: not before it was set up, not after it was dissolved. */
export const unitValid = defineCheck({
  id: 'unit-valid',
  severity: 'warning',
  reach: 'self',
  clause: null,
  layers: ['component'],
  timely: true,
  *check(row, source) {
    if (!inService(textCell(row, 'state'))) return;
    for (const role of ROLES) {
      const id = unitCell(row, role);
      const unit = id === null ? null : source.unit(id);
      if (unit === null) continue;
      const ended = unit.validTo !== null && unit.validTo < source.today;
      const early = unit.validFrom !== null && unit.validFrom > source.today;
      if (!ended && !early) continue;
      const day = ended ? unit.validTo : unit.validFrom;
      yield onComponent(this.id, row, role, {
        role,
        column: `${role}_id`,
        value: unit.name,
        problem: ended ? 'ended' : 'early',
        day,
      });
    }
  },
});
