import { describe, expect, it } from 'vitest';
import { dataOf } from '../../tests/check-source.ts';
import { componentCodeForm } from './component-code-form.ts';

describe('component-code-form', () => {
  it.each([
    ['17 digits of the 2026 standard', {}, []],
    ['16 digits under an earlier one', { scheme: 'GB/T 30428.2-2013', code: '1101080101000001' }, []],
    ['either under a local scheme', { scheme: 'BJ', code: '1101080101000001' }, []],
    ['none', { code: null }, [{ problem: 'missing', value: null }]],
    [
      '16 under the 2026 standard',
      { code: '1101080101000001' },
      [{ problem: 'form', value: '1101080101000001', expected: '17' }],
    ],
    ['letters', { code: '1101080100100000A' }, [{ problem: 'form', value: '1101080100100000A', expected: '17' }]],
    [
      'another district',
      { code: '11010501001000001' },
      [{ problem: 'district', value: '11010501001000001', expected: '110108' }],
    ],
  ])('%s', (_, cells, expected) => {
    expect(dataOf(componentCodeForm, cells)).toEqual(expected);
  });

  it('names a delivered code that could not be taken', () => {
    const untaken = [{ column: 'code', field: 'BSM', value: '1.10108E+16' }];
    expect(dataOf(componentCodeForm, { code: null }, { untaken })).toEqual([
      { problem: 'untaken', value: '1.10108E+16' },
    ]);
  });
});
