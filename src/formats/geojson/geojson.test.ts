import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { allRows, delivered, gdal, groupOf, scratchFolder } from '../../../tests/delivered.ts';
import type { WriteTable } from '../format.ts';
import { geojsonFormat, writeGeojson } from './index.ts';
import { JsonItems } from './items.ts';

const folder = scratchFolder();

const read = async (content: string | Uint8Array) => {
  const [table] = await geojsonFormat.open(groupOf(delivered('a.geojson', content)));
  return { info: table?.info, rows: await allRows(table) };
};
const point = (properties: string, x = 1): string =>
  `{"type":"Feature","properties":${properties},"geometry":{"type":"Point","coordinates":[${x},2]}}`;

describe('reading GeoJSON', () => {
  it('keeps every digit of a number, and lists and objects as JSON', async () => {
    const properties =
      '{"code":11010800100100012345,"n":1.50,"e":1e3,"list":[1,2.0,"a"],"o":{"k":null},"t":true,"b":"","z":null}';
    const { info, rows } = await read(`{"type":"FeatureCollection","features":[${point(properties)}]}`);
    expect(rows[0]?.values).toEqual({
      code: '11010800100100012345',
      n: '1.50',
      e: '1e3',
      list: '[1,2.0,"a"]',
      o: '{"k":null}',
      t: 'true',
      b: null,
      z: null,
    });
    expect(info?.fields.map(({ type }) => type)).toEqual([
      'integer',
      'real',
      'real',
      'text',
      'text',
      'boolean',
      'text',
      'text',
    ]);
    expect(info).toMatchObject({ rows: 1, geometry: 'point', extent: [1, 2, 1, 2], crsStated: null });
  });

  it.each([
    ['a bare array of features', `[${point('{"a":1}')},${point('{"a":2}')}]`],
    ['newline-delimited features', `${point('{"a":1}')}\n${point('{"a":2}')}\n`],
    ['a text sequence', `\u001e${point('{"a":1}')}\n\u001e${point('{"a":2}')}\n`],
    [
      'a collection with members on both sides',
      `\ufeff{ "name":"x", "features" : [ ${point('{"a":1}')} , ${point('{"a":2}')} ] , "type":"FeatureCollection"}`,
    ],
    ['strings full of brackets', `{"features":[${point('{"a":1,"s":"]}[{\\"\\\\"}')},${point('{"a":2}')}]}`],
  ])('reads %s', async (_, text) => {
    expect((await read(text)).rows.map(({ row, values }) => [row, values['a']])).toEqual([
      [1, '1'],
      [2, '2'],
    ]);
  });

  it('reads a single geometry and a single feature', async () => {
    expect((await read('{"type":"LineString","coordinates":[[0,0],[1,1]]}')).rows[0]?.shape).toEqual({
      type: 'MultiLineString',
      coordinates: [
        [
          [0, 0],
          [1, 1],
        ],
      ],
    });
    expect((await read(point('{"features":[1]}'))).rows[0]?.values).toEqual({ features: '[1]' });
  });

  it('takes apart the same pieces however the text is cut', () => {
    const text = `{"crs":{"a":[1]},"features":[${point('{"s":"a\\"]"}')}, ${point('{}')}],"x":[{"y":1}]}`;
    const whole = [...new JsonItems().read([text])];
    expect(whole).toHaveLength(4);
    for (const size of [1, 2, 3, 7, 50]) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
        text.slice(i * size, (i + 1) * size),
      );
      expect([...new JsonItems().read(pieces)]).toEqual(whole);
    }
  });

  it('turns rings as a project holds them, closes them, and keeps heights apart', async () => {
    const { rows } = await read(
      '{"type":"Polygon","coordinates":[[[0,0,5],[0,4,6],[4,4,7],[4,0,8]],[[1,1],[2,1],[2,2],[1,1]]]}',
    );
    expect(rows[0]?.shape).toEqual({
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [0, 0],
            [4, 0],
            [4, 4],
            [0, 4],
            [0, 0],
          ],
          [
            [1, 1],
            [2, 2],
            [2, 1],
            [1, 1],
          ],
        ],
      ],
    });
    expect(rows[0]?.z?.slice(0, 5)).toEqual([5, 8, 7, 6, 5]);
  });

  it('reads the crs member and the id of a feature', async () => {
    const crs = (name: string) =>
      `{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"${name}"}},"features":[{"type":"Feature","id":7,"properties":null,"geometry":null}]}`;
    const { info, rows } = await read(crs('urn:ogc:def:crs:EPSG::4548'));
    expect(info?.crsStated).toBe('EPSG:4548');
    expect(rows[0]).toEqual({ row: 1, values: { id: '7' }, shape: null });
    expect((await read(crs('urn:ogc:def:crs:OGC:1.3:CRS84'))).info?.crsStated).toBe('EPSG:4326');
  });

  it('reads GBK though JSON should be UTF-8', async () => {
    const text = `{"type":"FeatureCollection","features":[${point('{"名称":"中关村街道雨水井盖"}')},${point('{"名称":"学院路路灯"}')}]}`;
    const { info, rows } = await read(iconv.encode(text, 'gbk'));
    expect(info?.encoding.name).toBe('GB18030');
    expect(rows[0]?.values).toEqual({ 名称: '中关村街道雨水井盖' });
  });

  it('gives what is whole of a file cut off, and marks what is no feature', async () => {
    const text = `{"type":"FeatureCollection","features":[${point('{}')},${point('{}')}`;
    const cut = await read(text.slice(0, -5));
    expect(cut.info).toMatchObject({ rows: 1, doubts: [{ code: 'json-truncated' }] });
    const odd = await read(
      `[${point('{}')},{"a":1},{"type":"Feature","geometry":{"type":"Point","coordinates":["x"]}}]`,
    );
    expect(odd.rows.map(({ faults }) => faults?.[0]?.code)).toEqual([
      undefined,
      'not-a-feature',
      'coordinate-not-a-number',
    ]);
  });

  it.each([
    ['json-damaged', 'hello'],
    ['json-damaged', '{"features":['],
    ['not-geojson', '[{"a":1}]'],
    ['json-too-deep', '['.repeat(300)],
  ])('refuses with %s', async (code, text) => {
    await expect(read(text)).rejects.toMatchObject({ code });
  });
});

