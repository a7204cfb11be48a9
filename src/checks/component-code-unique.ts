import { defineCheck } from './check.ts';

/** One code, one component, for all time: retired ones keep theirs. */
export const componentCodeUnique = defineCheck({
  id: 'component-code-unique',
  severity: 'error',
  reach: 'layer',
  clause: 'GB/T 47678.5-2026 GLBJBSM',
  layers: ['component'],
  *check(ids, source) {
    for (const { code, members } of source.sharedCodes(ids)) {
      const sorted = members.toSorted((a, b) => a.id - b.id);
      yield {
        rule: this.id,
        features: sorted.map((member) => ({ layer: 'component' as const, id: member.id })),
        key: code,
        at: sorted[0]?.at ?? null,
        data: { code, count: sorted.length },
      };
    }
  },
});
