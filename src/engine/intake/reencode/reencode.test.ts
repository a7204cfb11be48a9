import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { rawDbf } from '../../../../tests/raw-dbf.ts';
import type { CellValue } from '../../../model/component.ts';
import { undoRevision } from '../../../project/undo.ts';
import { code, geojson, HERE, lattice, PERSON, register, withBench, type Bench, type Cover } from '../testing.ts';
import { GARBLED, garbled, gbk, WRONG } from './testing.ts';

const OWNER = '海淀区城管委';
const COVERS: Cover[] = lattice(6).map((cover, i) => ({
  ...cover,
  owner: i % 2 === 0 ? OWNER : '北京市自来水集团',
  state: '完好',
  note: `第${i + 1}号井`,
  vendor: `厂家${i + 1}`,
}));
const ownerId = ({ project }: Bench, name: string): CellValue | undefined =>
  project.db.prepare<[string], number>(`SELECT id FROM unit WHERE name = ?`).pluck().get(name);
const extraOf = (row: Record<string, CellValue> | undefined): unknown => JSON.parse(String(row?.['extra']));

describe('changing the encoding of an accepted delivery', () => {
  it('reads names, fields and what follows from them anew, in one revision that can be taken back', async () => {
    await withBench(async (bench) => {
      const batch = await bench.stage([bench.put('井盖.csv', gbk(COVERS))], GARBLED);
      bench.accept(batch.id);
      const before = bench.dump();
      expect(bench.component(code(1))).toMatchObject({ owner_text: garbled(OWNER), owner_id: null });

      const look = await bench.reencode(batch.id, 'GBK', { dryRun: true });
      expect(bench.dump()).toBe(before);
      const { told } = await bench.reencode(batch.id, 'GBK');
      expect(look.told).toEqual({ ...told, revision: null });
      expect(told).toMatchObject({ rows: 6, kept: [], keptTotal: 0, undecodable: 0 });
      // Name, owner, its unit, state, note, and the fields 厂家编号 and 普查日期 (blank: not kept).
      expect(told.cells).toBe(6 * 6);
      expect(told.samples[0]).toMatchObject({ file: '井盖.csv', row: 2, was: garbled('供水井盖'), now: '供水井盖' });
      const row = bench.component(code(1));
      expect(row).toMatchObject({ name: '供水井盖', owner_text: OWNER, state: '完好', note: '第1号井' });
      expect(row?.['owner_id']).toBe(ownerId(bench, OWNER));
      expect(extraOf(row)).toMatchObject({ 厂家编号: '厂家1' });
      expect(JSON.stringify(bench.component(code(1)))).not.toContain(garbled('厂'));

      // Read again as it is, nothing differs; taken back, all is as it was, and it can be done again.
      expect((await bench.reencode(batch.id, 'GBK')).told).toMatchObject({ revision: null, cells: 0, kept: [] });
      undoRevision(bench.project, told.revision ?? 0, { person: PERSON });
      expect(bench.component(code(1))).toMatchObject({ owner_text: garbled(OWNER), owner_id: null });
      expect((await bench.reencode(batch.id, 'GBK')).told).toMatchObject({ cells: 36, kept: [] });
    });
  });

  it('leaves alone what somebody has changed since, and lists it cell by cell', async () => {
    await withBench(async (bench) => {
      const batch = await bench.stage([bench.put('井盖.csv', gbk(COVERS))], GARBLED);
      bench.accept(batch.id);
      const id = Number(bench.component(code(2))?.['id']);
      const garden = ownerId(bench, '海淀区园林局') ?? null;
      bench.project.revise({ command: 'test', person: PERSON }, (tx) => {
        tx.update('component', id, { note: '人工改过', owner_id: garden, state: '破损' });
      });
      const { told } = await bench.reencode(batch.id, 'gb18030');
      const row = bench.component(code(2));
      expect(row).toMatchObject({ note: '人工改过', owner_id: garden, state: '破损', owner_text: '北京市自来水集团' });
      expect(told.kept.map(({ column, held }) => [column, held])).toEqual([
        ['state', '破损'],
        ['note', '人工改过'],
        ['owner_id', garden],
      ]);
      expect(told.kept[1]).toMatchObject({
        layer: 'component',
        id,
        code: code(2),
        file: '井盖.csv',
        row: 3,
        was: garbled('第2号井'),
        now: '第2号井',
      });
      expect(told.cells).toBe(33);
    });
  });

  it('corrects rows a later delivery found the same, and compares waiting ones again', async () => {
    await withBench(async (bench) => {
      const first = await bench.stage([bench.put('井盖.csv', gbk(COVERS))], GARBLED);
      bench.accept(first.id);
      await bench.reencode(first.id, 'GBK');
      const second = await bench.stage([bench.put('井盖2.csv', gbk([...COVERS, ...lattice(1, 7)]))], GARBLED);
      expect(bench.piles(second)).toMatchObject({ changed: 6, new: 1 });
      bench.accept(second.id, ['new']);
      const { told } = await bench.reencode(second.id, 'GBK');
      expect(told).toMatchObject({ rows: 1, kept: [] });
      expect(bench.component(code(7))).toMatchObject({ name: '供水井盖' });
      expect(bench.piles(second)).toMatchObject({ same: 6, changed: 0, new: 1 });
    });
  });

  it('works on field names of a dbf, UTF-8 taken for GBK', async () => {
    await withBench(async (bench) => {
      const utf = (text: string): Uint8Array => Buffer.from(text);
      const table = rawDbf(
        [
          { name: 'ObjID', type: 'C', width: 17 },
          { name: utf('部件名称').subarray(0, 10), type: 'C', width: 30 },
          { name: utf('备注'), type: 'C', width: 60 },
          { name: utf('厂家'), type: 'C', width: 30 },
        ],
        [[code(1), utf('供水井盖'), utf('井圈破损'), utf('京铸')]],
        { ldid: 0x4d },
      );
      const read = (text: string) => new TextDecoder('gb18030').decode(utf(text));
      const plans = [
        {
          file: '*',
          table: '*',
          encoding: 'GBK',
          mapping: [
            { field: 'ObjID', to: 'code' },
            { field: read('备注'), to: 'note' },
          ],
        },
      ];
      const batch = await bench.stage([bench.put('a.dbf', table)], { as: 'component', plans });
      bench.accept(batch.id);
      expect(bench.component(code(1))?.['note']).toBe(read('井圈破损'));
      const { told } = await bench.reencode(batch.id, 'utf-8');
      expect(told).toMatchObject({ rows: 1, kept: [] });
      expect(bench.component(code(1))?.['note']).toBe('井圈破损');
      expect(extraOf(bench.component(code(1)))).toEqual({ 部件名: '供水井盖', 厂家: '京铸' });
    });
  });

  it('works on the property names of a GeoJSON file', async () => {
    await withBench(async (bench) => {
      const text = geojson([{ properties: { 部件标识码: code(1), 备注: '井圈破损', 厂家: '京铸' }, shape: null }]);
      const mapping = [
        { field: garbled('部件标识码'), to: 'code' },
        { field: garbled('备注'), to: 'note' },
      ];
      const plans = [{ file: '*', table: '*', encoding: WRONG, mapping }];
      const batch = await bench.stage([bench.put('a.geojson', iconv.encode(text, 'gbk'))], { as: 'component', plans });
      bench.accept(batch.id);
      expect(bench.component(code(1))?.['note']).toBe(garbled('井圈破损'));
      expect((await bench.reencode(batch.id, 'GBK')).told).toMatchObject({ rows: 1, cells: 2, kept: [] });
      expect(bench.component(code(1))?.['note']).toBe('井圈破损');
      expect(extraOf(bench.component(code(1)))).toEqual({ 厂家: '京铸' });
    });
  });

  it('renames a unit and its other names, but not onto a unit there is', async () => {
    await withBench(async (bench) => {
      const text = '单位名称,别名\n海淀环卫中心,环卫；海环\n海淀区城管委,城管\n';
      const plans = [
        {
          file: '*',
          table: '*',
          encoding: WRONG,
          mapping: [
            { field: garbled('单位名称'), to: 'name' },
            { field: garbled('别名'), to: 'aliases' },
          ],
        },
      ];
      // A full-width sign between two names is garbled as well: such names stay one and are left alone.
      const path = bench.put('单位.csv', iconv.encode(text.replace('；', ';'), 'gbk'));
      const batch = await bench.stage([path], { as: 'unit', plans });
      bench.accept(batch.id);
      const { told } = await bench.reencode(batch.id, 'GBK');
      const names = bench.project.db.prepare<[], string>(`SELECT name FROM unit ORDER BY id`).pluck().all();
      expect(names.slice(3)).toEqual(['海淀环卫中心', garbled('海淀区城管委')]);
      expect(told.kept).toMatchObject([{ column: 'name', now: '海淀区城管委', held: garbled('海淀区城管委') }]);
      const aliases = bench.project.db.prepare<[], string>(`SELECT alias FROM unit_alias ORDER BY id`).pluck().all();
      expect(aliases).toEqual(['环卫', '海环', '城管']);
    });
  });
});

