import { mkdirSync } from 'node:fs';
import path from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { InspectedTable, TablePlan } from '../../api/delivery.ts';
import { writeShapefile } from '../../formats/shapefile/write.ts';
import { transformer } from '../../model/geometry/crs.ts';
import { ORIGIN } from '../../project/testing.ts';
import { ANY } from './check-plan.ts';
import { code, withBench, type Bench } from './testing.ts';

/** What a person would still have to say of a table. */
function questions(table: InspectedTable | undefined): string[] {
  if (table === undefined) return ['no table'];
  if (table.skip || table.rows === 0) return [];
  return [
    ...(table.as.value === null ? ['kind'] : []),
    ...(table.encoding.name !== null && table.encoding.confidence < 0.8 ? ['encoding'] : []),
    ...(table.crs.candidates.length > 0 && table.crs.confidence < 0.8 ? ['crs'] : []),
    ...table.fields.flatMap(({ name, role, confidence }) => (role !== null && confidence < 0.8 ? [name] : [])),
  ];
}

const plan = (over: Partial<TablePlan>): TablePlan => ({ file: ANY, table: ANY, ...over });
const first = async (bench: Bench, name: string, content: string | Uint8Array, over: Partial<TablePlan>) =>
  bench.stage([bench.put(name, content)], { as: 'component', plans: [plan(over)], saveMapping: true });
const second = async (bench: Bench, name: string, content: string | Uint8Array) => {
  const { tables } = await bench.inspect([bench.put(name, content)]);
  return tables[0];
};

const toLonLat = transformer('EPSG:4548', 'EPSG:4490');
const HEAD = '井号,类,子类,权属方,说明一,经纬度';
/** Rows of a vendor's own form: nothing in its headings is of a standard. */
const rows = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => {
    const [lon, lat] = toLonLat(ORIGIN[0] + 5 + i * 10, ORIGIN[1] + 5);
    return `${code(from + i)},1,1,北京市自来水集团,某某路${i}号,"${lon.toFixed(8)} ${lat.toFixed(8)}"`;
  });
const csv = (head: string, lines: string[]) => [head, ...lines].join('\n');
const VENDOR: Partial<TablePlan> = {
  mapping: [
    { field: '井号', to: 'code' },
    { field: '权属方', to: 'owner_text' },
    { field: '说明一', to: 'address' },
  ],
  derived: [
    { to: 'class_code', op: 'concat', from: ['类', '子类'], widths: [2, 3] },
    { to: 'lon', op: 'split', from: ['经纬度'], separator: ' ', part: 1 },
    { to: 'lat', op: 'split', from: ['经纬度'], separator: ' ', part: 2 },
    { to: 'phase', op: 'constant', value: '三期' },
  ],
  crs: 'EPSG:4490',
};

