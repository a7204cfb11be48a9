import { describe, expect, it } from 'vitest';
import { dataOf } from '../../tests/check-source.ts';
import { classNameAgrees } from './class-name-agrees.ts';

describe('class-name-agrees', () => {
  it.each([
    ['the standard name', {}, []],
    ['another name', { name: '路灯' }, [{ value: '路灯', expected: '供水井盖', code: '01001' }]],
    ['no name: it is mandatory elsewhere', { name: null }, []],
    ['an unknown class: another rule says so', { class_code: '09999', name: '路灯' }, []],
  ])('%s', (_, cells, expected) => {
    expect(dataOf(classNameAgrees, cells)).toEqual(expected);
  });
});
