import { describe, expect, it } from 'vitest';
import { openProject } from '../open.ts';
import { TODAY, withProject } from '../testing.ts';
import { createUnitResolver } from './resolve-units.ts';

/** Units 1 甲, 2 乙 (short 甲局), 3 and 4 both known as 排水, 5 with codes. */
function resolving(text: string | null, code: string | null = null) {
  return withProject((path) => {
    const file = openProject(path, { mode: 'write', today: TODAY, person: '李静' });
    try {
      file.revise({ command: 'test', person: '李静' }, (tx) => {
        tx.insert('unit', { name: '北京市（甲）公司' });
        tx.insert('unit', { name: '乙公司', short_name: '甲局' });
        tx.insert('unit', { name: '排水一所', short_name: '排水' });
        tx.insert('unit', { name: '排水二所' });
        tx.insert('unit', { name: '丙公司', code: '1101080001', credit_code: '91110108MA01ABCD2X' });
        tx.insert('unit_alias', { unit_id: 4, alias: '排水' });
        tx.insert('unit_alias', { unit_id: 2, alias: '丙公司' });
      });
      return createUnitResolver(file.db).resolve(text, code);
    } finally {
      file.close();
    }
  });
}

describe('the unit a text stands for', () => {
  it.each([
    ['its name, whatever the width and the blanks', '北京市(甲)公司 ', null, 1],
    ['a short name', '甲局', null, 2],
    ['a local code', null, '1101080001', 5],
    ['a credit code', null, '91110108MA01ABCD2X', 5],
    ['a full name before another unit’s alias', '丙公司', null, 5],
    ['name and code that agree', '丙公司', '1101080001', 5],
    ['a code beside an unknown name', '新名', '1101080001', 5],
    ['no unit for what nobody is called', '甲', null, null],
    ['no unit for a name two share', '排水', null, null],
    ['nothing for nothing', null, null, null],
  ])('%s', (_, text, code, id) => expect(resolving(text, code)).toEqual({ id, conflict: false }));

  it('is none where name and code stand for two', () =>
    expect(resolving('乙公司', '1101080001')).toEqual({ id: null, conflict: true }));
});
