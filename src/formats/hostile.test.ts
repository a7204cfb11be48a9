import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { delivered, deliveredFolder, scratchFolder, seeded } from '../../tests/delivered.ts';
import { writeCsv } from './csv/index.ts';
import { openDelivery } from './delivery.ts';
import { FormatError } from './format.ts';
import type { DeliveredFile, WriteTable } from './format.ts';
import { writeGeojson } from './geojson/index.ts';
import { writeShapefile } from './shapefile/index.ts';
import { writeWorkbook } from './workbook/index.ts';

const folder = scratchFolder();
const rows = Array.from({ length: 40 }, (_, i) => ({
  values: { CODE: `1101080010010${i}`, NAME: `雨水井盖${i}`, N: i },
  shape: {
    type: 'MultiPolygon' as const,
    coordinates: [
      [
        [
          [i, 0] as [number, number],
          [i + 1, 0] as [number, number],
          [i, 1] as [number, number],
          [i, 0] as [number, number],
        ],
      ],
    ],
  },
}));
const table: WriteTable = {
  name: 'sample',
  geometry: 'polygon',
  crs: { code: 'EPSG:4548', wkt: 'PROJCS["CGCS2000_3_Degree_GK_CM_117E"]', geographic: false },
  rows,
  fields: [
    { name: 'CODE', title: 'CODE', type: 'text' },
    { name: 'NAME', title: '名称', type: 'text' },
    { name: 'N', title: 'N', type: 'integer' },
  ],
};

/** A healthy delivery of each format, as bytes. */
async function healthy(): Promise<Record<string, { name: string; bytes: Uint8Array }[]>> {
  writeShapefile(table, join(folder, 's.shp'), { encoding: 'gbk' });
  writeCsv(table, join(folder, 'c.csv'), { encoding: 'gbk' });
  writeGeojson(table, join(folder, 'g.geojson'));
  await writeWorkbook(table, join(folder, 'w.xlsx'));
  const files = deliveredFolder(folder).map(({ name, bytes }) => ({ name, bytes: bytes.slice(0, bytes.size) }));
  const of = (prefix: string) => files.filter(({ name }) => name.startsWith(prefix));
  const zip = zipSync(Object.fromEntries(of('s.').map(({ name, bytes }) => [name, bytes])));
  return {
    shapefile: of('s.'),
    csv: of('c.'),
    geojson: of('g.'),
    workbook: of('w.'),
    zip: [{ name: 'z.zip', bytes: zip }],
  };
}

/** Opens and reads everything. Whatever the bytes, only sentences come out, and never more rows than could be in there. */
async function survive(files: DeliveredFile[]): Promise<{ rows: number; doubts: string[] }> {
  const { tables, doubts } = await openDelivery(files);
  let count = 0;
  for (const opened of tables) {
    try {
      for await (const block of opened.blocks()) count += block.length;
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
    doubts.push(...opened.info.doubts);
  }
  for (const doubt of doubts) expect(doubt.message).toMatch(/\w+.*[.:!]/);
  expect(count).toBeLessThan(20_000);
  return { rows: count, doubts: doubts.map(({ code }) => code) };
}

describe('damaged files', async () => {
  const samples = await healthy();

  it.each(Object.keys(samples))('%s is read whole while it is whole', async (kind) => {
    const files = (samples[kind] ?? []).map(({ name, bytes }) => delivered(name, bytes));
    expect(await survive(files)).toEqual({ rows: 40, doubts: [] });
  });

  it.each(Object.keys(samples))('%s cut off anywhere gives what is whole, and a doubt', async (kind) => {
    const files = samples[kind] ?? [];
    for (const cut of files.filter(({ name }) => !/\.(cpg|prj)$/.test(name)))
      for (let part = 0; part < 16; part++) {
        const short = files.map(({ name, bytes }) =>
          delivered(name, name === cut.name ? bytes.subarray(0, Math.floor((bytes.length * part) / 16)) : bytes),
        );
        const { rows: count, doubts } = await survive(short);
        expect(count).toBeLessThanOrEqual(40);
        // A csv may end anywhere and still be one; an index can be done without.
        const mayBeSilent = kind === 'csv' || cut.name.endsWith('.shx');
        expect(mayBeSilent || doubts.length > 0).toBe(true);
      }
  });

  it.each(Object.keys(samples))('%s with flipped bits neither hangs nor crashes', async (kind) => {
    const random = seeded(20260701);
    for (let round = 0; round < 60; round++) {
      const files = (samples[kind] ?? []).map(({ name, bytes }) => {
        const copy = Uint8Array.from(bytes);
        const flips = 1 + Math.floor(random() * 6);
        for (let i = 0; i < flips; i++) {
          const at = Math.floor(random() * (round % 2 === 0 ? Math.min(copy.length, 200) : copy.length));
          copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8));
        }
        return delivered(name, copy);
      });
      await expect(survive(files)).resolves.toBeDefined();
    }
  });

  it.each(['a.shp', 'a.dbf', 'a.xlsx', 'a.xls', 'a.csv', 'a.geojson', 'a.zip'])(
    '%s that is empty, noise or text gets a sentence',
    async (name) => {
      const random = seeded(7);
      const noise = Uint8Array.from({ length: 5000 }, () => Math.floor(random() * 256));
      for (const bytes of [new Uint8Array(0), noise, Buffer.from('<html>not found</html>')]) {
        const { tables, doubts } = await openDelivery([delivered(name, bytes)]);
        expect(tables.length + doubts.length).toBeGreaterThan(0);
        for (const doubt of doubts) expect(doubt.message).toContain(name);
      }
    },
  );

  it('a dBASE table of 200 bytes that claims 4.3 billion records', async () => {
    const bytes = Buffer.alloc(200, 0x20);
    bytes.fill(0, 0, 65);
    bytes[0] = 3;
    bytes.writeUInt32LE(0xffffffff, 4);
    bytes.writeUInt16LE(65, 8);
    bytes.writeUInt16LE(11, 10);
    bytes.write('A', 32);
    bytes.write('C', 43);
    bytes[48] = 10;
    bytes[64] = 0x0d;
    const { rows: count, doubts } = await survive([delivered('a.dbf', bytes)]);
    expect(count).toBe(12);
    expect(doubts).toContain('dbf-truncated');
  });

  it('a .shx whose every entry points to the same big shape', async () => {
    const shp = Buffer.from(samples['shapefile']?.find(({ name }) => name.endsWith('.shp'))?.bytes ?? []);
    const shx = Buffer.alloc(100 + 8 * 50_000);
    shx.writeInt32BE(9994, 0);
    for (let i = 0; i < 50_000; i++) {
      shx.writeInt32BE(50, 100 + 8 * i);
      shx.writeInt32BE(shp.readInt32BE(104), 104 + 8 * i);
    }
    const { rows: count, doubts } = await survive([delivered('a.shp', shp), delivered('a.shx', shx)]);
    expect(count).toBe(40);
    expect(doubts).toContain('shx-wrong');
  });
});
