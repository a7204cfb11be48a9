import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { parseShp } from 'shpjs';
import { describe, expect, it } from 'vitest';
import { corpusPath } from '../../../tests/corpus.ts';
import { allRows, delivered, deliveredFolder, groupOf, scratchFolder } from '../../../tests/delivered.ts';
import { rawDbf as dbf } from '../../../tests/raw-dbf.ts';
import type { DeliveredFile } from '../format.ts';
import { shapefileFormat, writeShapefile } from './index.ts';

const folder = scratchFolder();
const corpus = corpusPath();

const open = async (...files: DeliveredFile[]) => {
  const [table] = await shapefileFormat.open(groupOf(...files));
  return { info: table?.info, rows: await allRows(table) };
};
const codes = (doubts: { code: string }[] | undefined): string[] => (doubts ?? []).map(({ code }) => code);

/** Three points as written by Gewu. */
function points(): Map<string, DeliveredFile> {
  const row = (name: string, x: number) => ({
    values: { NAME: name },
    shape: { type: 'Point' as const, coordinates: [x, 1] as [number, number] },
  });
  writeShapefile(
    {
      name: 'p',
      geometry: 'point',
      crs: null,
      fields: [{ name: 'NAME', title: 'NAME', type: 'text' }],
      rows: [row('井盖', 1), row('路灯', 2), row('护栏', 3)],
    },
    join(folder, 'p.shp'),
    { encoding: 'gbk' },
  );
  return new Map(deliveredFolder(folder, 'p.').map((file) => [file.name.slice(2), file]));
}

