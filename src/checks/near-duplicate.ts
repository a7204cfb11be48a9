import { inService } from '../model/component.ts';
import { defineCheck, textCell } from './check.ts';

/** Least distance at which two components of one class may both be there, by the class's accuracy (A, B); unsaid is B. */
const WITHIN: Readonly<Record<string, number>> = { A: 0.5, B: 1 };
/** Things of accuracy C are large: that their points lie within its 10 m says little, so they are asked as B. */
const OTHERWISE = 1;

/** Two of a class nearer than their accuracy tells apart are probably one, surveyed twice. */
export const nearDuplicate = defineCheck({
  id: 'near-duplicate',
  severity: 'warning',
  reach: 'neighbours',
  clause: null,
  layers: ['component'],
  *check(row, source) {
    if (row.at === null || !inService(textCell(row, 'state'))) return;
    const known = source.class(textCell(row, 'scheme') ?? '', textCell(row, 'class_code') ?? '');
    const within = WITHIN[known?.accuracy ?? ''] ?? OTHERWISE;
    const own = { id: row.id, code: textCell(row, 'code'), at: row.at };
    for (const other of source.near(row, within)) {
      const [first, second] = row.id < other.id ? [own, other] : [other, own];
      yield {
        rule: this.id,
        features: [first, second].map(({ id }) => ({ layer: 'component' as const, id })),
        key: '',
        at: first.at,
        data: { distance: Math.round(other.distance * 1000) / 1000, within, code: first.code, other: second.code },
      };
    }
  },
});
