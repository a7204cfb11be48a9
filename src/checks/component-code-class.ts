import { parseComponentCode } from '../model/codes.ts';
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
    const parts = code === null ? null : parseComponentCode(code);
    if (parts === null || classCode === null || parts.classCode === classCode) return;
    yield onComponent(this.id, row, '', { value: parts.classCode, expected: classCode, code });
  },
});
