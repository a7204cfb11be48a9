import type { RuleInfo } from '../../../api/work.ts';
import type { FindingPhase } from '../../../model/finding.ts';
import { useQueryOf } from '../../app/engine.ts';
import { toFilter, useFilter } from '../../app/stores/filter.ts';
import { useShownRule } from '../../app/stores/rule.ts';
import type { Filter } from '../../../model/filter.ts';

export interface Rules {
  rules: readonly RuleInfo[];
  /** The rule whose findings are listed: the one asked for, else the gravest with something open. */
  shown: RuleInfo | null;
  filter: Filter | null;
  checkedAt: string | null;
  stale: boolean;
  known: boolean;
  error: Error | null;
}

export function useRules(phase: FindingPhase): Rules {
  const conditions = useFilter((s) => s.conditions);
  const text = useFilter((s) => s.text);
  const filter = toFilter({ conditions, text });
  const wanted = useShownRule((s) => s.rule);
  const { data, error } = useQueryOf('check.rules', { filter }, { keep: true });
  const rules = data?.rules ?? [];
  const found = rules.find((one) => one.id === wanted);
  const shown = found ?? rules.find((one) => one[phase] > 0) ?? null;
  return {
    rules,
    shown,
    filter,
    checkedAt: data?.checkedAt ?? null,
    stale: data?.stale ?? false,
    known: data !== undefined,
    error,
  };
}
