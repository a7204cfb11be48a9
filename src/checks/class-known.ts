import { defineCheck, onComponent, textCell } from './check.ts';

/** The class stands in the classification scheme the component names. */
export const classKnown = defineCheck({
  id: 'class-known',
  severity: 'error',
  reach: 'self',
  clause: 'GB/T 47678.5-2026',
  layers: ['component'],
  *check(row, source) {
    const scheme = textCell(row, 'scheme');
    const code = textCell(row, 'class_code');
    if (code === null) yield onComponent(this.id, row, '', { problem: 'missing', value: null, scheme });
    else if (scheme === null || source.class(scheme, code) === null) {
      yield onComponent(this.id, row, '', { problem: 'unknown', value: code, scheme });
    }
  },
});
