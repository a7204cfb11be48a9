import { inService } from '../model/component.ts';
import { defineCheck, textCell } from './check.ts';

/** Least distance at which two components of one class may both be there, by the class's accuracy: A 0.5 m, B 1 m, C 10 m. */
const WITHIN: Record<string, number> = { A: 0.5, B: 1, C: 10 };

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
    const within = WITHIN[known?.accuracy ?? 'B'] ?? 1;
    for (const other of source.near(row, within)) {
      const ids = [row.id, other.id].toSorted((a, b) => a - b);
      yield {
        rule: this.id,
        features: ids.map((id) => ({ layer: 'component' as const, id })),
        key: '',
        at: row.at,
        data: {
          distance: Math.round(other.distance * 1000) / 1000,
          within,
          code: row.id < other.id ? other.code : textCell(row, 'code'),
        },
      };
    }
  },
});
