import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { allRows, delivered, gdal } from '../../../tests/delivered.ts';
import { rawDbf } from '../../../tests/raw-dbf.ts';
import { csvFormat, geojsonFormat, openDelivery, shapefileFormat, workbookFormat } from '../../formats/index.ts';
import type { Format, SourceRow, WriteRow, WriteTable } from '../../formats/format.ts';
import { cgcs2000 } from '../../project/schema/srs.ts';
import { writeGpkg } from '../../project/write-gpkg.ts';
import { ORIGIN } from '../../project/testing.ts';
import { deliveryFormats } from './in-project.ts';

/** Codes that numbers cannot carry: 16, 17 and 19 digits, zeros before and behind, letters, an exponent that is none. */
const CODES = [
  '1101080101000001',
  '11010801001000001',
  '1101080100100000123',
  '9223372036854775807',
  '00110801001000001',
  '0000000000000001',
  '11010800100100000',
  '110108001001E01',
  '1E5',
  'BJ-0103-07',
];
/** As far as a column of numbers may hold them: more than 2⁵³ among them. */
const NUMBERS = ['1101080101000001', '11010801001000001', '1101080100100000123', '9223372036854775807', '0', '-5'];

type Write = NonNullable<Format['write']>;
const WRITERS: [name: string, extension: string, write: Write][] = [
  ['shapefile', 'shp', shapefileFormat.write],
  ['workbook', 'xlsx', workbookFormat.write],
  ['csv', 'csv', csvFormat.write],
  ['geopackage', 'gpkg', async (table, target) => writeGpkg(table, target)],
  ['geojson', 'geojson', geojsonFormat.write],
];

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gewu-codes-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Everything a folder holds, as it would be delivered. */
async function readBack(folder: string): Promise<SourceRow[]> {
  const files = readdirSync(folder).map((name) => delivered(name, readFileSync(path.join(folder, name))));
  const { tables, doubts } = await openDelivery(files, deliveryFormats());
  expect(doubts).toEqual([]);
  const rows = await allRows(tables[0]);
  expect(JSON.stringify(rows)).not.toMatch(/\ufffd|NaN|Infinity/u);
  return rows;
}

function tableOf(codes: string[]): WriteTable {
  return {
    name: 'codes',
    geometry: 'point',
    fields: [
      { name: 'code', title: '标识码', type: 'text', length: 30 },
      { name: 'note', title: '备注', type: 'text', length: 60 },
    ],
    crs: { code: 'EPSG:4548', wkt: cgcs2000(4548)?.wkt ?? '', geographic: false },
    rows: codes.map((code, i): WriteRow => {
      return {
        values: { code, note: `第${code}号` },
        shape: { type: 'Point', coordinates: [ORIGIN[0] + i, ORIGIN[1]] },
      };
    }),
  };
}

const codesOf = (rows: SourceRow[]): (string | null)[] =>
  rows.map(({ values }) => values['code'] ?? values['标识码'] ?? null);

describe('codes', () => {
  it('come whole through shapefile, workbook, csv, GeoPackage and GeoJSON, one after another and back', async () => {
    let codes: (string | null)[] = CODES;
    for (const [name, extension, write] of [...WRITERS, ...WRITERS.slice(0, 1)]) {
      codes = await inFolder(async (folder) => {
        const sent = tableOf(codes.map((code) => code ?? ''));
        const { losses } = await write(sent, path.join(folder, `codes.${extension}`));
        expect({ name, losses }).toEqual({ name, losses: [] });
        const rows = await readBack(folder);
        expect(rows.map(({ values }) => values['note'] ?? values['备注'])).toEqual(CODES.map((code) => `第${code}号`));
        return codesOf(rows);
      });
      expect({ name, codes }).toEqual({ name, codes: CODES });
    }
  });

  it.each(['gbk', 'utf-8'] as const)('come whole through a dbf in %s', async (encoding) => {
    await inFolder(async (folder) => {
      await shapefileFormat.write(tableOf(CODES), path.join(folder, 'codes.shp'), { encoding });
      expect(codesOf(await readBack(folder))).toEqual(CODES);
    });
  });

  it('in number columns of a dbf keep every digit; deleted rows stay deleted, asterisks are no number', async () => {
    await inFolder(async (folder) => {
      const cells = NUMBERS.map((number) => [number.padStart(19), number]);
      const table = rawDbf(
        [
          { name: 'code', type: 'N', width: 19 },
          { name: 'as_float', type: 'F', width: 19 },
        ],
        [...cells, ['1'.repeat(19), '1'], ['*'.repeat(19), '']],
        { deleted: [NUMBERS.length] },
      );
      writeFileSync(path.join(folder, 'codes.dbf'), table);
      const rows = await readBack(folder);
      expect(codesOf(rows)).toEqual([...NUMBERS, null]);
      expect(rows.map(({ values }) => values['as_float'])).toEqual([...NUMBERS, null]);
      expect(rows.at(-1)?.faults?.map(({ code }) => code)).toEqual(['number-overflow']);
    });
  });

  it('in integers of a GeoPackage made by another program keep every digit', async () => {
    await inFolder(async (folder) => {
      const list = path.join(folder, 'list.csv');
      writeFileSync(list, ['code,text', ...NUMBERS.map((number) => `${number},"${number}"`)].join('\n'));
      writeFileSync(path.join(folder, 'list.csvt'), '"Integer64","String"');
      const target = path.join(folder, 'out.gpkg');
      gdal('ogr2ogr', '-f', 'GPKG', target, list);
      rmSync(list);
      rmSync(path.join(folder, 'list.csvt'));
      const rows = await readBack(folder);
      expect(codesOf(rows)).toEqual(NUMBERS);
      expect(rows.map(({ values }) => values['text'])).toEqual(NUMBERS);
    });
  });

  it('written as numbers in GeoJSON keep every digit', async () => {
    await inFolder(async (folder) => {
      const features = NUMBERS.map((number) => `{"type":"Feature","geometry":null,"properties":{"code":${number}}}`);
      const text = `{"type":"FeatureCollection","features":[${features.join(',')}]}`;
      writeFileSync(path.join(folder, 'codes.geojson'), text);
      expect(codesOf(await readBack(folder))).toEqual(NUMBERS);
    });
  });

  it('written as bare digits in csv keep every digit', async () => {
    await inFolder(async (folder) => {
      writeFileSync(path.join(folder, 'codes.csv'), ['code,name', ...CODES.map((code) => `${code},井盖`)].join('\n'));
      expect(codesOf(await readBack(folder))).toEqual(CODES);
    });
  });
});