describe('writing GeoJSON', () => {
  const table = (code: string, geographic: boolean): WriteTable => ({
    name: '路灯',
    geometry: 'point',
    crs: { code, wkt: '', geographic },
    fields: [
      { name: 'code', title: '编码', type: 'text' },
      { name: 'n', title: '数', type: 'integer' },
      { name: 'big', title: '大', type: 'integer' },
    ],
    rows: [
      {
        values: { code: '011010800100100123', n: '12', big: '11010800100100012345' },
        shape: { type: 'Point', coordinates: [116.12345678912, 39.5] },
      },
      { values: { code: null, n: 3, big: null }, shape: null },
    ],
  });

  it('follows RFC 7946 in longitude and latitude', async () => {
    writeGeojson(table('EPSG:4490', true), join(folder, 'a.geojson'));
    const written = JSON.parse(readFileSync(join(folder, 'a.geojson'), 'utf8'));
    expect(written).toMatchObject({
      type: 'FeatureCollection',
      features: [{ properties: { n: 12 } }, { geometry: null }],
    });
    expect(written.crs).toBeUndefined();
    const { rows } = await read(readFileSync(join(folder, 'a.geojson')));
    expect(rows[0]).toMatchObject({
      values: { code: '011010800100100123', n: '12', big: '11010800100100012345' },
      shape: { coordinates: [116.123456789, 39.5] },
    });
  });

  it('names any other CRS as GDAL understands it', () => {
    writeGeojson(table('EPSG:4548', false), join(folder, 'b.geojson'));
    const seen = gdal('ogrinfo', '-al', join(folder, 'b.geojson'));
    expect(seen).toContain('CM 117E');
    expect(seen).toContain('POINT (116.1235 39.5)');
  });
});