describe('changing the encoding of a staged delivery', () => {
  it('stages it again and carries over what was decided about rows that read the same', async () => {
    await withBench(async (bench) => {
      const plain: Cover = { code: code(9), x: 95, y: 5, name: 'A9' };
      const batch = await bench.stage([bench.put('井盖.csv', gbk([...COVERS, plain]))], GARBLED);
      bench.project.write((db) =>
        db.prepare(`UPDATE gewu_batch_row SET decision = 'reject' WHERE batch_id = ?`).run(batch.id),
      );
      const { batchId, told } = await bench.reencode(batch.id, 'GBK');
      expect(batchId).not.toBe(batch.id);
      expect(told).toMatchObject({ revision: null, rows: 7 });
      const again = bench.rows({ ...batch, id: batchId }, 'new');
      expect(again.map(({ now }) => now['name'])).toEqual([...COVERS.map(() => '供水井盖'), 'A9']);
      expect(again.map(({ decision }) => decision)).toEqual([...COVERS.map(() => 'pending'), 'reject']);
      const states = bench.project.db.prepare(`SELECT state FROM gewu_batch ORDER BY id`).pluck().all();
      expect(states).toEqual(['superseded', 'staged']);
    });
  });

  it('refuses what cannot be: bytes not kept, no such file, an unknown encoding, another state', async () => {
    await withBench(async (bench) => {
      const batch = await bench.stage([bench.put('井盖.csv', gbk(COVERS))], GARBLED);
      await expect(bench.reencode(batch.id, 'klingon')).rejects.toMatchObject({ code: 'unknown-encoding' });
      await expect(bench.reencode(batch.id, 'GBK', { file: 'x.csv' })).rejects.toMatchObject({ code: 'input' });
      await expect(bench.reencode(99, 'GBK')).rejects.toMatchObject({ code: 'not-found' });
      bench.project.write((db) => db.prepare(`UPDATE gewu_file SET deflated = NULL`).run());
      await expect(bench.reencode(batch.id, 'GBK')).rejects.toMatchObject({ code: 'original-gone' });
      bench.project.write((db) => db.prepare(`UPDATE gewu_batch SET state = 'discarded'`).run());
      await expect(bench.reencode(batch.id, 'GBK')).rejects.toMatchObject({ code: 'refused' });
    });
  });

  it('a table without text in an encoding has nothing to read again', async () => {
    await withBench(async (bench) => {
      const batch = await bench.stage([bench.put('井盖.csv', register(COVERS))], HERE);
      bench.project.write((db) =>
        db.prepare(`UPDATE gewu_batch SET tables = json_set(tables, '$[0].encoding', NULL)`).run(),
      );
      await expect(bench.reencode(batch.id, 'GBK')).rejects.toMatchObject({ code: 'input' });
    });
  });
});
