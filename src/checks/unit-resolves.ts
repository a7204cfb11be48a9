import { ROLES } from '../model/component.ts';
import { defineCheck, onComponent, textCell, unitCell } from './check.ts';

/** A surveyed unit, by name or code, stands for a registered unit. */
export const unitResolves = defineCheck({
  id: 'unit-resolves',
  severity: 'warning',
  reach: 'self',
  clause: null,
  layers: ['component'],
  *check(row) {
    for (const role of ROLES) {
      const text = textCell(row, `${role}_text`) ?? textCell(row, `${role}_code_text`);
      if (text !== null && unitCell(row, role) === null) {
        yield onComponent(this.id, row, role, { role, column: `${role}_id`, value: text });
      }
    }
  },
});