describe('the second delivery of a supplier', () => {
  it('asks nothing: fields, derived columns, kind and place are as before', async () => {
    await withBench(async (bench) => {
      await first(bench, 'a.csv', csv(HEAD, rows(1, 12)), VENDOR);
      const table = await second(bench, 'b.csv', csv(HEAD, rows(13, 12)));
      expect(table).toMatchObject({ savedMapping: true, as: { value: 'component' }, crs: { code: 'EPSG:4490' } });
      expect(questions(table)).toEqual([]);
      expect(table?.derived.map(({ why }) => why)).toEqual(['saved', 'saved', 'saved', 'saved']);
      const batch = await bench.stage([bench.put('b.csv', csv(HEAD, rows(13, 12)))]);
      bench.accept(batch.id);
      expect(bench.component(code(13))).toMatchObject({
        class_code: '01001',
        phase: '三期',
        owner_text: '北京市自来水集团',
        address: '某某路0号',
      });
      expect(bench.component(code(13))?.['geom']).not.toBeNull();
    });
  });

  it('knows the encoding that a person had to name', async () => {
    await withBench(async (bench) => {
      // One value of two characters in rare words: too little for evidence.
      const gbk = (lines: string[]) => iconv.encode(csv('ID,WZ,E,N', lines), 'gbk');
      const line = (n: number) => `${code(n)},喆珺,${ORIGIN[0] + n},${ORIGIN[1] + 5}`;
      const before = await second(bench, 'x.csv', gbk([line(1)]));
      await first(bench, 'a.csv', gbk([line(1)]), { encoding: 'GB18030', crs: 'EPSG:4548' });
      const table = await second(bench, 'b.csv', gbk([line(2)]));
      expect(table?.encoding.confidence).toBeGreaterThanOrEqual(0.8);
      expect(questions(table)).toEqual([]);
      expect(table?.fields[1]?.samples).toEqual(['喆珺']);
      expect(before?.encoding.confidence).toBeLessThan(0.8);
      expect(table?.encoding.evidence[0]?.code).toBe('saved');
    });
  });

  it('keeps to the system a person named over the evidence, while the evidence stays what it was', async () => {
    await withBench(async (bench) => {
      await first(bench, 'a.csv', csv(HEAD, rows(1, 12)), { ...VENDOR, crs: 'GCJ-02' });
      const same = await second(bench, 'b.csv', csv(HEAD, rows(13, 12)));
      expect(same?.crs).toMatchObject({ code: 'GCJ-02', confidence: 1 });
      expect(same?.crs.evidence[0]?.code).toBe('saved');
      const moved = rows(13, 12).map((row, i) =>
        row.replace(/"[^"]*"/u, `"${ORIGIN[0] + 5 + i * 10} ${ORIGIN[1] + 5}"`),
      );
      const other = await second(bench, 'c.csv', csv(HEAD, moved));
      expect(other?.crs).toMatchObject({ code: 'EPSG:4548' });
      expect(other?.crs.evidence[0]?.code).toBe('saved-differs');
      expect(questions(other)).toEqual(['crs']);
    });
  });

  it('finds the header in another row, by its words', async () => {
    await withBench(async (bench) => {
      const titled = (lines: string[], title: string) => csv('编号,位置,时间,人员,东,北', [title, HEAD, ...lines]);
      await first(bench, 'a.csv', titled(rows(1, 12), '1,2,3,4,5,6'), { ...VENDOR, headerRow: 2 });
      const content = ['海淀区', '', '编号,位置,时间,人员,东,北', '1,2,3,4,5,6', HEAD, ...rows(13, 12)].join('\n');
      const table = await second(bench, 'b.csv', content);
      expect(table).toMatchObject({ savedMapping: true, headerRow: 4, rows: 12 });
      expect(questions(table)).toEqual([]);
    });
  });
});

