import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { shapefileFormat, workbookFormat } from '../../src/formats/index.ts';
import type { WriteTable } from '../../src/formats/format.ts';
import { CORNER } from '../contract/district.ts';

/** What makes a delivery bad: a name, the files handed in, options, and the code it is refused with. */
export interface BadDelivery {
  name: string;
  files: string[];
  options?: string[];
  code: RegExp;
}

const text = (name: string) => ({ name, title: name, type: 'text' as const, length: 40 });
export const COVERS: WriteTable = {
  name: '01001',
  geometry: 'point',
  fields: [text('ObjID'), text('ObjName'), text('OwnerName')],
  crs: null,
  rows: Array.from({ length: 30 }, (_, i) => ({
    values: {
      ObjID: `11010801001${String(i + 1).padStart(6, '0')}`,
      ObjName: '供水井盖',
      OwnerName: '北京市自来水集团',
    },
    shape: { type: 'Point' as const, coordinates: [CORNER[0] + 5 + i * 10, CORNER[1] + 5] as [number, number] },
  })),
};

/** A healthy shapefile in a folder of its own; answers the bytes by extension. */
export async function shapefile(folder: string, table: WriteTable = COVERS): Promise<Record<string, Uint8Array>> {
  mkdirSync(folder, { recursive: true });
  await shapefileFormat.write?.(table, path.join(folder, '01001.shp'), { encoding: 'gbk' });
  const files = readdirSync(folder).map((name) => [path.extname(name).slice(1), readFileSync(path.join(folder, name))]);
  return Object.fromEntries(files) as Record<string, Uint8Array>;
}

