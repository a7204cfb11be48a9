import { useSession } from '../../app/stores/session.ts';
import { useShownRule } from '../../app/stores/rule.ts';

/** Leads to the findings of a rule; null to the checks as a whole. */
export function openRule(rule: string | null): void {
  useShownRule.getState().show(rule);
  useSession.getState().go('checks');
}
