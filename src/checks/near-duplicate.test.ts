import { describe, expect, it } from 'vitest';
import { component, found, sourceDouble } from '../../tests/check-source.ts';
import { nearDuplicate } from './near-duplicate.ts';

describe('near-duplicate', () => {
  const other = (id: number) => ({
    id,
    code: '11010801001000002',
    at: [10, 20.2] as [number, number],
    distance: 0.20049,
  });

  it('is the very same finding from either side', () => {
    const [mine] = found(nearDuplicate, component(), sourceDouble({ near: () => [other(9)] }));
    const neighbour = component({ code: '11010801001000002' }, { id: 9, at: [10, 20.2] });
    const back = { id: 7, code: '11010801001000001', at: [10, 20] as [number, number], distance: 0.20049 };
    expect(found(nearDuplicate, neighbour, sourceDouble({ near: () => [back] }))).toEqual([mine]);
    expect(mine).toEqual({
      rule: 'near-duplicate',
      features: [
        { layer: 'component', id: 7 },
        { layer: 'component', id: 9 },
      ],
      key: '',
      at: [10, 20],
      data: { distance: 0.2, within: 0.5, code: '11010801001000001', other: '11010801001000002' },
    });
  });

  it.each([
    ['accuracy A', {}, 0.5],
    ['a class without accuracy', { class_code: '09999' }, 1],
  ])('asks within what the class tells apart: %s', (_, cells, expected) => {
    const asked: number[] = [];
    const near = (_row: unknown, metres: number) => {
      asked.push(metres);
      return [];
    };
    expect(found(nearDuplicate, component(cells), sourceDouble({ near }))).toEqual([]);
    expect(asked).toEqual([expected]);
  });

  it('lets what is out of service or without place alone', () => {
    const source = sourceDouble({ near: () => [other(9)] });
    expect(found(nearDuplicate, component({ state: '移除' }), source)).toEqual([]);
    expect(found(nearDuplicate, component({}, { at: null }), source)).toEqual([]);
  });
});