/** Deliveries that cannot be used, written into `folder`. */
export async function badDeliveries(folder: string): Promise<BadDelivery[]> {
  const good = await shapefile(path.join(folder, 'good'));
  const bytes = (extension: string) => Buffer.from(good[extension] ?? []);
  const put = (name: string, content: string | Uint8Array): string => {
    const full = path.join(folder, name);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, content);
    return full;
  };
  await workbookFormat.write?.(COVERS, path.join(folder, 'whole.xlsx'));
  const workbook = readFileSync(path.join(folder, 'whole.xlsx'));
  const shp = (name: string, over: Record<string, Uint8Array | null>) => {
    const parts = { shp: bytes('shp'), shx: bytes('shx'), dbf: bytes('dbf'), ...over };
    for (const [extension, content] of Object.entries(parts))
      if (content !== null) put(`${name}/01001.${extension}`, content);
    return [path.join(folder, name, '01001.shp')];
  };
  const claim = bytes('dbf');
  claim.writeUInt32LE(1_000_000, 4);
  const csv = `部件标识码,部件名称,X,Y\n11010801001000001,供水井盖,${CORNER[0]},${CORNER[1]}\n`;
  return [
    { name: 'an empty .shp', files: shp('empty', { shp: new Uint8Array() }), code: /./u },
    { name: 'a truncated .shp', files: shp('cut', { shp: bytes('shp').subarray(0, 60), shx: null }), code: /./u },
    { name: 'a .shp without its .dbf', files: shp('nodbf', { dbf: null }), code: /./u },
    { name: 'a million rows that are not there', files: shp('claim', { dbf: claim }), code: /dbf-truncated/u },
    { name: 'a csv with NUL bytes', files: [put('nul.csv', csv.replace('供水', '供\u0000水'))], code: /not-text/u },
    { name: 'a picture named .shp', files: shp('png', { shp: PNG }), code: /./u },
    { name: 'an empty csv', files: [put('empty.csv', '')], code: /./u },
    { name: 'a csv with a header only', files: [put('header.csv', csv.split('\n')[0] ?? '')], code: /no-rows/u },
    { name: 'an empty xlsx', files: [put('empty.xlsx', '')], code: /./u },
    { name: 'a text named .xlsx', files: [put('text.xlsx', 'not a workbook')], code: /./u },
    { name: 'a truncated xlsx', files: [put('cut.xlsx', workbook.subarray(0, workbook.length / 2))], code: /./u },
    {
      name: 'a workbook behind a password',
      files: [put('locked.xlsx', LOCKED)],
      code: /password|encrypted|protected/u,
    },
    { name: 'a zip bomb', files: [put('bomb.zip', bomb())], code: /./u },
    { name: 'a zip in a zip in a zip', files: [put('nested.zip', nested(10))], code: /./u },
    {
      name: 'a truncated zip',
      files: [put('cut.zip', zipSync({ '01001.csv': Buffer.from(csv) }).subarray(0, 40))],
      code: /./u,
    },
    { name: 'a GeoPackage that is none', files: [put('text.gpkg', 'SQLite format 3\u0000and no more')], code: /./u },
    { name: 'broken GeoJSON', files: [put('cut.geojson', '{"type":"FeatureCollection","features":[{')], code: /./u },
    { name: 'GeoJSON as deep as the sea', files: [put('deep.geojson', '['.repeat(200_000))], code: /./u },
    { name: 'a picture', files: [put('photo.jpg', PNG)], code: /./u },
    {
      name: 'a folder with nothing in it',
      files: [mkdirSync(path.join(folder, 'nothing'), { recursive: true }) ?? ''],
      code: /./u,
    },
    { name: 'a file that is not there', files: [path.join(folder, 'absent.csv')], code: /not-found/u },
    {
      name: 'coordinates of nowhere',
      files: [put('nowhere.csv', csv.replaceAll(`${CORNER[0]}`, '777'))],
      code: /crs-unknown/u,
    },
    {
      name: 'a CRS that is none',
      files: [put('crs.csv', csv)],
      options: ['--crs', 'EPSG:123456'],
      code: /crs-unknown/u,
    },
    {
      name: 'a sheet that is not there',
      files: [path.join(folder, 'whole.xlsx')],
      options: ['--sheet', '清单'],
      code: /input/u,
    },
    {
      name: 'a mapping that is none',
      files: [put('m.csv', csv)],
      options: ['--mapping', put('m.json', '{"colour": 1}')],
      code: /input/u,
    },
    {
      name: 'a mapping of columns that are none',
      files: [put('n.csv', csv)],
      options: ['--mapping', put('n.json', '{"mapping": [{"field": "X", "to": "colour"}]}')],
      code: /mapping-misfit/u,
    },
    {
      name: 'an encoding that is none',
      files: [put('e.csv', csv)],
      options: ['--encoding', 'klingon'],
      code: /./u,
    },
  ];
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** An OLE compound file with the stream that Office puts a locked workbook in. */
const LOCKED = Buffer.concat([
  Buffer.from('d0cf11e0a1b11ae1', 'hex'),
  Buffer.alloc(504),
  Buffer.from('EncryptionInfo', 'utf16le'),
  Buffer.alloc(100),
  Buffer.from('EncryptedPackage', 'utf16le'),
  Buffer.alloc(1024),
]);

/** One entry that says it is 4 GB of csv, of which the first 64 MB are there. */
function bomb(): Uint8Array {
  const name = Buffer.from('01001.csv');
  const data = deflateRawSync(Buffer.alloc(64 << 20, '1,2\n'), { level: 1 });
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(data.length, 4);
  sizes.writeUInt32LE(0xffff_fff0, 8);
  const common = Buffer.concat([Buffer.from('140000000800000000000000', 'hex').subarray(0, 10), sizes]);
  const lengths = Buffer.alloc(4);
  lengths.writeUInt16LE(name.length, 0);
  const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, lengths, name, data]);
  const rest = Buffer.alloc(14);
  const central = Buffer.concat([Buffer.from('504b01021400', 'hex'), common, lengths, rest, name]);
  const end = Buffer.alloc(22);
  end.write('504b0506', 'hex');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

function nested(depth: number): Uint8Array {
  const inner: Uint8Array = depth === 0 ? Buffer.from('a,b\n1,2\n') : nested(depth - 1);
  return zipSync({ [depth === 0 ? 'a.csv' : `${depth}.zip`]: inner });
}