describe('a form that changed', () => {
  const change = async (content: string, check: (table: InspectedTable | undefined) => void) =>
    withBench(async (bench) => {
      await first(bench, 'a.csv', csv(HEAD, rows(1, 12)), VENDOR);
      check(await second(bench, 'b.csv', content));
    });

  it('a moved column follows its name', async () => {
    const head = '经纬度,说明一,权属方,子类,类,井号';
    const lines = rows(13, 12).map((row) => {
      const [a, b, c, d, e, f] = row.split(',');
      return [f, e, d, c, b, a].join(',');
    });
    await change(csv(head, lines), (table) => {
      expect(questions(table)).toEqual([]);
      expect(table?.fields.find(({ name }) => name === '说明一')?.role).toBe('address');
    });
  });

  it('a new column is guessed, and only it may ask', async () => {
    const lines = rows(13, 12).map((row) => `${row},完好,备用${row.length}`);
    await change(csv(`${HEAD},STATE,其他`, lines), (table) => {
      expect(table?.savedMapping).toBe(true);
      expect(table?.fields.find(({ name }) => name === 'STATE')?.role).toBe('state');
      expect(questions(table).filter((one) => one !== 'STATE')).toEqual([]);
    });
  });

  it('a missing column is said', async () => {
    const lines = rows(13, 12).map((row) => row.replace(/,某某路[^,]*/u, ''));
    await change(csv(HEAD.replace(',说明一', ''), lines), (table) => {
      expect(questions(table)).toEqual([]);
      const doubt = table?.doubts.find(({ code: one }) => one === 'saved-fields-missing');
      expect(doubt?.data).toEqual({ fields: '说明一', count: 1 });
    });
  });

  it('a renamed column is proposed for what the old one filled, and asked about', async () => {
    await change(csv(HEAD.replace('说明一', '补充'), rows(13, 12)), (table) => {
      expect(table?.fields.find(({ name }) => name === '补充')).toMatchObject({ role: 'address', why: 'renamed' });
      expect(questions(table)).toEqual(['补充']);
    });
  });

  it('a column whose values became something else is asked about', async () => {
    const lines = rows(13, 12).map((row) => row.replace(/^\d+/u, '完好'));
    const mixed = lines.map((row, i) => row.replace('完好', ['完好', '破损', '丢失', '废弃'][i % 4] ?? ''));
    await change(csv(HEAD, mixed), (table) => {
      expect(questions(table)).toEqual(['井号']);
      expect(table?.fields[0]).toMatchObject({ role: 'code', why: 'values-changed' });
    });
  });

  it('older mappings, a bare list of fields, still serve', async () => {
    await withBench(async (bench) => {
      await first(bench, 'a.csv', csv(HEAD, rows(1, 12)), VENDOR);
      const old = JSON.stringify([
        ...(VENDOR.mapping ?? []),
        { field: '类', to: null },
        { field: '子类', to: null },
        { field: '经纬度', to: null },
      ]);
      bench.project.db.prepare(`UPDATE gewu_mapping SET mapping = ?`).run(old);
      const table = await second(bench, 'b.csv', csv(HEAD, rows(13, 12)));
      expect(table).toMatchObject({ savedMapping: true });
      expect(table?.fields.find(({ name }) => name === '说明一')).toMatchObject({ role: 'address', why: 'saved' });
    });
  });
});

describe('tables of one delivery', () => {
  const shape = (bench: Bench, folder: string, from: number, name = '井') => {
    const full = path.join(bench.folder, folder);
    mkdirSync(full, { recursive: true });
    const fields = [{ name: 'BH', title: 'BH', type: 'text' as const, length: 20 }];
    const made = Array.from({ length: 5 }, (_, i) => ({
      values: { BH: code(from + i) },
      shape: { type: 'Point' as const, coordinates: [ORIGIN[0] + from * 10 + i, ORIGIN[1] + 5] as [number, number] },
    }));
    writeShapefile({ name, geometry: 'point', fields, crs: null, rows: made }, path.join(full, `${name}.shp`), {
      encoding: 'gbk',
    });
    return full;
  };

  it('of one name in two folders have a plan each, and each its class next time', async () => {
    await withBench(async (bench) => {
      const folders = [shape(bench, '甲/井盖', 1), shape(bench, '乙/井盖', 10)];
      const found = await bench.inspect(folders);
      const names = found.tables.map(({ file }) => file);
      expect(new Set(names).size).toBe(2);
      const plans = found.tables.map(({ file, name }, i) => ({
        file,
        table: name,
        as: 'component' as const,
        crs: 'EPSG:4548',
        classCode: i === 0 ? '01001' : '01037',
        mapping: [{ field: 'BH', to: 'code' }],
      }));
      const batch = await bench.stage(folders, { plans });
      expect(batch.tables.map(({ classCode }) => classCode)).toEqual(['01001', '01037']);
    });
  });

  it('that were left out are left out again', async () => {
    await withBench(async (bench) => {
      const folders = [shape(bench, '一', 1, '井'), shape(bench, '二', 10, '灯')];
      const other = bench.put('说明.csv', '项目,数量\n井,5\n灯,5\n');
      const plans = [plan({ crs: 'EPSG:4548' }), { file: '说明.csv', table: '说明', skip: true }];
      await bench.stage([...folders, other], { plans, saveMapping: true });
      const { tables } = await bench.inspect([...folders, other]);
      expect(tables.map(({ name, skip }) => [name, skip])).toEqual(
        expect.arrayContaining([
          ['说明', true],
          ['井', false],
          ['灯', false],
        ]),
      );
      expect(tables.flatMap(questions)).toEqual([]);
    });
  });
});
