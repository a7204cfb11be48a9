import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { GewuError } from '../../api/error.ts';
import { shapefileFormat, workbookFormat } from '../../formats/index.ts';
import { createBatch, getBatch, listBatches, sweepOrphans } from '../../project/batches/batches.ts';
import { keptFile } from '../../project/batches/files.ts';
import { transformer } from '../../model/geometry/crs.ts';
import { ORIGIN } from '../../project/testing.ts';
import { describeBatch } from './describe-batch.ts';
import { code, HERE, lattice, register, withBench, type Bench } from './testing.ts';

const refusal = async (work: Promise<unknown>): Promise<{ code: string; message: string }> => {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught as GewuError,
  );
  return { code: error?.code ?? 'none', message: error?.message ?? '' };
};
const count = (bench: Bench, table: string) => bench.project.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

describe('places', () => {
  const text = (header: string, place: (x: number, y: number) => [number, number]) =>
    [
      `部件标识码,部件名称,${header}`,
      ...lattice(20).map((row) => [row.code, '供水井盖', ...place(ORIGIN[0] + row.x, ORIGIN[1] + row.y)].join(',')),
    ].join('\n');
  const toLonLat = transformer('EPSG:4548', 'EPSG:4490');
  const at = (bench: Bench) =>
    bench.project.db
      .prepare(`SELECT ST_MinX(geom) - 430000 x, ST_MinY(geom) - 4430000 y FROM component WHERE id = 1`)
      .get();

  it.each([
    ['as they are', text('X,Y', (x, y) => [x, y])],
    ['north first, as Chinese sheets have it', text('X,Y', (x, y) => [y, x])],
    ['with the zone before them', text('X,Y', (x, y) => [x + 39_000_000, y])],
  ])('%s', async (_, content) => {
    await withBench(async (bench) => {
      await bench.bringIn('a.csv', content, { as: 'component' });
      expect(at(bench)).toEqual({ x: 5, y: 5 });
    });
  });

  it('in degrees, once somebody says that they are not encrypted', async () => {
    await withBench(async (bench) => {
      const content = text('经度,纬度', (x, y) => toLonLat(x, y));
      const path1 = bench.put('a.csv', content);
      const plans = [{ file: '*', table: '*', crs: 'EPSG:4490' }];
      await bench.bringIn('a.csv', content, { as: 'component', plans });
      expect(at(bench)).toEqual({ x: 5, y: 5 });
      const swapped = text('经度,纬度', (x, y) => toLonLat(x, y).toReversed() as [number, number]);
      const batch = await bench.stage([bench.put('b.csv', swapped)], { as: 'component', plans });
      expect(batch.tables[0]).toMatchObject({ axes: 'swapped' });
      expect(bench.piles(batch)).toMatchObject({ same: 20 });
      expect((await bench.inspect([path1])).tables[0]?.crs.candidates.map((each) => each.code)).toContain('GCJ-02');
    });
  });

  it.each([
    ['nowhere', text('X,Y', (x, y) => [x / 7, y * 9]), undefined, 'crs-unknown', '--crs'],
    ['in a system nobody knows', text('X,Y', (x, y) => [x, y]), 'EPSG:999999', 'crs-unknown', 'EPSG:999999'],
    ['in one whose shift is not known', text('X,Y', (x, y) => [x, y]), 'EPSG:2436', 'datum-shift-unknown', '--datum'],
  ])('%s are refused with a sentence', async (_, content, crs, kind, word) => {
    await withBench(async (bench) => {
      const before = bench.dump();
      const plans = crs === undefined ? undefined : [{ file: '*', table: '*', crs }];
      const { code: refused, message } = await refusal(
        bench.stage([bench.put('a.csv', content)], { as: 'component', plans }),
      );
      expect(refused).toBe(kind);
      expect(message).toMatch(/^a\.csv: /u);
      expect(message).toContain(word);
      expect([bench.dump() === before, count(bench, 'gewu_batch'), count(bench, 'gewu_file')]).toEqual([true, 0, 0]);
    });
  });

  it('that are asked about without a project that tells', async () => {
    await withBench(
      async (bench) => {
        const content = text('经度,纬度', (x, y) => toLonLat(x, y));
        expect(await refusal(bench.stage([bench.put('a.csv', content)], { as: 'component' }))).toMatchObject({
          code: 'crs-unsure',
        });
      },
      { bare: true },
    );
  });

  it('that are no numbers leave rows with a code, and refuse rows without', async () => {
    await withBench(async (bench) => {
      const content = `部件标识码,部件名称,X,Y\n${code(1)},供水井盖,NaN,Infinity\n,供水井盖,NaN,1\n${code(2)},供水井盖,430001,4430001`;
      const batch = await bench.bringIn('a.csv', content, HERE);
      expect(batch.rejected).toMatchObject([{ row: 3, code: 'no-code-no-place', file: 'a.csv' }]);
      expect(bench.component(code(1))?.['geom']).toBeNull();
      expect(JSON.parse(String(bench.component(code(1))?.['extra']))).toEqual({ X: 'NaN', Y: 'Infinity' });
    });
  });
});