describe('reading dBASE values', () => {
  it('hands numbers over by their digits, and says what is no number', async () => {
    const columns = [{ name: 'CODE', type: 'N', width: 19 }];
    const cells = ['1101080010010001234', '   7', '*******************', '', '0', '1.50', 'abc'];
    const { info, rows } = await open(
      delivered(
        'a.dbf',
        dbf(
          columns,
          cells.map((cell) => [cell]),
        ),
      ),
    );
    expect(rows.map((row) => row.values['CODE'])).toEqual(['1101080010010001234', '7', null, null, '0', '1.50', 'abc']);
    expect(rows.map((row) => row.faults?.[0]?.code)).toEqual([
      undefined,
      undefined,
      'number-overflow',
      undefined,
      undefined,
      undefined,
      'not-a-number',
    ]);
    expect(codes(info?.doubts)).toEqual(['shp-missing']);
  });

  it('skips deleted rows but counts them, and keeps record numbers', async () => {
    const { info, rows } = await open(
      delivered('a.dbf', dbf([{ name: 'A', type: 'C', width: 3 }], [['a'], ['b'], ['c']], { deleted: [1] })),
    );
    expect(info).toMatchObject({ rows: 2, deletedRows: 1 });
    expect(rows.map(({ row, values }) => [row, values['A']])).toEqual([
      [1, 'a'],
      [3, 'c'],
    ]);
  });

  it('drops half a character at the end of a full field, and nothing else', async () => {
    const text = iconv.encode('海淀区中关村', 'gbk').subarray(0, 9);
    const { info, rows } = await open(
      delivered('a.dbf', dbf([{ name: '名称', type: 'C', width: 9 }], [[text], ['路灯井盖'], ['雨水']])),
    );
    expect(info?.encoding).toMatchObject({ name: 'GB18030' });
    expect(info?.encoding.confidence).toBeGreaterThanOrEqual(0.8);
    expect(rows[0]?.values['名称']).toBe('海淀区中');
    expect(rows[0]?.faults?.[0]).toMatchObject({ field: '名称', code: 'half-character' });
    expect(rows[1]?.faults).toBeUndefined();
  });

  it('reads dates, flags and binary columns', async () => {
    const int = Buffer.alloc(4);
    int.writeInt32LE(-7);
    const double = Buffer.alloc(8);
    double.writeDoubleLE(0.1);
    const columns = [
      { name: 'D', type: 'D', width: 8 },
      { name: 'L', type: 'L', width: 1 },
      { name: 'I', type: 'I', width: 4 },
      { name: 'B', type: 'B', width: 8 },
    ];
    const { rows } = await open(
      delivered(
        'a.dbf',
        dbf(columns, [
          ['20260701', 'T', int, double],
          ['00000000', '?', int, double],
          ['26/07/01', 'n', int, double],
        ]),
      ),
    );
    expect(rows.map(({ values }) => values)).toEqual([
      { D: '20260701', L: 'T', I: '-7', B: '0.1' },
      { D: null, L: null, I: '-7', B: '0.1' },
      { D: '26/07/01', L: 'n', I: '-7', B: '0.1' },
    ]);
    expect(rows[2]?.faults?.[0]?.code).toBe('not-a-date');
  });

  it('takes NUL for padding behind a value and for a fault within it', async () => {
    const { rows } = await open(
      delivered(
        'a.dbf',
        dbf([{ name: 'A', type: 'C', width: 6 }], [[Buffer.from('ab\0\0\0\0')], [Buffer.from('a\0b')]]),
      ),
    );
    expect(rows.map(({ values }) => values['A'])).toEqual(['ab', String.raw`a\x00b`]);
    expect(rows.map(({ faults }) => faults?.[0]?.code)).toEqual([undefined, 'control-characters']);
  });

  it('gives equal field names a suffix', async () => {
    const columns = ['A', 'A', '__proto__'].map((name) => ({ name, type: 'C', width: 2 }));
    const { rows } = await open(delivered('a.dbf', dbf(columns, [['1', '2', '3']])));
    expect(Object.entries(rows[0]?.values ?? {})).toEqual([
      ['A', '1'],
      ['A_2', '2'],
      ['__proto___2', '3'],
    ]);
  });

  it('reads memo texts, and names the cell whose memo is missing', async () => {
    const table = dbf([{ name: 'M', type: 'M', width: 10 }], [['         1'], ['']]);
    const memo = Buffer.concat([Buffer.alloc(512), iconv.encode('备注：井盖破损', 'gbk'), Buffer.from([0x1a, 0x1a])]);
    const { rows } = await open(delivered('a.dbf', table), delivered('a.DBT', memo));
    expect(rows.map(({ values }) => values['M'])).toEqual(['备注：井盖破损', null]);
    const without = await open(delivered('a.dbf', table));
    expect(without.rows[0]?.faults?.[0]).toMatchObject({ field: 'M', code: 'memo-missing' });
  });
});

