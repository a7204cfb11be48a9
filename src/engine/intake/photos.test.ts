import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { zipSync } from 'fflate';
import { sweepOrphans } from '../../project/batches/batches.ts';
import { copyPhoto, listPhotos, notePhotos, photoFile, photosFolder } from '../../project/photos.ts';
import { ORIGIN } from '../../project/testing.ts';
import { code, HERE, lattice, withBench, type Bench } from './testing.ts';

const HEADER = '部件标识码,部件名称,照片,X,Y';
const rowsOf = (photos: string[]) =>
  [
    HEADER,
    ...lattice(photos.length).map(
      (row, i) => `${row.code},供水井盖,${photos[i] ?? ''},${ORIGIN[0] + row.x},${ORIGIN[1] + row.y}`,
    ),
  ].join('\n');

/** A folder handed in: its table and its photos, by way. */
function folderOf(bench: Bench, table: string, photos: Record<string, string>): string {
  const folder = path.join(bench.folder, '一期');
  for (const [way, bytes] of Object.entries(photos)) {
    mkdirSync(path.dirname(path.join(folder, way)), { recursive: true });
    writeFileSync(path.join(folder, way), bytes);
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, '井盖.csv'), table);
  return folder;
}

const ways = (bench: Bench) =>
  listPhotos(bench.project.db)
    .map(({ way }) => way)
    .toSorted();

describe('photos of a delivery', () => {
  it('are kept beside the project under their own ways, matched by name, way, address and code', async () => {
    await withBench(async (bench) => {
      const table = rowsOf([
        'IMG_1.jpg',
        'D:\\普查\\照片\\img_2',
        'https://x.example/照片/IMG_3.JPG?v=1;IMG_4.png',
        '',
      ]);
      const photos = {
        '照片/IMG_1.JPG': 'one',
        '照片/IMG_2.jpg': 'two',
        '照片/IMG_3.jpg': 'three',
        '照片/IMG_4.png': 'four',
        [`照片/${code(4)}_1.jpg`]: 'five',
        '照片/多余.jpg': 'six',
      };
      const folder = folderOf(bench, table, photos);
      const batch = await bench.stage([folder], HERE);
      const told = batch.warnings.find((warning) => warning.code === 'photos-matched');
      expect(told?.data).toMatchObject({
        count: 6,
        matched: 5,
        unnamed: 1,
        rowsWithout: 0,
        names: ['一期/照片/多余.jpg'],
      });
      expect(ways(bench)).toEqual(
        Object.keys(photos)
          .map((way) => `${batch.id}/一期/${way}`)
          .toSorted(),
      );
      const one = listPhotos(bench.project.db).find(({ way }) => way.endsWith('IMG_1.JPG'));
      const file = photoFile(bench.project.db, bench.project.path, one?.id ?? 0);
      expect([file === null, readFileSync(file ?? '', 'utf8')]).toEqual([false, 'one']);
      expect(bench.project.db.prepare(`SELECT count(*) FROM gewu_file WHERE deflated IS NOT NULL`).pluck().get()).toBe(
        1,
      );
      bench.accept(batch.id);
      expect(bench.component(code(2))?.['photo']).toBe('D:\\普查\\照片\\img_2');
    });
  });

  it('that rows name and nobody delivered are a fault of the row; where no photo came at all, nothing is said', async () => {
    await withBench(async (bench) => {
      const table = rowsOf(['IMG_1.jpg', 'IMG_9.jpg']);
      const batch = await bench.stage([folderOf(bench, table, { 'IMG_1.jpg': 'one' })], HERE);
      expect(bench.rows(batch, 'new').map((row) => row.faults.map((fault) => fault.code))).toEqual([
        [],
        ['photo-missing'],
      ]);
      const bare = await bench.stage([bench.put('bare.csv', table)], HERE);
      expect(bench.rows(bare, 'new').flatMap((row) => row.faults)).toEqual([]);
      expect(bare.warnings.map((warning) => warning.code)).toEqual(['delivered-before']);
    });
  });

  it('in an archive come out of it; the same bytes are kept once', async () => {
    await withBench(async (bench) => {
      const bytes = Buffer.from('one');
      const zip = zipSync({ '井盖.csv': Buffer.from(rowsOf(['a.jpg', 'b.jpg'])), 'p/a.jpg': bytes, 'p/b.jpg': bytes });
      const first = await bench.stage([bench.put('交付.zip', zip)], HERE);
      const copies = () =>
        readdirSync(photosFolder(bench.project.path), { recursive: true, encoding: 'utf8' }).filter((name) =>
          name.endsWith('.jpg'),
        );
      expect(copies()).toHaveLength(1);
      expect(ways(bench)).toEqual([`${first.id}/交付/p/a.jpg`, `${first.id}/交付/p/b.jpg`]);
      const again = await bench.stage([bench.put('交付二.zip', zip)], HERE);
      expect([copies().length, ways(bench).length]).toEqual([1, 4]);
      const files = listPhotos(bench.project.db).map(({ id }) => photoFile(bench.project.db, bench.project.path, id));
      expect([new Set(files).size, files[0] === null, again.id > first.id]).toEqual([1, false, true]);
    });
  });

  it('of a staging that died are swept when the project opens; a dry run copies none', async () => {
    await withBench(async (bench) => {
      const folder = folderOf(bench, rowsOf(['a.jpg']), { 'a.jpg': 'one' });
      await bench.stage([folder], { ...HERE, dryRun: true });
      expect(existsSync(photosFolder(bench.project.path))).toBe(false);
      const batch = await bench.stage([folder], HERE);
      bench.project.db.prepare(`UPDATE gewu_batch SET state = 'staging' WHERE id = ?`).run(batch.id);
      sweepOrphans(bench.project);
      expect([readdirSync(photosFolder(bench.project.path)), ways(bench)]).toEqual([[], []]);
    });
  });

  it('come anew where their file is gone', async () => {
    await withBench(async (bench) => {
      const folder = folderOf(bench, rowsOf(['a.jpg']), { 'a.jpg': 'one' });
      await bench.stage([folder], HERE);
      rmSync(photosFolder(bench.project.path), { recursive: true });
      const [gone] = listPhotos(bench.project.db);
      expect(photoFile(bench.project.db, bench.project.path, gone?.id ?? 0)).toBeNull();
      await bench.stage([folder], HERE);
      const [back] = listPhotos(bench.project.db);
      expect(photoFile(bench.project.db, bench.project.path, back?.id ?? 0)).not.toBeNull();
    });
  });
});

