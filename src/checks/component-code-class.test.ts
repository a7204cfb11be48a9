import { describe, expect, it } from 'vitest';
import { dataOf } from '../../tests/check-source.ts';
import { componentCodeClass } from './component-code-class.ts';

describe('component-code-class', () => {
  it.each([
    ['the same', {}, []],
    ['another', { class_code: '01002' }, [{ value: '01001', expected: '01002', code: '11010801001000001' }]],
    [
      'of four digits in a code of 16',
      { code: '1101080101000001', class_code: '0102' },
      [{ value: '0101', expected: '0102', code: '1101080101000001' }],
    ],
    ['no class: another rule says so', { class_code: null }, []],
    ['no form: another rule says so', { code: '123' }, []],
  ])('%s', (_, cells, expected) => {
    expect(dataOf(componentCodeClass, cells)).toEqual(expected);
  });
});
