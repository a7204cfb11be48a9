import { beforeEach, describe, expect, it } from 'vitest';
import { tickedValues, toFilter, useFilter } from './filter.ts';

const filter = () => useFilter.getState();

describe('the one filter', () => {
  beforeEach(() => filter().clear());

  it('is nothing at all while nothing is chosen', () => {
    expect(toFilter(filter())).toBeNull();
    filter().setText('   ');
    expect(toFilter(filter())).toBeNull();
  });

  it('gathers the values of one column and lets go of the last', () => {
    filter().toggleValue('clarity', 'clear', '明晰');
    filter().toggleValue('clarity', null, '空白');
    expect(toFilter(filter())).toEqual({ op: 'in', column: 'clarity', values: ['clear', null] });
    expect(tickedValues(filter().conditions, 'clarity')).toEqual(['clear', null]);
    filter().toggleValue('clarity', 'clear', '明晰');
    filter().toggleValue('clarity', null, '空白');
    expect(filter().conditions).toEqual([]);
  });

  it('joins columns and text by and', () => {
    filter().toggleValue('street_code', '110108024', '东升镇');
    filter().put({ kind: 'compare', column: 'changed_on', op: '>=', value: '2026-01-01' });
    filter().setText('路灯');
    expect(toFilter(filter())).toEqual({
      op: 'and',
      of: [
        { op: 'in', column: 'street_code', values: ['110108024'] },
        { op: '>=', column: 'changed_on', value: '2026-01-01' },
        { op: 'like', column: 'text', value: '%路灯%' },
      ],
    });
  });

  it('puts a condition in the place of the one of its kind and column', () => {
    filter().put({ kind: 'compare', column: 'changed_on', op: '>=', value: '2026-01-01' });
    filter().put({ kind: 'compare', column: 'changed_on', op: '<=', value: '2026-12-31' });
    filter().put({ kind: 'compare', column: 'changed_on', op: '>=', value: '2026-06-01' });
    expect(filter().conditions).toHaveLength(2);
    expect(filter().conditions[0]).toMatchObject({ op: '>=', value: '2026-06-01' });
  });

  it('is replaced as a whole by a door, and a chip taken away leaves the rest', () => {
    filter().setText('x');
    const door = { op: 'empty' as const, column: 'owner_id' };
    filter().replace([{ kind: 'door', id: 'no-owner', words: 'components.title', filter: door }]);
    expect(toFilter(filter())).toEqual(door);
    filter().put({ kind: 'box', bbox: [0, 0, 1, 1] });
    const [first] = filter().conditions;
    if (first !== undefined) filter().remove(first);
    expect(toFilter(filter())).toEqual({ op: 'box', bbox: [0, 0, 1, 1] });
  });
});
