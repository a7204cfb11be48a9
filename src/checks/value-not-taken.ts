import { defineCheck, onComponent } from './check.ts';

const OF_DATES = new Set(['surveyed_on', 'changed_on']);

/** A delivered value its column could not take is kept in `extra` and shown here, so that nobody takes the blank for an answer. */
export const valueNotTaken = defineCheck({
  id: 'value-not-taken',
  severity: 'warning',
  reach: 'self',
  clause: null,
  layers: ['component'],
  *check(row) {
    for (const { column, field, value } of row.untaken) {
      if (!OF_DATES.has(column)) yield onComponent(this.id, row, column, { column, field, value });
    }
  },
});
