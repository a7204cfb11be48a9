import { describe, expect, it } from 'vitest';
import { dataOf, SCHEME } from '../../tests/check-source.ts';
import { classKnown } from './class-known.ts';

describe('class-known', () => {
  it.each([
    ['in the scheme', {}, []],
    ['missing', { class_code: null }, [{ problem: 'missing', value: null, scheme: SCHEME }]],
    ['unknown', { class_code: '09999' }, [{ problem: 'unknown', value: '09999', scheme: SCHEME }]],
    [
      'known only in another scheme',
      { scheme: 'CJ/T 214-2007' },
      [{ problem: 'unknown', value: '01001', scheme: 'CJ/T 214-2007' }],
    ],
    ['without a scheme', { scheme: null }, [{ problem: 'unknown', value: '01001', scheme: null }]],
  ])('%s', (_, cells, expected) => {
    expect(dataOf(classKnown, cells)).toEqual(expected);
  });
});
