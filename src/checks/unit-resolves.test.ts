import { describe, expect, it } from 'vitest';
import { component, dataOf, found } from '../../tests/check-source.ts';
import { unitResolves } from './unit-resolves.ts';

describe('unit-resolves', () => {
  it.each([
    ['registered', { owner_text: '区水务局' }, []],
    [
      'a text without a unit',
      { owner_id: null, owner_text: '某物业' },
      [{ role: 'owner', column: 'owner_id', value: '某物业' }],
    ],
    [
      'a code without a unit',
      { owner_id: null, owner_code_text: '9111' },
      [{ role: 'owner', column: 'owner_id', value: '9111' }],
    ],
    ['nothing surveyed: another rule says so', { owner_id: null }, []],
  ])('%s', (_, cells, expected) => {
    expect(dataOf(unitResolves, cells)).toEqual(expected);
  });

  it('tells the roles apart', () => {
    const cells = { owner_id: null, owner_text: '某物业', maintainer_id: null, maintainer_text: '某物业' };
    expect(found(unitResolves, component(cells)).map(({ key }) => key)).toEqual(['owner', 'maintainer']);
  });
});
