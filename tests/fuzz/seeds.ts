import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { writeCsv } from '../../src/formats/csv/index.ts';
import type { WriteTable } from '../../src/formats/format.ts';
import { writeGeojson } from '../../src/formats/geojson/index.ts';
import { writeShapefile } from '../../src/formats/shapefile/index.ts';
import { writeWorkbook } from '../../src/formats/workbook/index.ts';
import { createProject } from '../../src/project/create.ts';
import { newProject } from '../../src/project/testing.ts';
import { deliveredFolder } from '../delivered.ts';
import { rawDbf } from '../raw-dbf.ts';
import { bookStream, cell, compound, record, wide, xlsBook } from '../xls-book.ts';

/** A healthy delivery of a few rows that mutations start from. */
export interface FuzzSeed {
  kind: string;
  files: Record<string, Uint8Array>;
}

const ROWS = 12;
const POINTS: WriteTable = {
  name: 'point',
  geometry: 'point',
  crs: { code: 'EPSG:4548', wkt: 'PROJCS["CGCS2000_3_Degree_GK_CM_117E"]', geographic: false },
  fields: [
    { name: 'CODE', title: '标识码', type: 'text' },
    { name: 'NAME', title: '名称', type: 'text' },
    { name: 'DEPTH', title: '深度', type: 'real' },
    { name: 'DAY', title: '日期', type: 'date' },
  ],
  rows: Array.from({ length: ROWS }, (_, i) => ({
    values: { CODE: `11010801030000${i}`, NAME: `中关村街道雨水井盖${i}`, DEPTH: i / 4, DAY: '2026-07-01' },
    shape: { type: 'Point' as const, coordinates: [430_000 + i, 4_430_000 - i] as [number, number] },
  })),
};
const square = (i: number): [number, number][] => [
  [i, 0],
  [i + 1, 0],
  [i + 1, 1],
  [i, 1],
  [i, 0],
];
const AREAS: WriteTable = {
  ...POINTS,
  name: 'area',
  geometry: 'polygon',
  rows: Array.from({ length: ROWS }, (_, i) => ({
    values: { CODE: `G${i}`, NAME: `网格${i}`, DEPTH: null, DAY: null },
    shape: { type: 'MultiPolygon' as const, coordinates: [[square(i * 2)], [square(i * 2 + 100)]] },
  })),
};

const KML = `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>部件</name><Schema id="s"><SimpleField name="编码" type="string"/></Schema>
<Folder><name>0103</name>${Array.from({ length: 6 }, (_, i) => `<Placemark id="p${i}"><name>井盖 &amp; ${i}</name><description><![CDATA[<table><tr><td>a</td><td>${i}</td></tr><tr><td>b</td><td>c</td></tr></table>]]></description><ExtendedData><SchemaData schemaUrl="#s"><SimpleData name="编码">11010801030000${i}</SimpleData></SchemaData></ExtendedData><Point><coordinates>116.3${i},39.9,4</coordinates></Point></Placemark>`).join('\n')}</Folder>
<Folder><name>网格</name><Placemark><MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 1,0 1,1 0,0</coordinates></LinearRing></outerBoundaryIs></Polygon></MultiGeometry></Placemark></Folder></Document></kml>`;

