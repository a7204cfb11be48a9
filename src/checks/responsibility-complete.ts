import { inService, ROLES } from '../model/component.ts';
import { defineCheck, isNamed, onComponent, textCell } from './check.ts';

/** A component in service has a unit for each of the four roles; what is surveyed but not registered is `unit-resolves`' matter. */
export const responsibilityComplete = defineCheck({
  id: 'responsibility-complete',
  severity: 'info',
  reach: 'self',
  clause: null,
  layers: ['component'],
  *check(row) {
    if (!inService(textCell(row, 'state'))) return;
    const missing = ROLES.filter((role) => !isNamed(row, role));
    if (missing.length > 0) yield onComponent(this.id, row, '', { missing: missing.join(' '), count: missing.length });
  },
});
