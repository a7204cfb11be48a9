import { ROLES } from '../../model/component.ts';
import { ProjectError } from '../error.ts';
import { causeSql, NOT_CLEAR_SQL } from './cause-sql.ts';
import { compare, joined, negated, type CompiledFilter, type Condition } from './filter-compare.ts';
import { IN_SERVICE_SQL, type FilterLayer, type Reader } from './reader.ts';

export type PseudoColumn = (condition: Condition, reader: Reader) => CompiledFilter;

/** Names a filter knows besides the columns of the layer. */
export const PSEUDO: Record<FilterLayer, Readonly<Record<string, PseudoColumn>>> = {
  component: {
    text: text(
      ['code', 'name', 'address'],
      ROLES.map((role) => `${role}_id`),
    ),
    major_code: through('(t.scheme, t.class_code)', 'component_class', 'scheme, code', 'major_code'),
    grid_code: through('t.grid_id', 'unit_grid', 'id', 'code'),
    in_service: inService,
    finding: finding('component'),
    cause: withBlanks({ sql: `NOT ${NOT_CLEAR_SQL}`, params: [] }, cause),
  },
  unit_grid: {
    text: text(['code', 'name'], ['responsible_id']),
    finding: finding('unit_grid'),
  },
};

/** Makes of a condition that selects values one that knows blanks too: `!=` as the complement of `=`, and null among the values of `in`. */
function withBlanks(blank: CompiledFilter, positive: PseudoColumn): PseudoColumn {
  return (condition, reader) => {
    if (condition.op === 'empty') return blank;
    if (condition.op === '!=') return negated(positive({ ...condition, op: '=' }, reader));
    if (condition.op !== 'in' || !condition.values.includes(null)) return positive(condition, reader);
    const others = { ...condition, values: condition.values.filter((value) => value !== null) };
    return joined([blank, positive(others, reader)], 'or');
  };
}

/** A column of another table, reached through a subquery that lists the keys whose value passes. */
function through(key: string, table: string, keys: string, value: string): PseudoColumn {
  const blank = `(${key} IN (SELECT ${keys} FROM ${table} WHERE ${value} <> '')) IS NOT TRUE`;
  return withBlanks({ sql: blank, params: [] }, (condition) => {
    const inner = compare(value, false, condition);
    return { sql: `${key} IN (SELECT ${keys} FROM ${table} WHERE ${inner.sql})`, params: inner.params };
  });
}

function finding(layer: FilterLayer): PseudoColumn {
  const open = (rule: string): string =>
    `t.id IN (SELECT f.feature_id FROM gewu_finding g JOIN gewu_finding_feature f ON f.finding_id = g.id
      WHERE f.layer = '${layer}' AND g.phase = 'open' AND ${rule})`;
  return withBlanks({ sql: `NOT ${open('1')}`, params: [] }, (condition) => {
    const inner = compare('g.rule', false, condition);
    return { sql: open(inner.sql), params: inner.params };
  });
}

function text(columns: string[], units: string[]): PseudoColumn {
  // Units whose name matches are found first: two short lookups by id instead of a name for every row.
  const named = `(SELECT id FROM unit WHERE name LIKE ? ESCAPE '\\' OR short_name LIKE ? ESCAPE '\\')`;
  const parts = [
    ...columns.map((column) => `t.${column} LIKE ? ESCAPE '\\'`),
    ...units.map((column) => `t.${column} IN ${named}`),
  ];
  const count = columns.length + 2 * units.length;
  return (condition) => ({
    sql: `(${parts.join(' OR ')})`,
    params: new Array<string>(count).fill(textPattern(condition)),
  });
}

function textPattern(condition: Condition): string {
  if (condition.op === 'like') return condition.value.includes('%') ? condition.value : `%${condition.value}%`;
  if (condition.op === '=') return `%${String(condition.value).replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`;
  throw unfit(condition, ['=', 'like']);
}

function inService(condition: Condition): CompiledFilter {
  if (condition.op === '=' || condition.op === '!=' || condition.op === 'in')
    return compare(IN_SERVICE_SQL, true, condition);
  throw unfit(condition, ['=', '!=', 'in']);
}

function cause(condition: Condition, reader: Reader): CompiledFilter {
  if (condition.op !== '=' && condition.op !== 'in') throw unfit(condition, ['=', '!=', 'in', 'empty']);
  const why = causeSql(reader.today);
  const values = 'values' in condition ? condition.values : [condition.value];
  return {
    sql: `(${NOT_CLEAR_SQL} AND ${why.sql} IN (SELECT value FROM json_each(?)))`,
    params: [...why.params, JSON.stringify(values)],
  };
}

function unfit(condition: Condition, operators: string[]): ProjectError {
  return new ProjectError(
    'input',
    `"${condition.column}" can't be asked with "${condition.op}"; use ${operators.join(', ')}.`,
    { reason: 'operator', column: condition.column, op: condition.op, operators },
  );
}
