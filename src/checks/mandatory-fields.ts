import { defineCheck, onComponent, textCell } from './check.ts';

/** Columns the 2026 attribute table marks M, but for the code and the grid, which have rules of their own. */
const MANDATORY = ['name', 'state', 'surveyed_on'] as const;

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
    const supervised = typeof row.cells['supervisor_id'] === 'number' || textCell(row, 'supervisor_text') !== null;
    if (!supervised) yield onComponent(this.id, row, 'supervisor_id', { column: 'supervisor_id' });
  },
});
