import { ROLES } from '../../model/component.ts';
import { CAUSES, type Cause } from '../../model/filter.ts';
import { IN_SERVICE_SQL, VALID_UNITS_SQL } from './reader.ts';

const blank = (column: string): string => `(t.${column} IS NULL OR t.${column} = '')`;
const anyRole = (test: (role: string) => string): string => `(${ROLES.map(test).join(' OR ')})`;

const CONDITIONS: Record<Exclude<Cause, 'unconfirmed'>, string> = {
  'ownerless-class': `(t.scheme, t.class_code) IN (SELECT scheme, code FROM component_class WHERE ownerless = 1)`,
  ownerless: `t.confirmation = 'ownerless'`,
  disputed: `t.confirmation = 'disputed'`,
  'no-owner': `(t.owner_id IS NULL AND ${blank('owner_text')} AND ${blank('owner_code_text')})`,
  'unknown-unit': anyRole((r) => `(t.${r}_id IS NULL AND NOT (${blank(`${r}_text`)} AND ${blank(`${r}_code_text`)}))`),
  'missing-role': anyRole((r) => `t.${r}_id IS NULL`),
  'expired-unit': anyRole((r) => `t.${r}_id NOT IN ${VALID_UNITS_SQL}`),
};

/**
 * The first cause why the component `t` is not clear, in the order of `CAUSES`; NULL for components that are clear or out of service.
 * `day` is bound for the validity of units. Whoever passes every test but is still not clear awaits confirmation: 'unconfirmed'.
 */
export function causeSql(day: string): { sql: string; params: string[] } {
  const arms = CAUSES.flatMap((cause) =>
    cause === 'unconfirmed' ? [] : [`WHEN ${CONDITIONS[cause]} THEN '${cause}'`],
  );
  return {
    sql: `CASE ${arms.join(' ')} ELSE 'unconfirmed' END`,
    params: ROLES.flatMap(() => [day, day]),
  };
}

/** Components a cause is asked of. The list of clarities, rather than `<> 'clear'`, lets SQLite use the index. */
export const NOT_CLEAR_SQL = `(t.clarity IN ('partial', 'disputed', 'unclear') AND ${IN_SERVICE_SQL})`;
