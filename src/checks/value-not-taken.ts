import { defineCheck, onComponent } from './check.ts';

/** Columns whose own rule names the refused value. */
const ELSEWHERE = new Set(['code', 'surveyed_on', 'changed_on']);

/** A delivered value its column could not take is kept in `extra` and shown here, so that nobody takes the blank for an answer. */
export const valueNotTaken = defineCheck({
  id: 'value-not-taken',
  severity: 'warning',
  reach: 'self',
  clause: null,
  layers: ['component'],
  *check(row) {
    for (const { column, field, value } of row.untaken) {
      if (!ELSEWHERE.has(column)) yield onComponent(this.id, row, column, { column, field, value });
    }
  },
});
