import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { getBatch } from '../../../project/batches/batches.ts';
import { listPhotos, photoFile } from '../../../project/photos.ts';
import { code, lattice, withBench } from '../testing.ts';
import { GARBLED, gbk, WRONG } from './testing.ts';

describe('staging a delivery again in another encoding', () => {
  it('keeps the datum shift its coordinates were brought in with', async () => {
    await withBench(async (bench) => {
      const [plan] = GARBLED.plans;
      const datum = { method: 'planar' as const, dx: 37.5, dy: -12.25 };
      const plans = plan === undefined ? [] : [{ ...plan, datum }];
      const batch = await bench.stage([bench.put('井盖.csv', gbk(lattice(6)))], { ...GARBLED, plans });
      const staged = bench.rows(batch, 'new').map(({ at }) => at);
      const [bare] = bench.rows(await bench.stage([bench.put('2.csv', gbk(lattice(1)))], GARBLED), 'new');
      expect(staged[0]?.map((value, i) => value - (bare?.at?.[i] ?? 0))).toEqual([37.5, -12.25]);

      const { batchId } = await bench.reencode(batch.id, 'GBK');
      const again = bench.rows({ ...batch, id: batchId }, 'new');
      expect(again.map(({ now }) => now['name'])).toEqual(lattice(6).map(() => '供水井盖'));
      expect(again.map(({ at }) => at)).toEqual(staged);
    });
  });

  it('finds the photos that came with it where they lie, and says again which are missing', async () => {
    await withBench(async (bench) => {
      const folder = path.join(bench.folder, '一期');
      mkdirSync(folder);
      const rows = ['IMG_1.jpg', 'IMG_9.jpg'].map((photo, i) => `${code(i + 1)},供水井盖,${photo}`);
      writeFileSync(path.join(folder, '井盖.csv'), iconv.encode(['code,name,photo', ...rows].join('\n'), 'gbk'));
      writeFileSync(path.join(folder, 'IMG_1.jpg'), 'one');
      const mapping = ['code', 'name', 'photo'].map((field) => ({ field, to: field }));
      const plans = [{ file: '*', table: '*', encoding: WRONG, mapping }];
      const batch = await bench.stage([folder], { as: 'component', plans });
      rmSync(folder, { recursive: true });

      const { batchId } = await bench.reencode(batch.id, 'GBK');
      const again = getBatch(bench.project.db, batchId);
      expect(again).toMatchObject({ state: 'staged', digest: batch.digest });
      const faults = bench.rows({ ...batch, id: batchId }, 'new').map((row) => row.faults.map((fault) => fault.code));
      expect(faults).toEqual([[], ['photo-missing']]);
      const warning = again?.warnings.find((one) => one.code === 'photos-matched');
      expect(warning?.data).toMatchObject({ count: 1, matched: 1, rowsWithout: 1 });
      const photo = listPhotos(bench.project.db).find(({ way }) => way === `${batchId}/一期/IMG_1.jpg`);
      const file = photoFile(bench.project.db, bench.project.path, photo?.id ?? 0);
      expect(readFileSync(file ?? '', 'utf8')).toBe('one');
      const [first] = bench.project.db.prepare<[], string>(`SELECT DISTINCT file FROM gewu_photo`).pluck().all();
      expect(first).toBe(`${batch.id}/一期/IMG_1.jpg`);
    });
  });
});
