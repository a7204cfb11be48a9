import type { RuleInfo } from '../../api/work.ts';
import { checks } from '../../checks/index.ts';
import type { PhaseCounts } from '../../project/queries/findings.ts';

const NONE: PhaseCounts = { open: 0, fixed: 0, excused: 0, verified: 0 };

/** Every rule in its order, with what it found, and how much of that is on the components that are looked at. */
export function describeRules(
  counts: ReadonlyMap<string, PhaseCounts>,
  here: ReadonlyMap<string, number> | null = null,
): RuleInfo[] {
  return checks.map(({ id, severity, reach, clause, layers }) => ({
    id,
    severity,
    reach,
    clause,
    layers: [...layers],
    ...(counts.get(id) ?? NONE),
    ...(here === null ? {} : { here: here.get(id) ?? 0 }),
  }));
}