describe('ways of photos', () => {
  it('stay below their folder, whatever they are called', async () => {
    await withBench((bench) => {
      const taken = new Set<string>();
      const names = [
        '../../x.jpg',
        '/etc/x.jpg',
        'C:\\a\\CON.jpg',
        'a/./../b?.jpg',
        'A/B_.JPG',
        `${'长'.repeat(300)}.jpg`,
        ' .. /y.jpg',
      ];
      const copied = names.map((name, i) => {
        const bytes = Buffer.from(String(i));
        const source = {
          name,
          bytes: { size: bytes.length, slice: (from: number, to: number) => bytes.subarray(from, to) },
        };
        return copyPhoto(bench.project.path, 7, source, taken, () => null).way;
      });
      expect(copied.slice(0, 5)).toEqual(['7/x.jpg', '7/etc/x.jpg', '7/C_/a/_CON.jpg', '7/a/b_.jpg', '7/A/B_ (2).JPG']);
      const root = photosFolder(bench.project.path);
      for (const way of copied) expect(existsSync(path.join(root, way))).toBe(true);
    });
  });

  it('written into a project by somebody else lead nowhere', async () => {
    await withBench((bench) => {
      const { db, path: project } = bench.project;
      const secret = bench.put('secret.jpg', 'x');
      mkdirSync(photosFolder(project));
      symlinkSync(secret, path.join(photosFolder(project), 'link.jpg'));
      notePhotos(db, 1, [], '');
      const add = db.prepare(
        `INSERT INTO gewu_photo (way, file, sha256, size, batch_id, added_at) VALUES (?, ?, '', 1, 1, '')`,
      );
      const ids = ['../delivery/secret.jpg', secret, 'link.jpg', 'nowhere.jpg', 'p.gpkg'].map((name) =>
        Number(add.run(name, name).lastInsertRowid),
      );
      expect(ids.map((id) => photoFile(db, project, id))).toEqual([null, null, null, null, null]);
    });
  });
});