const PAGE = `<html><head><meta charset="utf-8"></head><body><table><tr><th colspan=2>登记表</th></tr><tr><td>编码<td>名称</tr>${Array.from({ length: 6 }, (_, i) => `<tr><td rowspan=1>010${i}</td><td x:num="${i}">雨水&nbsp;${i}</td></tr>`).join('')}</table></body></html>`;
const XML_BOOK = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns:ss="a"><Worksheet ss:Name="甲"><Table>${Array.from({ length: 6 }, (_, i) => `<Row ss:Index="${i + 1}"><Cell ss:MergeAcross="1"><Data ss:Type="String">名${i}</Data></Cell><Cell><Data ss:Type="Number">${i}.5</Data></Cell></Row>`).join('')}</Table></Worksheet></Workbook>`;

function xlsCells(text: (row: number, column: number, words: string) => Uint8Array): Uint8Array[] {
  const rows = Array.from({ length: 8 }, (_, i) => [text(i + 2, 0, `雨水井盖${i}`), cell.number(i + 2, 1, i / 3)]);
  return [
    text(0, 0, '登记表'),
    text(1, 0, '名称'),
    text(1, 1, '深度'),
    ...rows.flat(),
    cell.mulRk(10, 0, [1, 2]),
    cell.formula(11, 0, 5),
    cell.merged([0, 0, 0, 1]),
  ];
}

function workbooks(): FuzzSeed[] {
  const shared = Array.from({ length: 8 }, (_, i) => wide(`街道${i}`));
  const sst = record(0x00fc, Buffer.from([8, 0, 0, 0, 8, 0, 0, 0]), ...shared);
  const style = record(0x00e0, Buffer.from([0, 0, 14, 0]), Buffer.alloc(16));
  const gbk = (text: string): Buffer => iconv.encode(text, 'gbk');
  const bytes = xlsCells((row, column, words) => cell.bytes(row, column, gbk(words)));
  const old = bookStream([{ name: '表', records: bytes }], { version: 0x0500, encode: gbk });
  const cells = [...xlsCells(cell.wide), ...shared.map((_, i) => cell.shared(12 + i, 0, i))];
  return [
    { kind: 'xls', files: { 'a.xls': xlsBook([{ name: '表', records: cells }], [style, sst]) } },
    { kind: 'xls5', files: { 'a.xls': compound({ Book: old }) } },
    { kind: 'xls-stream', files: { 'a.xls': old } },
    { kind: 'html', files: { 'a.xls': strToU8(PAGE) } },
    { kind: 'xml-book', files: { 'a.xls': strToU8(XML_BOOK) } },
  ];
}

function memoTable(): FuzzSeed {
  const dbf = rawDbf(
    [
      { name: '名称', type: 'C', width: 20 },
      { name: 'MEMO', type: 'M', width: 10 },
      { name: 'N', type: 'N', width: 19, decimals: 3 },
      { name: 'D', type: 'D', width: 8 },
      { name: 'L', type: 'L', width: 1 },
    ],
    Array.from({ length: ROWS }, (_, i) => [`井盖${i}`, '         1', '1101080103000123.5', '20260701', 'T']),
    { ldid: 0x4d, deleted: [3] },
  );
  dbf[0] = 0x83;
  const memo = Buffer.alloc(1536, 0);
  memo.writeUInt32LE(3, 0);
  memo.write('a memo\x1a\x1a', 512);
  return { kind: 'dbf-memo', files: { 'm.dbf': dbf, 'm.dbt': memo } };
}

function geopackage(folder: string): FuzzSeed {
  const path = join(folder, 'p.gpkg');
  createProject(path, newProject());
  const found = deliveredFolder(folder, 'p.gpkg').find(({ name }) => name === 'p.gpkg');
  return { kind: 'gpkg', files: { 'p.gpkg': found?.bytes.slice(0, found.bytes.size) ?? new Uint8Array(0) } };
}

/** One delivery of every format there is a reader for. */
export async function fuzzSeeds(): Promise<FuzzSeed[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gewu-fuzz-'));
  try {
    writeShapefile(POINTS, join(folder, 's.shp'), { encoding: 'gbk' });
    writeShapefile(AREAS, join(folder, 'q.shp'), { encoding: 'utf-8' });
    writeCsv(POINTS, join(folder, 'c.csv'), { encoding: 'gbk' });
    writeGeojson(AREAS, join(folder, 'g.geojson'));
    await writeWorkbook(POINTS, join(folder, 'w.xlsx'));
    const all = deliveredFolder(folder).map(({ name, bytes }) => ({ name, bytes: bytes.slice(0, bytes.size) }));
    const of = (prefix: string): Record<string, Uint8Array> =>
      Object.fromEntries(all.filter(({ name }) => name.startsWith(prefix)).map(({ name, bytes }) => [name, bytes]));
    const lines = `"a","b\nc",d\n${Array.from({ length: 9 }, (_, i) => `${i},"x ""y""",学院路${i}\n`).join('')}`;
    return [
      { kind: 'shp-point', files: of('s.') },
      { kind: 'shp-polygon', files: of('q.') },
      memoTable(),
      { kind: 'xlsx', files: of('w.') },
      ...workbooks(),
      { kind: 'csv', files: of('c.') },
      { kind: 'csv-quotes', files: { 'a.csv': strToU8(lines), 'b.txt': iconv.encode(`\ufeff${lines}`, 'utf-16le') } },
      { kind: 'geojson', files: of('g.') },
      {
        kind: 'ndjson',
        files: {
          'a.ndjson': strToU8(
            Array.from(
              { length: 9 },
              (_, i) =>
                `{"type":"Feature","properties":{"a":${i}.50},"geometry":{"type":"Point","coordinates":[${i},1]}}`,
            ).join('\n'),
          ),
        },
      },
      { kind: 'kml', files: { 'a.kml': strToU8(KML) } },
      { kind: 'kmz', files: { 'a.kmz': zipSync({ 'doc.kml': strToU8(KML) }) } },
      { kind: 'zip', files: { 'z.zip': zipSync({ ...of('s.'), ...of('c.') }) } },
      { kind: 'zip-in-zip', files: { 'z.zip': zipSync({ 'inner.zip': zipSync(of('q.')), ...of('g.') }) } },
      geopackage(folder),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
