import { describe, expect, it } from 'vitest';
import { dataOf } from '../../tests/check-source.ts';
import { stateKnown } from './state-known.ts';

describe('state-known', () => {
  it.each([
    ['of the standard', { state: '移除' }, []],
    ['blank: in service', { state: null }, []],
    ['another', { state: '待修' }, [{ value: '待修' }]],
  ])('%s', (_, cells, expected) => {
    expect(dataOf(stateKnown, cells)).toEqual(expected);
  });
});