describe('text', () => {
  const content = register(lattice(30).map((row) => ({ ...row, owner: '北京市自来水集团' })));
  it('is read as what its bytes are, and can be told', async () => {
    await withBench(async (bench) => {
      const gbk = await bench.stage([bench.put('a.csv', iconv.encode(content, 'gbk'))], HERE);
      expect(gbk.tables[0]?.encoding).toMatch(/^GB/u);
      expect(bench.rows(gbk, 'new')[0]?.now['owner_text']).toBe('北京市自来水集团');
      const plans = [{ file: '*', table: '*', crs: 'EPSG:4548', encoding: 'utf-8' }];
      const utf8 = await bench.stage([bench.put('b.csv', content)], { as: 'component', plans });
      expect(utf8.tables[0]?.encoding?.toLowerCase()).toBe('utf-8');
    });
  });
  it('that reads well in two ways is asked about', async () => {
    await withBench(async (bench) => {
      const bytes = Buffer.concat([
        Buffer.from(`code,name,X,Y\n${code(1)},`),
        Buffer.from([0xca, 0xa4]),
        Buffer.from(',430001,4430001\n'),
      ]);
      const { code: refused, message } = await refusal(bench.stage([bench.put('a.csv', bytes)], HERE));
      expect([refused, message.includes('--encoding')]).toEqual(['encoding-unsure', true]);
    });
  });
});

describe('tables', () => {
  const field = (name: string) => ({ name, title: name, type: 'text' as const, length: 40 });
  it('a dbf blank is no value, and no change against one', async () => {
    await withBench(async (bench) => {
      const write = async (file: string, owner: string | null) => {
        const full = path.join(bench.folder, file);
        await shapefileFormat.write?.(
          {
            name: file,
            geometry: 'point',
            fields: [field('ObjID'), field('ObjName'), field('OwnerName')],
            crs: null,
            rows: lattice(5).map((row) => ({
              values: { ObjID: row.code, ObjName: '供水井盖', OwnerName: owner },
              shape: {
                type: 'Point' as const,
                coordinates: [ORIGIN[0] + row.x, ORIGIN[1] + row.y] as [number, number],
              },
            })),
          },
          full,
          { encoding: 'gbk' },
        );
        return bench.stage([full], HERE);
      };
      bench.accept((await write('one.shp', '北京市自来水集团')).id);
      const blank = await write('two.shp', null);
      expect(bench.piles(blank)).toMatchObject({ same: 5, changed: 0 });
      expect(bench.rows(blank, 'same')[0]?.now['owner_text'] ?? null).toBeNull();
    });
  });

  it('a code that a spreadsheet rounded is told, kept, and never an identity', async () => {
    await withBench(async (bench) => {
      const exact = '1101080100100000123';
      await bench.bringIn('base.csv', `部件标识码,部件名称,X,Y\n${exact},供水井盖,430001,4430001`, HERE);
      const full = path.join(bench.folder, 'r.xlsx');
      const numeric = { name: '部件标识码', title: '部件标识码', type: 'integer' as const };
      await workbookFormat.write?.(
        {
          name: '清单',
          geometry: 'none',
          fields: [
            numeric,
            field('部件名称'),
            { name: 'X', title: 'X', type: 'real' },
            { name: 'Y', title: 'Y', type: 'real' },
          ],
          crs: null,
          rows: [
            {
              values: { 部件标识码: Number('11010801001000000'), 部件名称: '供水井盖', X: 430051, Y: 4430051 },
              shape: null,
            },
          ],
        },
        full,
      );
      const batch = await bench.stage([full], HERE);
      const rows = (['new', 'unclear'] as const).flatMap((pile) => bench.rows(batch, pile));
      expect(rows.map((row) => [row.key, row.now['code'] ?? null])).toEqual([[null, null]]);
      expect(rows[0]?.extra['部件标识码']).toMatch(/^11010801001000000/u);
      expect(rows[0]?.faults.map((fault) => fault.code)).toContain('rounded-number');
    });
  });

  it('of several kinds become a batch each, in the order in which they need each other', async () => {
    await withBench(async (bench) => {
      const units = bench.put('units.csv', '单位名称,统一社会信用代码,单位类型\n甲单位,,\n');
      const covers = bench.put('covers.csv', register(lattice(20)));
      const other = bench.put('other.csv', 'a,b\n1,2\n');
      const batches = await bench.stageAll([covers, units, other]);
      expect(batches.map(({ kind }) => kind)).toEqual(['unit', 'component']);
      expect(batches[0]?.warnings.map((warning) => warning.code)).toContain('table-not-recognised');
    });
  });

  it('with nothing in them, or nothing to be recognised, are refused', async () => {
    await withBench(async (bench) => {
      expect(await refusal(bench.stage([bench.put('a.csv', register([]))], HERE))).toMatchObject({ code: 'no-rows' });
      expect(await refusal(bench.stage([bench.put('b.csv', 'a,b\n1,2\n')]))).toMatchObject({ code: 'nothing-usable' });
      expect(await refusal(bench.stage([path.join(bench.folder, 'c.csv')]))).toMatchObject({ code: 'not-found' });
    });
  });
});

