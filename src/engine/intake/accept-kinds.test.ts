import { describe, expect, it } from 'vitest';
import type { Shape } from '../../model/geometry/types.ts';
import { undoBatch } from '../../project/undo.ts';
import { ORIGIN, squareShape } from '../../project/testing.ts';
import { code, geojson, HERE, lattice, PERSON, register, rolesOf, withBench, type Bench } from './testing.ts';

const [ox, oy] = ORIGIN;
const line = (...at: [number, number][]): Shape => ({
  type: 'MultiLineString',
  coordinates: [at.map(([x, y]): [number, number] => [ox + x, oy + y])],
});
const fence = (shape: Shape) =>
  geojson([{ properties: { 部件标识码: code(1, '04008'), 部件名称: '绿地护栏' }, shape }]);
const all = (bench: Bench, sql: string) => bench.project.db.prepare<[], Record<string, unknown>>(sql).all();

describe('lines and areas', () => {
  it('live in their own layer, with the point on them', async () => {
    await withBench(async (bench) => {
      await bench.bringIn('护栏.geojson', fence(line([10, 10], [30, 10])), { as: 'component' });
      const lawn = geojson([
        { properties: { 部件标识码: code(1, '04013'), 部件名称: '绿地' }, shape: squareShape(120, 20, 20) },
      ]);
      await bench.bringIn('绿地.geojson', lawn, { as: 'component' });
      expect(all(bench, `SELECT component_id FROM component_line`)).toEqual([{ component_id: 1 }]);
      expect(all(bench, `SELECT component_id FROM component_area`)).toEqual([{ component_id: 2 }]);
      expect(all(bench, `SELECT ST_MinX(geom) x, ST_MinY(geom) y, grid_id FROM component ORDER BY id`)).toEqual([
        { x: ox + 20, y: oy + 10, grid_id: 1 },
        { x: ox + 130, y: oy + 30, grid_id: 2 },
      ]);
    });
  });

  it('may come with their points in a table beside: one component, told twice', async () => {
    const fenceOf = (shape: Shape, name = '绿地护栏') =>
      geojson([{ properties: { 部件标识码: code(1, '04008'), 部件名称: name }, shape }]);
    const point = (x: number): Shape => ({ type: 'Point', coordinates: [ox + x, oy + 10] });
    await withBench(async (bench) => {
      const shape = bench.put('护栏.geojson', fenceOf(line([10, 10], [30, 10])));
      const beside = (name: string, x: number, called?: string) => bench.put(name, fenceOf(point(x), called));
      const elsewhere = await bench.stage([shape, beside('别处.geojson', 25)], { as: 'component' });
      expect(bench.piles(elsewhere)).toMatchObject({ new: 0, unclear: 2 });
      const another = await bench.stage([shape, beside('别名.geojson', 20, '护栏')], { as: 'component' });
      expect(bench.piles(another)).toMatchObject({ new: 0, unclear: 2 });
      const both = await bench.stage([shape, beside('点.geojson', 20)], { as: 'component' });
      expect(bench.piles(both)).toMatchObject({ new: 1, same: 1, unclear: 0 });
      expect(bench.rows(both, 'same')[0]?.reason?.code).toBe('point-of-shape');
      bench.accept(both.id);
      expect(all(bench, `SELECT count(*) n FROM component`)).toEqual([{ n: 1 }]);
      expect(all(bench, `SELECT component_id FROM component_line`)).toEqual([{ component_id: 1 }]);
      const again = await bench.stage([shape, beside('点.geojson', 20)], { as: 'component' });
      expect(bench.piles(again)).toEqual({ new: 0, changed: 0, same: 2, gone: 0, unclear: 0 });
    });
  });

  it('are compared vertex by vertex, though their middle stays', async () => {
    await withBench(async (bench) => {
      await bench.bringIn('one.geojson', fence(line([10, 10], [30, 10])), { as: 'component' });
      const same = await bench.stage([bench.put('two.geojson', fence(line([10, 10], [30, 10.0004])))], {
        as: 'component',
      });
      expect(bench.piles(same)).toMatchObject({ same: 1, changed: 0 });
      const longer = await bench.stage([bench.put('three.geojson', fence(line([5, 10], [35, 10])))], {
        as: 'component',
      });
      expect(bench.rows(longer, 'changed')[0]?.was?.['geom']).toMatch(/^20 m#/u);
      const before = bench.dump();
      expect(bench.accept(longer.id).rows).toBe(1);
      expect(all(bench, `SELECT ST_MinX(geom) x FROM component_line`)).toEqual([{ x: ox + 5 }]);
      undoBatch(bench.project, longer.id, { person: PERSON });
      expect(bench.dump()).toBe(before);
    });
  });

  it('are left alone when somebody redrew them meanwhile', async () => {
    await withBench(async (bench) => {
      await bench.bringIn('one.geojson', fence(line([10, 10], [30, 10])), { as: 'component' });
      const batch = await bench.stage([bench.put('two.geojson', fence(line([5, 10], [35, 10])))], { as: 'component' });
      bench.project.revise({ command: 'test', person: PERSON }, (tx) => {
        const held = tx.read('component_line', 1);
        tx.remove('component_line', 1);
        return held;
      });
      expect(bench.accept(batch.id)).toMatchObject({ rows: 0, revision: null });
    });
  });
});

describe('grids', () => {
  const grid = (n: number, side: number, status?: string) => ({
    properties: { BGID: `11010800100100${n}`, SQDM: '110108001001', 终止日期: status ?? null },
    shape: squareShape(((n - 1) & 1) * 100, ((n - 1) >> 1) * 100, side),
  });

  it('come in, change shape, and end when no longer delivered', async () => {
    await withBench(async (bench) => {
      const batch = await bench.stage([bench.put('g.geojson', geojson([grid(1, 100), grid(2, 99), grid(3, 100)]))], {
        as: 'unit-grid',
      });
      expect(bench.piles(batch)).toEqual({ new: 0, changed: 1, same: 2, gone: 1, unclear: 0 });
      bench.accept(batch.id);
      const rows = all(
        bench,
        `SELECT code, status, ended_on, area_m2 FROM unit_grid WHERE street_code = '110108001' ORDER BY code`,
      );
      expect(rows.map(({ status, area_m2: area }) => [status, area])).toEqual([
        ['active', 10_000],
        ['active', 9801],
        ['active', 10_000],
        ['retired', 10_000],
      ]);
      expect(rows[3]?.['ended_on']).toBe('2026-11-23');
    });
  });

  it('a code once retired is never used again', async () => {
    await withBench(async (bench) => {
      bench.project.revise({ command: 'test', person: PERSON }, (tx) =>
        tx.update('unit_grid', 1, { status: 'retired' }),
      );
      const batch = await bench.stage([bench.put('g.geojson', geojson([grid(1, 100)]))], { as: 'unit-grid' });
      expect(bench.rows(batch, 'unclear')[0]?.reason?.code).toBe('code-retired');
    });
  });

  it('are not needed for components: those stand in none', async () => {
    await withBench(
      async (bench) => {
        const batch = await bench.bringIn('a.csv', register(lattice(3)), HERE);
        expect(batch).toMatchObject({ acceptedRows: 3, rejectedTotal: 0 });
        expect(bench.component(code(1))).toMatchObject({ grid_id: null, street_code: null });
      },
      { bare: true },
    );
  });
});

describe('units', () => {
  const registry = (lines: string[]) => ['单位名称,简称,上级单位,别名', ...lines].join('\n');
  it('come with their other names and the unit above them, in any order', async () => {
    await withBench(async (bench) => {
      const text = registry(['排水所,,市排水集团,"排水中心；排水一所"', '北京排水集团有限公司,市排水集团,,']);
      await bench.bringIn('units.csv', text, { as: 'unit' });
      expect(
        all(bench, `SELECT u.name, p.name AS above FROM unit u LEFT JOIN unit p ON p.id = u.parent_id WHERE u.id > 3`),
      ).toEqual([
        { name: '排水所', above: '北京排水集团有限公司' },
        { name: '北京排水集团有限公司', above: null },
      ]);
      expect(all(bench, `SELECT alias FROM unit_alias ORDER BY alias DESC`)).toEqual([
        { alias: '排水中心' },
        { alias: '排水一所' },
      ]);

      const again = await bench.stage([bench.put('again.csv', text)], { as: 'unit' });
      expect(bench.piles(again)).toMatchObject({ same: 2, changed: 0, gone: 0 });
      const more = registry(['排水所,,北京市自来水集团,排水三所']);
      const changed = await bench.bringIn('more.csv', more, { as: 'unit' });
      expect(changed.acceptedRows).toBe(1);
      expect(all(bench, `SELECT count(*) AS n FROM unit_alias`)).toEqual([{ n: 3 }]);
      expect(all(bench, `SELECT parent_id FROM unit WHERE name = '排水所'`)).toEqual([{ parent_id: 2 }]);
    });
  });
});

describe('roles', () => {
  const [first] = lattice(1);
  const owned = (owner: string) => register([{ ...first!, owner }]);
  const owner = (bench: Bench) => rolesOf(bench.component(code(1)))[1];

  it('follow their text where it is registered, and stay empty where it is not', async () => {
    await withBench(async (bench) => {
      await bench.bringIn('a.csv', owned('北京市自来水集团 '), HERE);
      expect(owner(bench)).toBe(2);
      await bench.bringIn('b.csv', owned('海淀区园林局'), HERE);
      expect(owner(bench)).toBe(3);
      await bench.bringIn('c.csv', owned('没有登记的单位'), HERE);
      expect(owner(bench)).toBeNull();
      expect(bench.component(code(1))?.['owner_text']).toBe('没有登记的单位');
    });
  });

  it.each([
    ['confirmed ones', { confirmation: 'confirmed' }],
    ['ones set by hand', { owner_id: 1 }],
  ])('of %s are not taken away by a text that is not registered', async (_, cells) => {
    await withBench(async (bench) => {
      await bench.bringIn('a.csv', owned('北京市自来水集团'), HERE);
      bench.project.revise({ command: 'test', person: PERSON }, (tx) => tx.update('component', 1, cells));
      const before = owner(bench);
      await bench.bringIn('b.csv', owned('没有登记的单位'), HERE);
      expect(owner(bench)).toBe(before);
      expect(bench.component(code(1))?.['owner_text']).toBe('没有登记的单位');
    });
  });
});
