import { describe, expect, it } from 'vitest';
import type { GewuError } from '../../api/error.ts';
import type { Derivation } from '../../model/derive.ts';
import { ANY } from './check-plan.ts';
import { code, withBench } from './testing.ts';

const ROWS = [
  '大类,小类,顺序号,位置,状况,经纬,备注',
  '1,1,1,清河街道|清河路1号,1,"116.31,40.03",甲',
  '1,37,2,清河街道|清河路2号,2,"116.32,40.02",乙',
  '1,37,3,清河路3号,9,,丙',
].join('\n');
const split = (to: string, from: string, separator: string, part: number): Derivation => ({
  to,
  op: 'split',
  from: [from],
  separator,
  part,
});
const DERIVED: Derivation[] = [
  { to: 'class_code', op: 'concat', from: ['大类', '小类'], widths: [2, 3] },
  split('street_text', '位置', '|', 1),
  split('address', '位置', '|', 2),
  split('lon', '经纬', ',', 1),
  split('lat', '经纬', ',', 2),
  { to: 'phase', op: 'constant', value: '三期' },
  {
    to: 'state',
    op: 'lookup',
    from: ['状况'],
    values: [
      { was: '1', now: '完好' },
      { was: '2', now: '破损' },
    ],
  },
  { to: 'code', op: 'concat', from: ['备注', '顺序号'], separator: '-' },
];
const plan = (derived: Derivation[], over: object = {}) => ({
  as: 'component' as const,
  plans: [{ file: ANY, table: ANY, crs: 'EPSG:4490', derived, ...over }],
});

describe('columns made of more or less than a field', () => {
  it('are filled, and what they were made of is kept', async () => {
    await withBench(async (bench) => {
      const batch = await bench.bringIn('a.csv', ROWS, plan(DERIVED));
      const one = bench.component('甲-1');
      expect(one).toMatchObject({
        class_code: '01001',
        name: '供水井盖',
        street_text: '清河街道',
        address: '清河路1号',
        phase: '三期',
        state: '完好',
        note: '甲',
      });
      expect(one?.['geom']).not.toBeNull();
      expect(JSON.parse(String(one?.['extra']))).toEqual({
        大类: '1',
        小类: '1',
        顺序号: '1',
        位置: '清河街道|清河路1号',
        状况: '1',
        经纬: '116.31,40.03',
      });
      expect(batch.tables[0]?.derived).toHaveLength(DERIVED.length);
    });
  });

  it('say what is not in the list or has no such part, by the field that was read', async () => {
    await withBench(async (bench) => {
      const batch = await bench.bringIn('a.csv', ROWS, plan(DERIVED));
      const last = bench.rows(batch, 'new')[2];
      expect(last?.faults.map(({ field, code: fault, column }) => [field, fault, column])).toEqual([
        ['位置', 'no-such-part', 'address'],
        ['状况', 'not-in-list', 'state'],
      ]);
      expect(bench.component('丙-3')).toMatchObject({ street_text: '清河路3号', state: null, address: null });
      expect(batch.warnings.map((warning) => warning.code)).toContain('not-in-list');
    });
  });

  it('are compared like any other: the same delivery again is the same', async () => {
    await withBench(async (bench) => {
      await bench.bringIn('a.csv', ROWS, plan(DERIVED));
      const again = await bench.stage([bench.put('b.csv', ROWS)], plan(DERIVED));
      expect(bench.piles(again)).toMatchObject({ same: 3, changed: 0, new: 0 });
    });
  });

  it('hold a whole field without keeping it twice', async () => {
    await withBench(async (bench) => {
      const content = `编,X,Y,状\n${code(1)},430005,4430005,完好\n${code(2)},430015,4430005,坏`;
      const values = [{ was: '坏', now: '破损' }];
      const derived: Derivation[] = [{ to: 'state', op: 'lookup', from: ['状'], values, otherwise: 'keep' }];
      const given = { mapping: [{ field: '编', to: 'code' }], crs: 'EPSG:4548' };
      await bench.bringIn('a.csv', content, plan(derived, given));
      expect(JSON.parse(String(bench.component(code(1))?.['extra']))).not.toHaveProperty('状');
      expect(JSON.parse(String(bench.component(code(2))?.['extra']))).toMatchObject({ 状: '坏' });
    });
  });

  it.each([
    ['a column that is not there', [{ to: 'colour', op: 'constant', value: 'red' }], 'there is no column "colour"'],
    ['a field that is not there', [{ to: 'note', op: 'concat', from: ['小类', '颜色'] }], '"颜色"'],
    [
      'a column filled twice',
      [
        { to: 'note', op: 'constant', value: '1' },
        { to: 'note', op: 'constant', value: '2' },
      ],
      'column "note"',
    ],
  ] satisfies [string, Derivation[], string][])('are refused for %s', async (_, derived, words) => {
    await withBench(async (bench) => {
      const error = await bench.stage([bench.put('a.csv', ROWS)], plan(derived)).then(
        () => null,
        (caught: unknown) => caught as GewuError,
      );
      expect(error?.code).toBe('mapping-misfit');
      expect(error?.message).toContain(words);
    });
  });
});
