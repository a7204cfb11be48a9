import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { corpusPath } from '../../tests/corpus.ts';
import type { ExchangeRow, ExchangeTable, WrittenTable } from '../model/table-exchange.ts';
import { openDeliveredGpkg } from './delivered-gpkg.ts';
import { ProjectError } from './error.ts';
import { cgcs2000 } from './schema/srs.ts';
import { squareShape } from './testing.ts';
import { writeGpkg } from './write-gpkg.ts';

const corpus = corpusPath();

function open(path: string): Promise<ExchangeTable[]> {
  return openBytes(readFileSync(path));
}
function openBytes(bytes: Uint8Array): Promise<ExchangeTable[]> {
  return openDeliveredGpkg({ name: 'd.gpkg', bytes: { size: bytes.length, slice: (a, b) => bytes.subarray(a, b) } });
}
async function rowsOf(table: ExchangeTable | undefined): Promise<ExchangeRow[]> {
  const rows: ExchangeRow[] = [];
  for await (const block of table?.blocks({ blockRows: 3 }) ?? []) rows.push(...block);
  return rows;
}
async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gewu-exchange-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const grids: WrittenTable = {
  name: 'unit_grid',
  geometry: 'polygon',
  fields: [
    { name: 'code', title: '标识码', type: 'text' },
    { name: 'fid', title: '序号', type: 'integer' },
    { name: 'area', title: '面积', type: 'real' },
  ],
  crs: { code: 'EPSG:4548', wkt: cgcs2000(4548)?.wkt ?? '', geographic: false },
  rows: [1, 2, 3, 4].map((n) => ({
    values: { code: `11010800100100${n}`, fid: n, area: n / 3 },
    shape: n === 4 ? null : squareShape(n * 100, 0, 100),
  })),
};

describe('a written GeoPackage', () => {
  it('is valid, and comes back as it was', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'g.gpkg');
      expect(await writeGpkg(grids, path)).toEqual({ files: [path], rows: 4, losses: [] });
      const check = ['-m', 'osgeo_utils.samples.validate_gpkg', '-k', '--extra', '--warning-as-error', path];
      expect(execFileSync('/usr/bin/python3', check, { encoding: 'utf8' })).toBe('');
      const [table] = await open(path);
      expect(table?.info).toMatchObject({ name: 'unit_grid', geometry: 'polygon', rows: 4, crsStated: 'EPSG:4548' });
      const rows = await rowsOf(table);
      expect(rows.map((row) => row.values)).toEqual(
        [1, 2, 3, 4].map((n) => ({ code: `11010800100100${n}`, fid: String(n), area: String(n / 3) })),
      );
      expect(rows[0]?.shape).toEqual(squareShape(100, 0, 100));
      expect(rows[3]?.shape).toBeNull();
    });
  });
});

describe('a delivered GeoPackage', () => {
  it('gives integers of any size digit by digit, and names cells it cannot read', async () => {
    await inFolder(async (folder) => {
      const path = join(folder, 'd.gpkg');
      await writeGpkg({ ...grids, rows: [] }, path);
      const db = new Database(path);
      for (const name of db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all())
        db.exec(`DROP TRIGGER "${name}"`);
      db.exec(`INSERT INTO unit_grid (code, fid, geom) VALUES (X'00ff', 9007199254740993, X'4750ff')`);
      db.exec(`CREATE VIEW endless AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n`);
      db.exec(`INSERT INTO gpkg_contents (table_name, data_type) VALUES ('endless', 'attributes')`);
      db.close();
      const tables = await open(path);
      expect(tables.map((table) => table.info.name)).toEqual(['unit_grid']);
      const [row] = await rowsOf(tables[0]);
      expect(row?.values).toEqual({ code: null, fid: '9007199254740993', area: null });
      expect(row?.faults?.map((fault) => [fault.field, fault.code])).toEqual([
        ['code', 'binary'],
        ['geom', 'geometry-unreadable'],
      ]);
    });
  });

  it('is refused in one sentence when it is none, or damaged', async () => {
    const garbage = Buffer.concat([Buffer.from('SQLite format 3\u0000'), Buffer.alloc(5000, 7)]);
    await expect(openBytes(garbage)).rejects.toThrow(ProjectError);
    const plain = new Database(':memory:');
    plain.exec('CREATE TABLE t (a)');
    await expect(openBytes(plain.serialize())).rejects.toMatchObject({ code: 'not-a-geopackage' });
  });

  it.skipIf(corpus === null)('corpus: real files, as GDAL reads them', async () => {
    const [poly] = await open(join(corpus ?? '', 'gpkg/gdal/poly_golden_gpkg_1_4.gpkg'));
    expect(poly?.info).toMatchObject({
      rows: 10,
      geometry: 'polygon',
      crsStated: 'EPSG:27700',
      extent: [478315.53125, 4762880.5, 481645.3125, 4765610.5],
    });
    const first = (await rowsOf(poly))[0];
    expect(first?.values).toEqual({ AREA: '215229.266', EAS_ID: '168', PRFEDEA: '35043411' });
    const sewers = await open(join(corpus ?? '', 'gpkg/ets/simple_sewer_features.gpkg'));
    expect(sewers.map((table) => [table.info.name, table.info.rows, table.info.geometry])).toEqual([
      ['s_manhole', 69, 'point'],
      ['foul_sewer', 82, 'line'],
      ['surface_water_sewer', 21, 'line'],
    ]);
    const manhole = (await rowsOf(sewers[0]))[0];
    expect([manhole?.z?.length, manhole?.m?.length]).toEqual([1, undefined]);
    const mixed = await open(join(corpus ?? '', 'gpkg/ets/gdal_sample_v1.2_no_extensions.gpkg'));
    expect(mixed.map((table) => table.info.rows)).toEqual([2, 2, 2, 2, 2, 2, 5, 8, 2, 2, 2, 2, 2, 2, 5, 8, 1]);
    for (const table of mixed) expect((await rowsOf(table)).length).toBe(table.info.rows);
  });
});
