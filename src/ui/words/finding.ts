import type { Finding } from '../../model/finding.ts';
import { sayIf, type Language, type Values } from './index.ts';
import { columnName } from './revision.ts';

/** What a finding says, in one sentence; the id of its rule where there are no words for it. */
export function findingSentence({ rule, data }: Pick<Finding, 'rule' | 'data'>, language: Language): string {
  const values = readable(data, language);
  const problem = data['problem'] ?? (data['area'] === 'district' ? 'district' : null);
  const key = `findings.rule.${rule}`;
  return (problem === null ? null : sayIf(`${key}·${problem}`, values)) ?? sayIf(key, values) ?? rule;
}

/** Columns and roles by their names; everything else as it is. */
function readable(data: Finding['data'], language: Language): Values {
  const { column, role, missing } = data;
  return {
    ...data,
    ...(typeof column === 'string' ? { column: columnName(column, language) } : {}),
    ...(typeof role === 'string' ? { role: roleName(role) } : {}),
    ...(typeof missing === 'string'
      ? {
          missing: missing
            .split(' ')
            .map(roleName)
            .join(language === 'zh' ? '、' : ', '),
        }
      : {}),
  };
}

function roleName(role: string): string {
  return sayIf(`values.role.${role}`) ?? role;
}
