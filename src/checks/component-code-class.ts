import { defineCheck, onComponent, textCell } from './check.ts';

/** The class digits inside the code are the component's class. */
export const componentCodeClass = defineCheck({
  id: 'component-code-class',
  severity: 'error',
  reach: 'self',
  clause: 'GB/T 47678.5-2026 GLBJBSM',
  layers: ['component'],
  *check(row) {
    const code = textCell(row, 'code');
    const classCode = textCell(row, 'class_code');
    if (code === null || classCode === null || !/^\d{16,17}$/u.test(code)) return;
    const inCode = code.slice(6, code.length - 6);
    if (inCode !== classCode) yield onComponent(this.id, row, '', { value: inCode, expected: classCode, code });
  },
});
