import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpusPath } from '../../../tests/corpus.ts';
import { allRows, deliveredFolder, gdal, groupOf, scratchFolder } from '../../../tests/delivered.ts';
import type { WriteRow, WriteTable } from '../format.ts';
import { shapefileFormat, writeShapefile } from './index.ts';

const folder = scratchFolder();
const corpus = corpusPath();
const WKT =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';
const crs = { code: 'EPSG:4326', wkt: WKT, geographic: true };

const table = (rows: WriteRow[], more: Partial<WriteTable> = {}): WriteTable => ({
  name: '部件',
  geometry: 'point',
  crs,
  rows,
  fields: [
    { name: '部件代码', title: '部件代码', type: 'text', length: 17 },
    { name: '名称', title: '名称', type: 'text' },
    { name: '数量', title: '数量', type: 'integer' },
    { name: '高', title: '高', type: 'real' },
    { name: '日期', title: '日期', type: 'date' },
    { name: '在用', title: '在用', type: 'boolean' },
  ],
  ...more,
});
const row = (名称: string, x: number, y: number): WriteRow => ({
  values: { 部件代码: '11010800100100123', 名称, 数量: 3, 高: 1.25, 日期: '2026-07-01', 在用: 'true' },
  shape: { type: 'Point', coordinates: [x, y] },
});

const read = async (base: string) => {
  const [opened] = await shapefileFormat.open(groupOf(...deliveredFolder(folder, `${base}.`)));
  return { info: opened?.info, rows: await allRows(opened) };
};

