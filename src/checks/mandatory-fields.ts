import { defineCheck, isNamed, onComponent, textCell } from './check.ts';

/** Columns the 2026 attribute table marks M, but for the code and the grid, which have rules of their own. */
const MANDATORY = ['name', 'state', 'surveyed_on'] as const;

/** The fields nobody may leave out are there: name, state, day of the first survey, and the supervising department. */
export const mandatoryFields = defineCheck({
  id: 'mandatory-fields',
  severity: 'warning',
  reach: 'self',
  clause: 'GB/T 47678.5-2026, requirement M',
  layers: ['component'],
  *check(row) {
    for (const column of MANDATORY) {
      const refused = row.untaken.some((value) => value.column === column);
      if (textCell(row, column) === null && !refused) yield onComponent(this.id, row, column, { column });
    }
    if (!isNamed(row, 'supervisor')) yield onComponent(this.id, row, 'supervisor_id', { column: 'supervisor_id' });
  },
});
