import { parseComponentCode } from '../model/codes.ts';
import { defineCheck, onComponent, textCell } from './check.ts';

/** How many digits a code of this scheme has: 17 in the 2026 standard, 16 in the earlier ones; a local scheme may have either. */
function digitsOf(scheme: string | null): readonly number[] {
  if (scheme?.startsWith('GB/T 47678') === true) return [17];
  return scheme?.startsWith('GB/T 30428') === true || scheme?.startsWith('CJ/T 214') === true ? [16] : [16, 17];
}

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
      const refused = row.untaken.find((value) => value.column === 'code')?.value ?? null;
      yield onComponent(this.id, row, '', { problem: refused === null ? 'missing' : 'untaken', value: refused });
      return;
    }
    const digits = digitsOf(textCell(row, 'scheme'));
    const wellFormed = parseComponentCode(code) !== null && digits.includes(code.length);
    if (!wellFormed)
      yield onComponent(this.id, row, '', { problem: 'form', value: code, expected: digits.join(' / ') });
    else if (!code.startsWith(source.district)) {
      yield onComponent(this.id, row, '', { problem: 'district', value: code, expected: source.district });
    }
  },
});