describe('what goes with a shapefile', () => {
  const pick = (files: Map<string, DeliveredFile>, ...extensions: string[]): DeliveredFile[] =>
    extensions.flatMap((extension) => files.get(extension) ?? []);

  it('reads without .shx, without .dbf and without .shp', async () => {
    const files = points();
    const noIndex = await open(...pick(files, 'shp', 'dbf', 'cpg'));
    expect(noIndex.rows.map(({ shape, values }) => [shape?.coordinates, values['NAME']])).toEqual([
      [[1, 1], '井盖'],
      [[2, 1], '路灯'],
      [[3, 1], '护栏'],
    ]);
    expect(noIndex.info?.doubts).toMatchObject([{ code: 'sidecars-missing', data: { missing: '.shx, .prj' } }]);
    const noTable = await open(...pick(files, 'shp', 'shx'));
    expect(noTable.info?.doubts).toMatchObject([
      { code: 'dbf-missing' },
      { code: 'sidecars-missing', data: { missing: '.prj' } },
    ]);
    expect(noTable.rows).toHaveLength(3);
    const noShapes = await open(...pick(files, 'dbf', 'cpg'));
    expect(noShapes.info).toMatchObject({ geometry: 'none', rows: 3 });
  });

  it('reads a .shp with gaps by its .shx', async () => {
    const files = points();
    const shp = Buffer.from(readFileSync(join(folder, 'p.shp')));
    const gap = Buffer.concat([shp.subarray(0, 128), Buffer.alloc(40, 0xee), shp.subarray(128)]);
    const shx = Buffer.from(readFileSync(join(folder, 'p.shx')));
    for (const at of [108, 116]) shx.writeInt32BE(shx.readInt32BE(at) + 20, at);
    const { info, rows } = await open(delivered('p.shp', gap), delivered('p.shx', shx), ...pick(files, 'dbf'));
    expect(rows.map(({ shape }) => shape?.coordinates)).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
    expect(info?.doubts).toMatchObject([{ code: 'sidecars-missing', data: { missing: '.prj, .cpg' } }]);
  });

  it('says when the counts differ and gives every row', async () => {
    const files = points();
    const two = dbf([{ name: 'NAME', type: 'C', width: 4 }], [['a'], ['b']]);
    const { info, rows } = await open(...pick(files, 'shp', 'shx'), delivered('p.dbf', two));
    expect(codes(info?.doubts)).toEqual(['sidecars-missing', 'count-mismatch']);
    expect(rows.map(({ values, faults }) => [values['NAME'], faults?.[0]?.code])).toEqual([
      ['a', undefined],
      ['b', undefined],
      [null, 'no-attributes'],
    ]);
  });

  it('obeys the given encoding', async () => {
    const [table] = await shapefileFormat.open(groupOf(...points().values()), { encoding: 'utf-8' });
    expect(table?.info.encoding).toMatchObject({ name: 'UTF-8', confidence: 1 });
    expect((await allRows(table))[0]?.faults?.[0]?.code).toBe('undecodable');
  });
});

describe('shapes against other readers', () => {
  const rings = (polygon: unknown): unknown => JSON.stringify(polygon);
  it.skipIf(!corpus).each(['chinese/trackit', 'tilings/pyshp', 'shp/gdal/poly_golden', 'shp/mbostock'])(
    'corpus: %s as shpjs reads them',
    async (place) => {
      const files = deliveredFolder(join(corpus ?? '', place));
      const bases = new Set(files.map(({ name }) => name.split('.')[0] ?? ''));
      for (const base of bases) {
        const { rows } = await open(...files.filter(({ name }) => name.startsWith(`${base}.`)));
        const theirs = parseShp(readFileSync(join(corpus ?? '', place, `${base}.shp`)));
        const ours = rows.map(({ shape }) => shape);
        expect(ours).toHaveLength(theirs.length);
        theirs.forEach((geometry, i) => expect(rings(normal(ours[i]))).toBe(rings(normal(geometry))));
      }
    },
  );
});

interface Geometry {
  type: string;
  coordinates: unknown;
}

/** One form for both readers: parts in order of their first position, rings turned the same way. */
function normal(geometry: Geometry | null | undefined): unknown {
  if (!geometry) return null;
  const { type } = geometry;
  const coordinates = geometry.coordinates as never;
  if (type === 'LineString') return [coordinates];
  if (type === 'Polygon') return polygons([coordinates]);
  return type === 'MultiPolygon' ? polygons(coordinates) : coordinates;
}

function polygons(list: [number, number][][][]): unknown {
  const forward = (ring: [number, number][]): string[] => {
    const texts = ring.slice(0, -1).map((position) => position.slice(0, 2).join(' '));
    const least = texts.indexOf(texts.toSorted()[0] ?? '');
    const turned = [...texts.slice(least), ...texts.slice(0, least)];
    const back = [turned[0] ?? '', ...turned.slice(1).toReversed()];
    return (turned[1] ?? '') < (back[1] ?? '') ? turned : back;
  };
  return list
    .map((polygon) =>
      polygon
        .map((ring) => forward(ring).join(','))
        .toSorted()
        .join(';'),
    )
    .toSorted();
}
