import { defineCheck, onComponent, textCell } from './check.ts';

/** 16 digits (2007, 2013: 6 district + 2 + 2 class + 6 sequence) or 17 (2026: 6 + 2 + 3 + 6), of this district. */
export const componentCodeForm = defineCheck({
  id: 'component-code-form',
  severity: 'error',
  reach: 'self',
  clause: 'GB/T 47678.5-2026 GLBJBSM; GB/T 30428.2-2013 ObjID',
  layers: ['component'],
  *check(row, source) {
    const code = textCell(row, 'code');
    if (code === null) {
      yield onComponent(this.id, row, '', { problem: 'missing', value: null });
      return;
    }
    const digits = textCell(row, 'scheme')?.startsWith('GB/T 47678') === true ? 17 : null;
    const form = digits === 17 ? /^\d{17}$/u : /^(\d{16}|\d{17})$/u;
    if (!form.test(code)) yield onComponent(this.id, row, '', { problem: 'form', value: code, expected: digits ?? 16 });
    else if (!code.startsWith(source.district)) {
      yield onComponent(this.id, row, '', { problem: 'district', value: code, expected: source.district });
    }
  },
});
