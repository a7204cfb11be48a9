import { describe, expect, it } from 'vitest';
import { found, sourceDouble } from '../../tests/check-source.ts';
import { componentCodeUnique } from './component-code-unique.ts';

describe('component-code-unique', () => {
  it('is one finding for all who carry the code, placed where the first one stands', () => {
    const group = {
      code: '11010801001000001',
      members: [
        { id: 9, at: [5, 5] as [number, number] },
        { id: 4, at: null },
      ],
    };
    const source = sourceDouble({ sharedCodes: () => [group] });
    expect(found(componentCodeUnique, null, source)).toEqual([
      {
        rule: 'component-code-unique',
        features: [
          { layer: 'component', id: 4 },
          { layer: 'component', id: 9 },
        ],
        key: '11010801001000001',
        at: null,
        data: { code: '11010801001000001', count: 2 },
      },
    ]);
    expect(found(componentCodeUnique, null)).toEqual([]);
  });

  it('hands on whom to look at', () => {
    const asked: (readonly number[] | null)[] = [];
    const source = sourceDouble({
      sharedCodes(ids) {
        asked.push(ids);
        return [];
      },
    });
    expect([...componentCodeUnique.check([1, 2], source), ...componentCodeUnique.check(null, source)]).toEqual([]);
    expect(asked).toEqual([[1, 2], null]);
  });
});