describe('writing a shapefile', () => {
  it.each(['gbk', 'utf-8'] as const)('keeps Chinese through GDAL and through Gewu in %s', async (encoding) => {
    const base = `cn-${encoding}`;
    const result = writeShapefile(
      table([row('雨水井盖·一号（北）', 116.3, 39.95), row('', 116.31, 39.96)]),
      join(folder, `${base}.shp`),
      {
        encoding,
      },
    );
    expect(result).toMatchObject({ rows: 2, losses: encoding === 'gbk' ? [] : [{ row: 0, code: 'field-renamed' }] });
    expect(result.files.map((file) => file.split('.').at(-1))).toEqual(['shp', 'shx', 'dbf', 'prj', 'cpg']);
    const seen = gdal('ogrinfo', '-al', join(folder, `${base}.shp`));
    expect(seen).toContain('= 雨水井盖·一号（北）');
    expect(seen).toContain('11010800100100123');
    expect(seen).toContain('POINT (116.3 39.95)');
    expect(seen).toContain('2026/07/01');
    const { info, rows } = await read(base);
    expect(info?.encoding).toMatchObject({ name: encoding === 'gbk' ? 'GBK' : 'UTF-8' });
    expect(rows[0]?.values).toMatchObject({
      名称: '雨水井盖·一号（北）',
      数量: '3',
      高: '1.25',
      日期: '20260701',
      在用: 'T',
    });
    expect(rows[1]?.values['名称']).toBeNull();
    expect(info?.crsStated).toBe(WKT);
  });

  it('cuts only between whole characters and reports every loss', async () => {
    const fields: WriteTable['fields'] = [
      { name: 'T', title: 'T', type: 'text', length: 5 },
      { name: 'N', title: 'N', type: 'integer', length: 3 },
      { name: 'D', title: 'D', type: 'date' },
    ];
    const values = { T: '雨水井', N: 12345, D: '下周' };
    const emoji = { T: '𠮷a', N: 1, D: null };
    const result = writeShapefile(
      table(
        [
          { values, shape: null },
          { values: emoji, shape: null },
        ],
        { fields },
      ),
      join(folder, 'cut.shp'),
      { encoding: 'gbk' },
    );
    expect(result.losses).toEqual([
      { row: 1, field: 'T', code: 'too-long', value: '雨水井' },
      { row: 1, field: 'N', code: 'too-long', value: '12345' },
      { row: 1, field: 'D', code: 'not-a-date', value: '下周' },
      { row: 2, field: 'T', code: 'not-in-encoding', value: '𠮷a' },
    ]);
    const { rows } = await read('cut');
    expect(rows.map((each) => each.values)).toEqual([
      { T: '雨水', N: null, D: null },
      { T: '?a', N: '1', D: null },
    ]);
    expect(rows.every((each) => each.faults === undefined)).toBe(true);
  });

  it('gives field names of at most ten bytes, each once', async () => {
    const names = ['权属单位名称', '权属单位名一', '权属单位名', 'LONGFIELDNAME1', 'LONGFIELDNAME2'];
    const fields = names.map((name) => ({ name, title: name, type: 'text' as const }));
    const values = Object.fromEntries(names.map((name, i) => [name, `v${i}`]));
    const result = writeShapefile(table([{ values, shape: null }], { fields }), join(folder, 'names.shp'), {
      encoding: 'gbk',
    });
    expect(result.losses.every(({ code }) => code === 'field-renamed')).toBe(true);
    const { info, rows } = await read('names');
    expect(info?.fields.map(({ name }) => name)).toEqual([
      '权属单位名',
      '权属单位_1',
      '权属单位_2',
      'LONGFIELDN',
      'LONGFIEL_1',
    ]);
    expect(Object.values(rows[0]?.values ?? {})).toEqual(['v0', 'v1', 'v2', 'v3', 'v4']);
  });

  it('turns outer rings clockwise and holes the other way, and reads them back as they were', async () => {
    const square = (x: number, side: number): [number, number][] => [
      [x, x],
      [x + side, x],
      [x + side, x + side],
      [x, x + side],
      [x, x],
    ];
    const shape = {
      type: 'MultiPolygon' as const,
      coordinates: [[square(0, 10), square(2, 3).toReversed()], [square(20, 5)]],
    };
    writeShapefile(table([{ values: {}, shape }], { geometry: 'polygon', fields: [] }), join(folder, 'poly.shp'), {
      encoding: 'gbk',
    });
    expect(gdal('ogrinfo', '-al', join(folder, 'poly.shp'))).toContain(
      'MULTIPOLYGON (((0 0,0 10,10 10,10 0,0 0),(2 2,5 2,5 5,2 5,2 2)),((20 20,20 25,25 25,25 20,20 20)))',
    );
    const { info, rows } = await read('poly');
    expect(rows[0]?.shape).toEqual(shape);
    expect(info).toMatchObject({ geometry: 'polygon', extent: [0, 0, 25, 25] });
  });

  it('leaves out .cpg and sets any language driver when asked', async () => {
    writeShapefile(table([row('中关村大街27号', 1, 2)]), join(folder, 'bare.shp'), {
      encoding: 'gbk',
      cpg: null,
      ldid: 0,
    });
    expect(existsSync(join(folder, 'bare.cpg'))).toBe(false);
    expect(readFileSync(join(folder, 'bare.dbf'))[29]).toBe(0);
    const { info, rows } = await read('bare');
    expect(info?.encoding.name).toBe('GB18030');
    expect(info?.encoding.confidence).toBeGreaterThanOrEqual(0.8);
    expect(rows[0]?.values['名称']).toBe('中关村大街27号');
  });

  it('writes a table without geometry as .dbf, and a shape that does not suit as none', () => {
    const plain = writeShapefile(
      table([{ values: {}, shape: null }], { geometry: 'none' }),
      join(folder, 'plain.shp'),
      { encoding: 'gbk' },
    );
    expect(plain.files.map((file) => file.split('.').at(-1))).toEqual(['dbf', 'cpg']);
    const line = writeShapefile(table([row('a', 1, 2)], { geometry: 'line' }), join(folder, 'line.shp'), {
      encoding: 'gbk',
    });
    expect(line.losses).toEqual([{ row: 1, field: 'geometry', code: 'shape-type', value: 'Point' }]);
  });

  it.skipIf(!corpus)('corpus: writes the very .shp and .shx that GDAL writes', async () => {
    const golden = join(corpus ?? '', 'shp/gdal/poly_golden');
    const [opened] = await shapefileFormat.open(groupOf(...deliveredFolder(golden)));
    const rows = (await allRows(opened)).map(({ values, shape }) => ({ values, shape }));
    const fields = (opened?.info.fields ?? []).map(({ name, type }) => ({ name, title: name, type }));
    writeShapefile(table(rows, { geometry: 'polygon', fields }), join(folder, 'golden.shp'), { encoding: 'gbk' });
    for (const extension of ['shp', 'shx'])
      expect(
        readFileSync(join(folder, `golden.${extension}`)).equals(readFileSync(join(golden, `poly.${extension}`))),
      ).toBe(true);
  });
});
