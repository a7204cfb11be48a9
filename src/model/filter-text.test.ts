import { describe, expect, it } from 'vitest';
import { FilterTextError, parseFilter } from './filter-text.ts';
import type { Filter } from './filter.ts';

describe('parseFilter', () => {
  const table: [string, Filter][] = [
    ['clarity = unclear', { op: '=', column: 'clarity', value: 'unclear' }],
    ['clarity == "unclear"', { op: '=', column: 'clarity', value: 'unclear' }],
    ['state <> 移除', { op: '!=', column: 'state', value: '移除' }],
    ["surveyed_on >= '2024-01-01'", { op: '>=', column: 'surveyed_on', value: '2024-01-01' }],
    ['surveyed_on < 2024-01-01', { op: '<', column: 'surveyed_on', value: '2024-01-01' }],
    ["name like '%井盖%'", { op: 'like', column: 'name', value: '%井盖%' }],
    ['name not like 路灯%', { op: 'not', of: { op: 'like', column: 'name', value: '路灯%' } }],
    ['note is empty', { op: 'empty', column: 'note' }],
    ['note IS NOT NULL', { op: 'not', of: { op: 'empty', column: 'note' } }],
    ["name = 'O''Brien 路'", { op: '=', column: 'name', value: "O'Brien 路" }],
    ['in_service = 1', { op: '=', column: 'in_service', value: 1 }],
    ['grid_id in (5, 7)', { op: 'in', column: 'grid_id', values: [5, 7] }],
    ["phase in ('一期', empty)", { op: 'in', column: 'phase', values: ['一期', null] }],
    ["phase not in ('')", { op: 'not', of: { op: 'in', column: 'phase', values: [''] } }],
    ['（state＝破损）', { op: '=', column: 'state', value: '破损' }],
    ["name = 'and'", { op: '=', column: 'name', value: 'and' }],
  ];
  it.each(table)('%s', (text, filter) => {
    expect(parseFilter(text)).toEqual(filter);
  });

  it('keeps digits of codes as text', () => {
    expect(parseFilter('class_code = 01003')).toEqual({ op: '=', column: 'class_code', value: '01003' });
    expect(parseFilter('code = 11010801003000123')).toEqual({ op: '=', column: 'code', value: '11010801003000123' });
    expect(parseFilter("grid_id = '5'")).toEqual({ op: '=', column: 'grid_id', value: '5' });
  });

  it('binds and before or, and not before both', () => {
    const a: Filter = { op: '=', column: 'a', value: 'x' };
    const b: Filter = { op: '=', column: 'b', value: 'y' };
    const c: Filter = { op: '=', column: 'c', value: 'z' };
    expect(parseFilter('a = x or b = y and c = z')).toEqual({ op: 'or', of: [a, { op: 'and', of: [b, c] }] });
    expect(parseFilter('(a = x or b = y) and c = z')).toEqual({ op: 'and', of: [{ op: 'or', of: [a, b] }, c] });
    expect(parseFilter('not a = x and b = y')).toEqual({ op: 'and', of: [{ op: 'not', of: a }, b] });
    expect(parseFilter('NOT (a = x AND b = y)')).toEqual({ op: 'not', of: { op: 'and', of: [a, b] } });
  });

  const broken: [string, number, string][] = [
    ['', 1, 'a column'],
    ['name', 5, '= != < <= > >= in, like or is empty'],
    ['name =', 7, 'a value'],
    ['name = x y = z', 10, 'and, or or the end'],
    ['(name = x', 10, ')'],
    ['name in x', 9, '('],
    ['name in ()', 10, 'a value'],
    ['name not = x', 10, 'in or like'],
    ["name = 'x", 8, "a closing '"],
    ['name = x; drop table component', 9, 'a column, a value or a sign of the filter'],
    ['名 = 𠮷 )', 7, 'and, or or the end'],
  ];
  it.each(broken)('says where "%s" goes wrong', (text, position, expected) => {
    const error = caught(() => parseFilter(text));
    expect(error).toBeInstanceOf(FilterTextError);
    expect((error as FilterTextError).data).toMatchObject({ position, expected });
  });

  it('refuses endless nesting instead of exhausting the stack', () => {
    expect(caught(() => parseFilter('('.repeat(100_000)))).toBeInstanceOf(FilterTextError);
    expect(caught(() => parseFilter(`${'not '.repeat(100_000)}a = b`))).toBeInstanceOf(FilterTextError);
  });
});

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
