import { describe, expect, it } from 'vitest';
import type { GewuError } from '../../api/error.ts';
import { ANY, planFor } from './check-plan.ts';
import { headerSignature } from './saved-form.ts';
import { code, HERE, lattice, register, withBench, type Bench } from './testing.ts';

const plan = (over: object) => ({
  as: 'component' as const,
  plans: [{ file: ANY, table: ANY, crs: 'EPSG:4548', ...over }],
});
const said = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => '',
    (error: unknown) => `${(error as GewuError).code}: ${(error as GewuError).message}`,
  );
const mappingOf = async (bench: Bench, content: string) => {
  const { tables } = await bench.inspect([bench.put('look.csv', content)]);
  const fields = tables[0]?.fields.map(({ name, role }) => [name, role] as const) ?? [];
  return { saved: tables[0]?.savedMapping, to: Object.fromEntries(fields) };
};

describe('a plan for a table', () => {
  it('is its own, over the one for all', () => {
    const plans = [
      { file: ANY, table: ANY, crs: 'EPSG:4548', encoding: 'gbk' },
      { file: 'a.csv', table: 'a', encoding: 'utf-8' },
    ];
    expect(planFor(plans, 'a.csv', 'a')).toEqual({ file: 'a.csv', table: 'a', crs: 'EPSG:4548', encoding: 'utf-8' });
    expect(planFor(plans, 'b.csv', 'b')).toMatchObject({ file: 'b.csv', table: 'b', encoding: 'gbk' });
    expect(planFor(undefined, 'b.csv', 'b')).toBeUndefined();
  });

  it('fills the columns it says, from the fields it says', async () => {
    await withBench(async (bench) => {
      const mapping = [
        { field: '备注', to: 'address' },
        { field: '厂家编号', to: 'note' },
      ];
      const rows = register(lattice(2).map((row) => ({ ...row, note: '某处', vendor: 'V7' })));
      await bench.bringIn('a.csv', rows, plan({ mapping }));
      expect(bench.component(code(1))).toMatchObject({ address: '某处', note: 'V7' });
    });
  });

  it.each([
    ['a column that is not there', { mapping: [{ field: '备注', to: 'colour' }] }, 'there is no column "colour"'],
    [
      'two fields for a column',
      {
        mapping: [
          { field: '备注', to: 'note' },
          { field: '厂家编号', to: 'note' },
        ],
      },
      'column "note"',
    ],
    ['a key that is not there', { key: '井号' }, 'no field "井号"'],
  ])('is refused for %s', async (_, over, words) => {
    await withBench(async (bench) => {
      const before = bench.dump();
      const message = await said(bench.stage([bench.put('a.csv', register(lattice(2)))], plan(over)));
      expect(message).toMatch(/^mapping-misfit: a\.csv, a: /u);
      expect(message).toContain(words);
      expect(bench.dump()).toBe(before);
    });
  });

  it('may name the field by which rows are known', async () => {
    await withBench(async (bench) => {
      const rows = register(lattice(3).map((row) => ({ ...row, vendor: `V${row.code}`, code: '' })));
      await bench.bringIn('a.csv', rows, plan({ key: '厂家编号' }));
      expect(bench.component(`V${code(2)}`)).toBeDefined();
      const named = await bench.stage([bench.put('b.csv', register(lattice(3)))], plan({ key: 'code' }));
      expect(named.tables[0]?.mapping).toContainEqual({ field: '部件标识码', to: 'code' });
    });
  });

  it('may leave a column of known rows as it is', async () => {
    await withBench(async (bench) => {
      await bench.bringIn(
        'a.csv',
        register(lattice(2).map((row) => ({ ...row, note: '旧', state: '完好' }))),
        plan({}),
      );
      const rows = register(lattice(3).map((row) => ({ ...row, note: '新', state: '破损' })));
      await bench.bringIn('b.csv', rows, plan({ mapping: [{ field: '备注', to: 'note', change: false }] }));
      expect(bench.component(code(1))).toMatchObject({ note: '旧', state: '破损' });
      expect(bench.component(code(3))).toMatchObject({ note: '新' });
    });
  });

  it('is refused for a class that nobody knows, naming near ones', async () => {
    await withBench(async (bench) => {
      const stage = (over: object) => said(bench.stage([bench.put('a.csv', register(lattice(2)))], plan(over)));
      expect(await stage({ classCode: '1001' })).toMatch(/^class-unknown: .*1001.*01001 供水井盖/u);
      expect(await stage({ scheme: 'GB/T 1' })).toMatch(/^scheme-unknown: .*GB\/T 47678\.5-2026/u);
      expect(await stage({ classCode: '0114' })).toBe('');
    });
  });

  it('names the class of a table that does not', async () => {
    await withBench(async (bench) => {
      const content = 'X,Y,备注\n430001,4430001,a\n430021,4430001,b';
      const batch = await bench.stage([bench.put('a.csv', content)], plan({ classCode: '01037' }));
      expect(batch.tables[0]).toMatchObject({ classCode: '01037' });
      expect(bench.rows(batch, 'new')[0]?.now).toMatchObject({ class_code: '01037', name: '路灯' });
    });
  });
});

