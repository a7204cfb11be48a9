import { defineCheck, onComponent, textCell } from './check.ts';

const DATES = ['surveyed_on', 'changed_on'] as const;

/** Dates exist in the calendar, do not lie in the future, and no change comes before the first survey. */
export const dates = defineCheck({
  id: 'dates',
  severity: 'warning',
  reach: 'self',
  clause: 'GB/T 47678.5-2026 CSRQ, BGRQ',
  layers: ['component'],
  timely: true,
  *check(row, source) {
    for (const { column, value } of row.untaken) {
      if (DATES.some((date) => date === column)) {
        yield onComponent(this.id, row, column, { problem: 'impossible', column, value });
      }
    }
    for (const column of DATES) {
      const day = textCell(row, column);
      if (day !== null && day > source.today) {
        yield onComponent(this.id, row, column, { problem: 'future', column, value: day });
      }
    }
    const [first, changed] = [textCell(row, 'surveyed_on'), textCell(row, 'changed_on')];
    if (first !== null && changed !== null && changed < first) {
      yield onComponent(this.id, row, 'order', {
        problem: 'order',
        column: 'changed_on',
        value: changed,
        expected: first,
      });
    }
  },
});
