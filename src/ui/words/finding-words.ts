import { RULE_TITLES } from '../../model/rule-titles.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { say, sayIf, type Language, type Values } from './index.ts';
import { columnName } from './revision.ts';

export function ruleTitle(rule: string, language: Language): string {
  return RULE_TITLES[rule]?.[language] ?? rule;
}

/** What a finding says about its feature, in one sentence; the rule's title where there is no sentence. */
export function findingWords({ rule, data }: Pick<FindingDraft, 'rule' | 'data'>, language: Language): string {
  const { problem } = data;
  const values = plain(data, language);
  const special = typeof problem === 'string' ? sayIf(`findings.rule.${rule}·${problem}`, values) : null;
  return special ?? sayIf(`findings.rule.${rule}`, values) ?? ruleTitle(rule, language);
}

/** Columns and roles by their names, lengths and areas with their unit. */
function plain(data: FindingDraft['data'], language: Language): Values {
  const { column, role, distance, within, areaM2, missing, value } = data;
  return {
    ...data,
    value: value === null || value === undefined || value === '' ? say('values.blank') : value,
    column: typeof column === 'string' ? columnName(column, language) : '',
    role: typeof role === 'string' ? (sayIf(`values.role.${role}`) ?? role) : '',
    distance: typeof distance === 'number' ? metres(distance) : '',
    within: typeof within === 'number' ? `${within} m` : '',
    areaM2: typeof areaM2 === 'number' ? areaM2 : 0,
    missing:
      typeof missing === 'string'
        ? missing
            .split(' ')
            .map((one) => sayIf(`values.role.${one}`) ?? one)
            .join(say('findings.and'))
        : '',
  };
}

/** To the centimetre, as the classes' accuracy asks. */
export function metres(distance: number): string {
  return `${distance.toFixed(2)} m`;
}
