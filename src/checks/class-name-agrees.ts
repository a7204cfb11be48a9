import { defineCheck, onComponent, textCell } from './check.ts';

/** The component's name is the standard name of its class: code and name together tell what it is. */
export const classNameAgrees = defineCheck({
  id: 'class-name-agrees',
  severity: 'warning',
  reach: 'self',
  clause: 'GB/T 47678.5-2026 GLBJMC',
  layers: ['component'],
  *check(row, source) {
    const scheme = textCell(row, 'scheme');
    const code = textCell(row, 'class_code');
    const name = textCell(row, 'name');
    const known = scheme === null || code === null ? null : source.class(scheme, code);
    if (known === null || name === null || name === known.name) return;
    yield onComponent(this.id, row, '', { value: name, expected: known.name, code });
  },
});
