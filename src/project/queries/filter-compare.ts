import type { CellValue } from '../../model/component.ts';
import type { Filter } from '../../model/filter.ts';

/** SQL over the layer's table under the alias `t`, with its bound parameters in order. */
export interface CompiledFilter {
  sql: string;
  params: (string | number)[];
}

/** A condition on one column. */
export type Condition = Extract<Filter, { column: string }>;

/** Joined pair by pair, so that 500 parts make a tree 9 deep instead of 500. */
export function joined(parts: CompiledFilter[], op: 'and' | 'or'): CompiledFilter {
  const [only] = parts;
  if (only === undefined) return { sql: op === 'and' ? '1' : '0', params: [] };
  if (parts.length === 1) return { sql: `(${only.sql})`, params: only.params };
  const half = Math.ceil(parts.length / 2);
  const left = joined(parts.slice(0, half), op);
  const right = joined(parts.slice(half), op);
  return { sql: `(${left.sql} ${op.toUpperCase()} ${right.sql})`, params: [...left.params, ...right.params] };
}

/** True exactly where the condition is not: an unknown (NULL) counts as false. */
export function negated(inner: CompiledFilter): CompiledFilter {
  return { sql: `(${inner.sql}) IS NOT TRUE`, params: inner.params };
}

/** One condition on an SQL expression of text or, when `numeric`, of numbers. Blank is NULL or ''. */
export function compare(expression: string, numeric: boolean, condition: Condition): CompiledFilter {
  const blank = `(${expression} IS NULL OR ${expression} = '')`;
  switch (condition.op) {
    case 'empty':
      return { sql: blank, params: [] };
    case 'like':
      return { sql: `${expression} LIKE ?`, params: [condition.value] };
    case 'in':
      return oneOf(expression, blank, numeric, condition.values);
    case '=':
      return { sql: `${expression} = ?`, params: [bound(condition.value, numeric)] };
    case '!=':
      return { sql: `${expression} IS NOT ?`, params: [bound(condition.value, numeric)] };
    case '<':
    case '<=':
    case '>':
    case '>=':
      return { sql: `${expression} ${condition.op} ?`, params: [bound(condition.value, numeric)] };
  }
}

function oneOf(expression: string, blank: string, numeric: boolean, values: CellValue[]): CompiledFilter {
  const given = values.filter((value) => value !== null).map((value) => bound(value, numeric));
  const parts: CompiledFilter[] = [];
  if (given.length === 1 && given[0] !== undefined) parts.push({ sql: `${expression} = ?`, params: [given[0]] });
  if (given.length > 1) {
    parts.push({ sql: `${expression} IN (SELECT value FROM json_each(?))`, params: [JSON.stringify(given)] });
  }
  if (values.includes(null) || values.includes('')) parts.push({ sql: blank, params: [] });
  return joined(parts, 'or');
}

/** A number asked of a text column is its digits; digits asked of a numeric one are the number. Codes stay text throughout. */
function bound(value: string | number, numeric: boolean): string | number {
  if (!numeric) return String(value);
  if (typeof value === 'number') return value;
  return /^-?\d+(\.\d+)?$/u.test(value) ? Number(value) : value;
}
