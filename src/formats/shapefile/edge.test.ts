import { describe, expect, it } from 'vitest';
import { allRows, delivered } from '../../../tests/delivered.ts';
import { rawDbf } from '../../../tests/raw-dbf.ts';
import { openDelivery } from '../delivery.ts';
import type { SourceRow, TableInfo } from '../format.ts';

/** Traits of files that test suites of other readers keep, rebuilt byte by byte. */

async function open(
  ...files: ReturnType<typeof delivered>[]
): Promise<{ info: TableInfo | undefined; rows: SourceRow[] }> {
  const { tables } = await openDelivery(files);
  return { info: tables[0]?.info, rows: await allRows(tables[0]) };
}

const f64 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 8);
  values.forEach((value, i) => bytes.writeDoubleLE(value, i * 8));
  return bytes;
};
const i32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeInt32LE(value, i * 4));
  return bytes;
};

/** A .shp of these record contents; `stated` is the length its header claims, in bytes. */
function shp(type: number, contents: Buffer[], stated?: number): Buffer {
  const records = contents.map((content, i) => {
    const head = Buffer.alloc(8);
    head.writeInt32BE(i + 1, 0);
    head.writeInt32BE(content.length / 2, 4);
    return Buffer.concat([head, content]);
  });
  const header = Buffer.alloc(100);
  header.writeInt32BE(9994, 0);
  header.writeInt32LE(1000, 28);
  header.writeInt32LE(type, 32);
  const whole = Buffer.concat([header, ...records]);
  whole.writeInt32BE((stated ?? whole.length) / 2, 24);
  return whole;
}

const SQUARE = [0, 0, 0, 1, 1, 1, 1, 0, 0, 0];
const ring = (type: number, behind: Buffer): Buffer =>
  Buffer.concat([i32(type), f64(0, 0, 1, 1), i32(1, 5, 0), f64(...SQUARE), behind]);

describe('shapes of every type', () => {
  it.each([
    ['PointZ', 11, Buffer.concat([i32(11), f64(1, 2, 3, 4)]), 'point'],
    ['PointM', 21, Buffer.concat([i32(21), f64(1, 2, 4)]), 'point'],
    ['PolygonZ', 15, ring(15, f64(0, 1, 1, 2, 3, 4, 1, 0, 0, 0, 0, 0, 0, 0)), 'polygon'],
    ['PolygonZ without measures', 15, ring(15, f64(0, 1, 1, 2, 3, 4, 1)), 'polygon'],
    ['PolygonM', 25, ring(25, f64(0, 1, 1, 2, 3, 4, 1)), 'polygon'],
    ['PolyLineZ', 13, ring(13, f64(0, 1, 1, 2, 3, 4, 1)), 'line'],
  ])('%s', async (_, type, content, kind) => {
    const { info, rows } = await open(delivered('a.shp', shp(type, [content])));
    expect(info?.geometry).toBe(kind);
    expect(rows[0]?.shape).not.toBeNull();
    expect(rows[0]?.faults).toBeUndefined();
    expect(JSON.stringify(rows[0]?.shape)).not.toContain('null');
  });

  it('a multipatch comes as its rings or is named, never silently lost', async () => {
    const patch = Buffer.concat([i32(31), f64(0, 0, 1, 1), i32(1, 5, 0, 2), f64(...SQUARE), f64(0, 1, 0, 0, 0, 0, 0)]);
    const { rows } = await open(delivered('a.shp', shp(31, [patch])));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.shape !== null || (rows[0]?.faults?.length ?? 0) > 0).toBe(true);
  });

  it('null shapes among others are rows without a shape', async () => {
    const point = Buffer.concat([i32(1), f64(1, 2)]);
    const { info, rows } = await open(delivered('a.shp', shp(1, [point, i32(0), point])));
    expect(info).toMatchObject({ rows: 3, geometry: 'point', extent: [1, 2, 1, 2] });
    expect(rows.map(({ shape, faults }) => [shape === null, faults])).toEqual([
      [false, undefined],
      [true, undefined],
      [false, undefined],
    ]);
  });

  it.each([
    ['too short a length in the header', 60],
    ['no length in the header', 0],
  ])('%s is no matter where the records are whole', async (_, stated) => {
    const { info, rows } = await open(delivered('a.shp', shp(1, [Buffer.concat([i32(1), f64(1, 2)])], stated)));
    expect(rows).toHaveLength(1);
    expect(info?.doubts.map(({ code }) => code)).not.toContain('shp-truncated');
  });

  it('coordinates that are no numbers are a fault of their row', async () => {
    const points = [NaN, Infinity, -1e39].map((x) => Buffer.concat([i32(1), f64(x, 2)]));
    const { rows } = await open(delivered('a.shp', shp(1, points)));
    for (const row of rows.slice(0, 2)) {
      expect(row.shape).toBeNull();
      expect(row.faults?.length).toBeGreaterThan(0);
    }
  });
});

describe('cells of a dBASE table', () => {
  const columns = [
    { name: 'N', type: 'N', width: 8, decimals: 2 },
    { name: 'D', type: 'D', width: 8 },
    { name: 'L', type: 'L', width: 1 },
  ];

  it.each([
    ['stars for a number too wide', ['********', '20260701', 'T'], { N: null, D: '20260701' }],
    ['zeros for a date', ['    1.50', '00000000', '?'], { N: '1.50', D: null, L: null }],
    ['blanks', ['        ', '        ', ' '], { N: null, D: null, L: null }],
  ])('%s', async (_, cells, values) => {
    const { rows } = await open(delivered('a.dbf', rawDbf(columns, [cells])));
    expect(rows[0]?.values).toMatchObject(values);
  });

  it('a table without the byte that ends it is whole', async () => {
    const bytes = rawDbf(columns, [['    1.50', '20260701', 'T']]);
    const bare = bytes.at(-1) === 0x1a ? bytes.subarray(0, -1) : bytes;
    const { info, rows } = await open(delivered('a.dbf', bare));
    expect(rows).toHaveLength(1);
    expect(info?.doubts.map(({ code }) => code)).not.toContain('dbf-truncated');
  });

  it('deleted rows are counted and never come, in a shapefile as well', async () => {
    const bytes = rawDbf(
      columns,
      Array.from({ length: 3 }, () => ['    1.50', '20260701', 'T']),
      { deleted: [1] },
    );
    const points = [1, 2, 3].map((x) => Buffer.concat([i32(1), f64(x, 0)]));
    const { info, rows } = await open(delivered('a.dbf', bytes), delivered('A.SHP', shp(1, points)));
    expect(info).toMatchObject({ rows: 2, deletedRows: 1 });
    expect(rows.map(({ row, shape }) => [row, shape?.coordinates[0]])).toEqual([
      [1, 1],
      [3, 3],
    ]);
  });
});

describe('JSON that is no GeoJSON', () => {
  it.each([
    ['Esri', '{"geometryType":"esriGeometryPoint","features":[{"attributes":{"a":1},"geometry":{"x":1,"y":2}}]}'],
    [
      'TopoJSON',
      '{"type":"Topology","objects":{"a":{"type":"GeometryCollection","geometries":[]}},"arcs":[[[0,0],[1,1]]]}',
    ],
  ])('%s is refused in a sentence', async (_, content) => {
    const { tables, doubts } = await openDelivery([delivered('a.json', content)]);
    expect(tables).toEqual([]);
    expect(doubts).toMatchObject([{ code: 'not-geojson', data: { file: 'a.json' } }]);
  });
});
