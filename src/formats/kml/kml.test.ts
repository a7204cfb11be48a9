import { zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { allRows, delivered } from '../../../tests/delivered.ts';
import { openDelivery } from '../delivery.ts';
import type { SourceRow, TableInfo } from '../format.ts';
import { mendAmpersands } from './mend.ts';

interface Read {
  infos: TableInfo[];
  rows: SourceRow[][];
  doubts: string[];
}

async function open(content: string | Uint8Array, name = '部件.kml'): Promise<Read> {
  const { tables, doubts } = await openDelivery([delivered(name, content)]);
  const rows: SourceRow[][] = [];
  for (const table of tables) rows.push(await allRows(table));
  const codes = [...doubts, ...tables.flatMap(({ info }) => info.doubts)].map(({ code }) => code);
  return { infos: tables.map(({ info }) => info), rows, doubts: codes };
}

const kml = (inner: string, head = '<?xml version="1.0" encoding="UTF-8"?>'): string =>
  `${head}\n<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">${inner}</kml>`;
const at = (place: string, inner = ''): string =>
  `<Placemark>${inner}<Point><coordinates>${place}</coordinates></Point></Placemark>`;
const shapeOf = async (geometry: string): Promise<SourceRow | undefined> =>
  (await open(kml(`<Document><Placemark>${geometry}</Placemark></Document>`))).rows[0]?.[0];

describe('KML: tables', () => {
  it('makes a table of every folder and document that holds placemarks itself', async () => {
    const { infos, rows, doubts } = await open(
      kml(
        `<Document><name>全区</name>${at('116.3,39.9')}<Folder><name>0103 雨水井盖</name>${at('116.31,39.91')}${at('116.32,39.92')}` +
          `<Folder><name>内层</name>${at('116.33,39.93')}</Folder></Folder><Folder><name>空</name></Folder></Document>`,
      ),
    );
    expect(infos.map(({ name, rows: count, file }) => [name, count, file])).toEqual([
      ['全区', 1, '部件.kml'],
      ['0103 雨水井盖', 2, '部件.kml'],
      ['内层', 1, '部件.kml'],
    ]);
    expect(infos.every(({ crsStated, format }) => crsStated === 'EPSG:4326' && format === 'kml')).toBe(true);
    expect(rows[1]?.map(({ row, shape }) => [row, shape])).toEqual([
      [1, { type: 'Point', coordinates: [116.31, 39.91] }],
      [2, { type: 'Point', coordinates: [116.32, 39.92] }],
    ]);
    expect(infos[1]?.extent).toEqual([116.31, 39.91, 116.32, 39.92]);
    expect(doubts).toEqual([]);
  });

  it('names what has no name after the file, and tells equal names apart', async () => {
    const { infos } = await open(
      kml(
        `<Folder>${at('1,2')}</Folder><Folder><name>a</name>${at('1,2')}</Folder><Folder><name>a</name>${at('1,2')}</Folder>`,
      ),
    );
    expect(infos.map(({ name }) => name)).toEqual(['部件', 'a', 'a_2']);
    expect((await open(kml(at('1,2')))).infos.map(({ name }) => name)).toEqual(['部件']);
  });

  it('gives one empty table where there is no placemark', async () => {
    const { infos, doubts } = await open(kml('<Document><name>Test</name></Document>'));
    expect(infos).toMatchObject([{ name: 'Test', rows: 0, geometry: 'none' }]);
    expect(doubts).toEqual(['empty-table']);
  });

  it('counts placemarks without anything in them', async () => {
    const { rows } = await open(kml('<Folder><name>Main</name><Folder/><Placemark/></Folder>'));
    expect(rows.map((each) => each.map(({ shape }) => shape))).toEqual([[null]]);
  });

  it('reads placemarks around a folder within, each from its own part of the text', async () => {
    const inner = `<Folder><name>内层</name>${at('3,3')}<Folder>${at('9,9')}</Folder>${at('4,4')}</Folder>`;
    const { infos, rows } = await open(kml(`<Document><name>外层</name>${at('1,1')}\n${inner}${at('2,2')}</Document>`));
    expect(infos.map(({ name }) => name)).toEqual(['外层', '内层', '部件']);
    const xs = rows.map((each) => each.map(({ shape }) => (shape?.type === 'Point' ? shape.coordinates[0] : null)));
    expect(xs).toEqual([[1, 2], [3, 4], [9]]);
  });

  it('puts the many folders of a damaged file into one table with a field for the folder', async () => {
    const folders = Array.from({ length: 100 }, (_, i) => `<Folder><name>f${i}</name>${at('1,2')}</Folder>`);
    const padding = `<!--${'x'.repeat(1_500_000)}-->`;
    const { infos, rows, doubts } = await open(
      kml(`<Document><name>a & b</name>${padding}${folders.join('')}</Document>`),
    );
    expect(infos.length).toBeLessThan(50);
    expect(infos.reduce((sum, info) => sum + info.rows, 0)).toBe(100);
    expect(rows.at(-1)?.at(-1)?.values['Folder']).toBe('a & b/f99');
    expect(doubts.toSorted()).toEqual(['folders-together', 'kml-damaged']);
  });
});

describe('KML: values', () => {
  it('reads its own, those of schemas, of Data, and of other namespaces', async () => {
    const { infos, rows } = await open(
      kml(
        `<Document><Schema id="s" name="s"><SimpleField name="编码" type="string"/><SimpleField name="深度" type="double"/></Schema>` +
          `<Folder><name>t</name><Placemark id="p1"><name>井 &amp; 盖</name><visibility>0</visibility><TimeStamp><when>2026-07-01</when></TimeStamp>` +
          `<ExtendedData><SchemaData schemaUrl="#s"><SimpleData name="编码">1101080103000123</SimpleData><SimpleData name="深度">1.50</SimpleData></SchemaData>` +
          `<Data name="权属"><displayName>权属单位</displayName><value>海淀区水务局</value></Data><x:more xmlns:x="y">z</x:more></ExtendedData></Placemark>` +
          `<Placemark><ExtendedData><Data name="权属"><value> </value></Data><Data name="name"><value>n</value></Data></ExtendedData></Placemark></Folder></Document>`,
      ),
    );
    expect(infos[0]?.fields.map(({ name }) => name)).toEqual(
      'Name description timestamp begin end altitudeMode tessellate extrude visibility drawOrder icon id 编码 深度 权属 more name'.split(
        ' ',
      ),
    );
    expect(infos[0]?.fields.find(({ name }) => name === '深度')?.type).toBe('real');
    expect(rows[0]?.[0]?.values).toMatchObject({
      Name: '井 & 盖',
      timestamp: '2026-07-01',
      visibility: '0',
      id: 'p1',
      编码: '1101080103000123',
      深度: '1.50',
      权属: '海淀区水务局',
      more: 'z',
    });
    expect(rows[0]?.[1]?.values).toMatchObject({ Name: null, 权属: null, name: 'n' });
  });

  it('keeps markup within a description', async () => {
    const { rows } = await open(
      kml(
        '<Placemark><description>A<br/><i a="b">B</i></description><Point><coordinates>2,49,0</coordinates></Point></Placemark>',
      ),
    );
    expect(rows[0]?.[0]?.values['description']).toBe('A<br/><i a="b">B</i>');
    expect(rows[0]?.[0]?.shape).toEqual({ type: 'Point', coordinates: [2, 49] });
  });

  it('takes the table of two columns that ArcGIS writes into descriptions for what it is', async () => {
    const table =
      '<html><body><table border="0"><tr><td>井盖</td></tr><tr><td><table>' +
      '<tr><td>OBJECTID</td><td>7</td></tr><tr bgcolor="#D4E4F3"><td>部件标识码</td> <td>1101080103000123</td></tr>' +
      '<tr><td>备注</td><td>&lt;Null&gt;</td></tr></table></td></tr></table></body></html>';
    const { infos, rows, doubts } = await open(kml(at('1,2', `<description><![CDATA[${table}]]></description>`)));
    expect(rows[0]?.[0]?.values).toMatchObject({ OBJECTID: '7', 部件标识码: '1101080103000123', description: table });
    expect(infos[0]?.fields.some(({ name }) => name === '备注')).toBe(false);
    expect(doubts).toEqual(['fields-from-description']);
    const prose = await open(
      kml(at('1,2', '<description><![CDATA[<table><tr><td>a</td><td>b</td><td>c</td></tr></table>]]></description>')),
    );
    expect(prose.doubts).toEqual([]);
  });

  it('reads the schemas of KML 2.0, whose placemarks bear the schema’s name', async () => {
    const { rows } = await open(
      kml(
        `<Document><Schema parent="Placemark" name="WELL"><SimpleField name="CODE" type="wstring"/></Schema><WELL><name>a</name><CODE>0103</CODE><Point><coordinates>1,2</coordinates></Point></WELL></Document>`,
      ),
    );
    expect(rows[0]).toMatchObject([{ values: { Name: 'a', CODE: '0103' }, shape: { coordinates: [1, 2] } }]);
  });
});

describe('KML: shapes', () => {
  const ring = (text: string): string => `<LinearRing><coordinates>${text}</coordinates></LinearRing>`;

  it('closes and turns rings and keeps every height with its position', async () => {
    const row = await shapeOf(
      `<Polygon><outerBoundaryIs>${ring('0,0,1 0,4,2 4,4,3 4,0,4')}</outerBoundaryIs><innerBoundaryIs>${ring('1,1,5 2,1,6 2,2,7 1,1,5')}</innerBoundaryIs></Polygon>`,
    );
    expect(row?.shape).toEqual({
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
    expect(row?.z).toEqual([1, 4, 3, 2, 1, 5, 7, 6, 5]);
  });

  it.each([
    ['a line', '<LineString><coordinates>1,2 3,4</coordinates></LineString>', 'MultiLineString'],
    ['a ring alone', ring('1,2 3,4 5,6 1,2'), 'MultiLineString'],
    [
      'spaces after the commas',
      '<LineString><coordinates>1, 2, 0 3, 4, 0</coordinates></LineString>',
      'MultiLineString',
    ],
    [
      'points together',
      '<MultiGeometry><Point><coordinates>1,2</coordinates></Point><Point><coordinates>3,4</coordinates></Point></MultiGeometry>',
      'MultiPoint',
    ],
    [
      'areas together',
      `<MultiGeometry><Polygon><outerBoundaryIs>${ring('0,0 1,0 1,1 0,0')}</outerBoundaryIs></Polygon><MultiGeometry><Polygon><outerBoundaryIs>${ring('5,5 6,5 6,6 5,5')}</outerBoundaryIs></Polygon></MultiGeometry></MultiGeometry>`,
      'MultiPolygon',
    ],
    [
      'multi forms KML does not know',
      '<MultiPoint><Point><coordinates>0,0</coordinates></Point></MultiPoint>',
      'Point',
    ],
    [
      'a track',
      '<gx:Track><when>2026</when><gx:coord>1 2 3</gx:coord><gx:coord></gx:coord><gx:coord>4 5 6</gx:coord></gx:Track>',
      'MultiLineString',
    ],
    ['a model', '<Model><Location><longitude>1</longitude><latitude>2</latitude></Location></Model>', 'Point'],
  ])('%s', async (_, geometry, type) => {
    const row = await shapeOf(geometry);
    expect(row?.shape?.type).toBe(type);
    expect(row?.faults).toBeUndefined();
    expect(JSON.stringify(row?.shape)).not.toContain('null');
  });

  it.each([
    ['nothing', '<LineString><coordinates>\n\t</coordinates></LineString>'],
    ['an empty collection', '<MultiGeometry/>'],
  ])('%s is no shape and no fault', async (_, geometry) => {
    expect(await shapeOf(geometry)).toMatchObject({ shape: null });
    expect((await shapeOf(geometry))?.faults).toBeUndefined();
  });

  it.each([
    ['NaN', '<Point><coordinates>NaN,39.9</coordinates></Point>', 'coordinate-not-a-number'],
    ['infinity', '<Point><coordinates>1e999,39.9</coordinates></Point>', 'coordinate-not-a-number'],
    ['one number', '<Point><coordinates>116.3</coordinates></Point>', 'coordinate-not-a-number'],
    ['words', '<LineString><coordinates>1,2 a,b</coordinates></LineString>', 'coordinate-not-a-number'],
    ['too many numbers', '<LineString><coordinates>1,2,3,4 5,6</coordinates></LineString>', 'coordinate-not-a-number'],
    [
      'point and line together',
      '<MultiGeometry><Point><coordinates>1,2</coordinates></Point><LineString><coordinates>1,2 3,4</coordinates></LineString></MultiGeometry>',
      'shape-mixed',
    ],
    [
      'a hole without an outside',
      `<Polygon><outerBoundaryIs>${ring('')}</outerBoundaryIs><innerBoundaryIs>${ring('1,1 2,1 2,2 1,1')}</innerBoundaryIs></Polygon>`,
      'shape-damaged',
    ],
  ])('%s is a fault of the row, which still comes', async (_, geometry, code) => {
    const row = await shapeOf(`<name>a</name>${geometry}`);
    expect(row).toMatchObject({ values: { Name: 'a' }, shape: null, faults: [{ field: null, code }] });
  });

  it('reads where an image lies on the ground', async () => {
    const { rows } = await open(
      kml(
        '<GroundOverlay><name>o</name><LatLonBox><north>2</north><south>1</south><east>4</east><west>3</west></LatLonBox></GroundOverlay>',
      ),
    );
    expect(rows[0]?.[0]?.shape).toMatchObject({ type: 'MultiPolygon' });
  });
});

describe('KML: encodings', () => {
  const text = kml(
    `<Document><name>井盖</name>${at('1,2', '<name>中关村街道雨水井盖</name>')}${at('1,2', '<name>学院路路灯检查井</name>')}</Document>`,
  );
  const declaring = (label: string): string => text.replace('UTF-8', label);

  it.each([
    ['GBK that says so', iconv.encode(declaring('GBK'), 'gbk'), 'GBK'],
    ['GB2312 that says so', iconv.encode(declaring('gb2312'), 'gbk'), 'GBK'],
    ['GBK that says UTF-8', iconv.encode(text, 'gbk'), 'GB18030'],
    ['GBK that says nothing', iconv.encode(text.replace(/<\?xml.*\?>/, ''), 'gbk'), 'GB18030'],
    ['UTF-8 that says GBK', Buffer.from(declaring('GBK')), 'UTF-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'UTF-8'],
    ['UTF-16 with a mark', iconv.encode(`\ufeff${declaring('UTF-16')}`, 'utf-16le'), 'UTF-16LE'],
  ])('%s', async (_, bytes, name) => {
    const { infos, rows } = await open(bytes);
    expect(infos[0]?.encoding.name).toBe(name);
    expect(infos[0]?.encoding.confidence).toBeGreaterThanOrEqual(0.8);
    expect(infos[0]?.name).toBe('井盖');
    expect(rows[0]?.map(({ values }) => values['Name'])).toEqual(['中关村街道雨水井盖', '学院路路灯检查井']);
  });
});

describe('KML: what is wrong', () => {
  it.each([
    [
      'a document type',
      `<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${kml('&b;', '')}`,
      'xml-doctype',
    ],
    ['too deep', kml('<Folder>'.repeat(400)), 'xml-too-deep'],
    ['something else', '<gpx><wpt lat="1" lon="2"/></gpx>', 'not-kml'],
    ['no XML', 'id,name\n1,a\n', 'not-kml'],
    ['too many folders', kml(`<Document>${'<Folder/>'.repeat(10_001)}</Document>`), 'too-many-folders'],
    ['one endless value', kml(at('1,2', `<name>${'x'.repeat(17 * 1024 * 1024)}</name>`)), 'feature-too-large'],
    [
      'endless attributes',
      kml(`<Placemark ${Array.from({ length: 20_000 }, (_, i) => `a${i}=""`).join(' ')}/>`),
      'feature-too-large',
    ],
  ])('%s is refused in a sentence', async (_, content, code) => {
    const { tables, doubts } = await openDelivery([delivered('a.kml', content)]);
    expect(tables).toEqual([]);
    expect(doubts).toMatchObject([{ code, data: { file: 'a.kml' } }]);
  });

  it('gives the whole placemarks of a file that was cut off', async () => {
    const whole = kml(`<Document><name>d</name>${at('1,2')}${at('3,4')}</Document>`);
    const { rows, doubts } = await open(whole.slice(0, whole.lastIndexOf('<Point>')));
    expect(rows[0]).toHaveLength(1);
    expect(doubts).toEqual(['kml-truncated']);
  });

  it.each([
    ['a bare ampersand', kml(`${at('1,2', '<name>A & B</name>')}${at('3,4')}`), 2],
    ['an entity of HTML', kml(`${at('1,2', '<name>A&nbsp;B</name>')}${at('3,4')}`), 2],
    ['junk after the end', `${kml(at('1,2'))}<kml>`, 1],
    ['an element closed twice', kml(`<Folder>${at('1,2')}</Folder></Folder>${at('3,4')}`), 2],
  ])('%s is told, and the rest read', async (_, content, count) => {
    const { rows, doubts } = await open(content);
    expect(rows.flat()).toHaveLength(count);
    expect(doubts.filter((code) => /^kml-(damaged|truncated)$/.test(code))).toHaveLength(1);
  });

  it('follows no links, and says so', async () => {
    const { doubts } = await open(
      kml(
        `<Document><NetworkLink><Link><href>http://example.invalid/a.kml</href></Link></NetworkLink>${at('1,2')}</Document>`,
      ),
    );
    expect(doubts).toEqual(['kml-links']);
  });
});

describe('bare ampersands', () => {
  it('are written out wherever the text is cut, and left alone in CDATA and comments', () => {
    const text = 'a & b &amp; c &#20; <![CDATA[ x & y ]]> &d <!-- & --> &e; &';
    for (let size = 1; size < text.length + 1; size++) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
        text.slice(i * size, (i + 1) * size),
      );
      let found = 0;
      const mended = [...mendAmpersands(pieces, () => found++)].join('');
      expect(mended).toBe('a &amp; b &amp; c &#20; <![CDATA[ x & y ]]> &amp;d <!-- & --> &e; &amp;');
      expect(found).toBe(3);
    }
  });
});

describe('KMZ', () => {
  const inner = Buffer.from(kml(`<Document><name>d</name>${at('1,2')}</Document>`));

  it('reads the kml within, doc.kml first', async () => {
    const more = Buffer.from(kml(at('3,4')));
    const { infos } = await open(
      zipSync({ 'files/01.kml': more, 'doc.kml': inner, 'files/a.png': new Uint8Array(5) }),
      'a.kmz',
    );
    expect(infos.map(({ name, file }) => [name, file])).toEqual([
      ['d', 'a.kmz'],
      ['files/01', 'a.kmz'],
    ]);
  });

  it('reads a kmz that is called kml, and a kml that is called kmz', async () => {
    expect((await open(zipSync({ 'doc.kml': inner }), 'a.kml')).infos).toHaveLength(1);
    expect((await open(inner, 'a.kmz')).infos).toHaveLength(1);
  });

  it('refuses an archive without one', async () => {
    const { doubts } = await openDelivery([delivered('a.kmz', zipSync({ 'a.png': new Uint8Array(5) }))]);
    expect(doubts).toMatchObject([{ code: 'not-kml', data: { file: 'a.kmz' } }]);
  });
});