describe('batches', () => {
  const content = register(lattice(5));
  it('keep the delivered bytes, name a delivery that came before, and supersede an unaccepted one', async () => {
    await withBench(async (bench) => {
      const first = await bench.stage([bench.put('a.csv', content)], HERE);
      expect(Buffer.from(keptFile(bench.project.db, first.files[0]?.sha256 ?? '') ?? []).toString()).toBe(content);
      const second = await bench.stage([bench.put('a.csv', content)], HERE);
      expect(second.warnings.map((warning) => warning.code)).toContain('delivered-before');
      expect(getBatch(bench.project.db, first.id)?.state).toBe('superseded');
      expect(describeBatch(bench.project.db, second)).toMatchObject({
        rows: 5,
        toAccept: 0,
        toReturn: 0,
        as: 'component',
      });
    });
  });

  it('left by a process that ended are swept, originals with them, those of others kept', async () => {
    await withBench(async (bench) => {
      const { db } = bench.project;
      const held = await bench.stage([bench.put('a.csv', content)], HERE);
      bench.project.write(() => {
        const id = createBatch(db, { ...held, name: 'x' });
        db.prepare(`INSERT INTO gewu_file (sha256, name, size, batch_id, added_at) VALUES ('00', 'x', 1, ?, '')`).run(
          id,
        );
        db.prepare(`UPDATE gewu_file SET batch_id = ? WHERE sha256 = ?`).run(id, held.files[0]?.sha256);
        db.prepare(
          `INSERT INTO gewu_batch_row (batch_id, table_no, source_row, pile, values_now) VALUES (?, 0, 1, 'new', '{}')`,
        ).run(id);
      });
      sweepOrphans(bench.project);
      expect([count(bench, 'gewu_batch'), count(bench, 'gewu_batch_row'), count(bench, 'gewu_file')]).toEqual([
        1, 5, 1,
      ]);
      expect(db.prepare(`SELECT batch_id FROM gewu_file`).pluck().get()).toBe(held.id);
      expect(listBatches(db)).toHaveLength(1);
    });
  });

  it('tried out dry keep nothing and supersede nothing', async () => {
    await withBench(async (bench) => {
      const first = await bench.stage([bench.put('a.csv', content)], HERE);
      const dry = await bench.stage([bench.put('a.csv', content)], { ...HERE, dryRun: true });
      expect(getBatch(bench.project.db, first.id)?.state).toBe('staged');
      expect([dry.state, count(bench, 'gewu_file')]).toEqual(['staged', 1]);
    });
  });
});

describe('folders', () => {
  it('are walked through; a .shp brings its sidecars', async () => {
    await withBench(async (bench) => {
      mkdirSync(path.join(bench.folder, '一期'));
      writeFileSync(path.join(bench.folder, '一期', '01001.csv'), register(lattice(3)));
      const batch = await bench.stage([path.join(bench.folder, '一期')], HERE);
      expect(batch).toMatchObject({ name: '一期', files: [{ name: '一期/01001.csv' }] });
    });
  });
});