describe('a saved mapping', () => {
  const mapping = [
    { field: '厂家编号', to: 'specification' },
    { field: '备注', to: null },
  ];
  const rows = lattice(3).map((row) => ({ ...row, note: 'n', vendor: 'V7' }));
  const withSaved = (work: (bench: Bench) => Promise<void>) =>
    withBench(async (bench) => {
      await bench.stage([bench.put('a.csv', register(rows))], { ...plan({ mapping }), saveMapping: true });
      await work(bench);
    });
  const reordered = (content: string, order: (cells: string[]) => string[]) =>
    content
      .split('\n')
      .map((line) => order(line.split(',')).join(','))
      .join('\n');

  it('is found again by the headings, in any order', async () => {
    expect(headerSignature(['ObjID', 'X'])).toBe(headerSignature(['x', 'OBJ_ID']));
    await withSaved(async (bench) => {
      const found = await mappingOf(
        bench,
        reordered(register(rows), (cells) => cells.toReversed()),
      );
      expect(found).toMatchObject({ saved: true, to: { 厂家编号: 'specification', 备注: null, 部件标识码: 'code' } });
    });
  });

  it('serves a form that gained or lost a column', async () => {
    await withSaved(async (bench) => {
      const gained = await mappingOf(
        bench,
        reordered(register(rows), (cells) => [...cells, cells[0] === '部件标识码' ? '地址' : 'x']),
      );
      expect(gained).toMatchObject({ to: { 厂家编号: 'specification', 备注: null } });
      const lost = await mappingOf(
        bench,
        reordered(register(rows), (cells) => cells.filter((_, i) => i !== 5)),
      );
      expect(lost.to).toMatchObject({ 厂家编号: 'specification', 部件标识码: 'code' });
      expect(lost.to).not.toHaveProperty('备注');
    });
  });

  it('does not serve another form, and a plan goes before it', async () => {
    await withSaved(async (bench) => {
      const other = await mappingOf(bench, 'ObjID,ObjName,厂家编号,备注\n11010801001000001,井盖,V7,n');
      expect(other).toMatchObject({ saved: false, to: { 厂家编号: null, 备注: 'note' } });
      const batch = await bench.stage(
        [bench.put('b.csv', register(rows))],
        plan({ mapping: [{ field: '厂家编号', to: 'material' }] }),
      );
      expect(batch.tables[0]?.mapping).toContainEqual({ field: '厂家编号', to: 'material' });
    });
  });

  it('is saved once', async () => {
    await withSaved(async (bench) => {
      const revisions = () => bench.project.db.prepare(`SELECT count(*) FROM gewu_revision`).pluck().get();
      const before = revisions();
      await bench.stage([bench.put('c.csv', register(rows))], { ...HERE, saveMapping: true });
      expect(revisions()).toBe(before);
      expect(bench.project.db.prepare(`SELECT count(*) FROM gewu_mapping`).pluck().get()).toBe(1);
    });
  });
});
