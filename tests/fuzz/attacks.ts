import { strToU8, zipSync } from 'fflate';
import { cell, record, xlsBook } from '../xls-book.ts';

/** Small files that unfold into something huge, or make a careless reader go round in circles. */
type Random = () => number;
type Files = Record<string, Uint8Array>;

const many = (random: Random, from: number, to: number): number => Math.floor(from + random() * (to - from));
const text = (content: string): Uint8Array => strToU8(content);
const point = '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}';

/** A workbook from the XML of its one sheet. */
function sheet(xml: string, parts: Files = {}): Uint8Array {
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return zipSync(
    {
      '_rels/.rels': text(
        `<Relationships><Relationship Id="r1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ),
      'xl/workbook.xml': text('<workbook xmlns:r="b"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'),
      'xl/_rels/workbook.xml.rels': text(
        `<Relationships><Relationship Id="r1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${relation}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
      ),
      'xl/worksheets/sheet1.xml': text(`<worksheet>${xml}</worksheet>`),
      ...parts,
    },
    { level: 6 },
  );
}

const bomb = (size: number): Uint8Array => zipSync({ 'a.csv': new Uint8Array(size) }, { level: 9 });
const entities = (root: string, inner: string): string =>
  `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">${'bcdefghij'
    .split('')
    .map((name, i) => `<!ENTITY ${name} "${`&${'abcdefghij'[i]};`.repeat(10)}">`)
    .join('')}]><${root}>${inner}</${root}>`;

const MAKERS: Record<string, (random: Random) => Files> = {
  'deflate bomb': (random) => ({ 'a.zip': bomb(many(random, 1, 48) * 1024 * 1024) }),
  'bomb in a bomb': (random) => ({ 'a.zip': zipSync({ 'b.zip': bomb(many(random, 1, 48) * 1024 * 1024) }) }),
  'zips within zips': (random) => {
    let zip = zipSync({ 'a.csv': text('a,b\n1,2\n') });
    for (let i = many(random, 2, 30); i > 0; i--) zip = zipSync({ [`${i}.zip`]: zip, 'b.csv': text('x,y\n1,2\n') });
    return { 'a.zip': zip };
  },
  'entries that overlap': (random) => {
    const zip = Buffer.from(zipSync({ 'a.csv': text('a,b\n1,2\n'), 'b.csv': text('c,d\n3,4\n'), 'c.csv': text('e') }));
    const end = zip.length - 22;
    zip.writeUInt32LE(0, zip.readUInt32LE(end + 16) + 46 + 5 + 42);
    if (random() < 0.5) zip.writeUInt32LE(many(random, 0, end), end + 16);
    return { 'a.zip': zip };
  },
  'a zip that lists itself': (random) => {
    const zip = Buffer.from(zipSync({ 'a.zip': Buffer.alloc(400) }, { level: 0 }));
    const central = zip.readUInt32LE(zip.length - 6);
    zip.writeUInt32LE(zip.length, central + 20);
    zip.writeUInt32LE(zip.length, central + 24);
    zip.writeUInt32LE(many(random, 0, 3), central + 42);
    return { 'z.zip': zip };
  },
  'entities that multiply': (random) => {
    const kind = many(random, 0, 3);
    if (kind === 0) return { 'a.kml': text(entities('kml', '<Placemark><name>&j;</name></Placemark>')) };
    if (kind === 1) return { 'a.xls': text(entities('Workbook', '<Worksheet>&j;</Worksheet>')) };
    return {
      'a.xlsx': sheet('<sheetData/>', { 'xl/sharedStrings.xml': text(entities('sst', '<si><t>&j;</t></si>')) }),
    };
  },
  'a cell far away': (random) => ({
    'a.xlsx': sheet(
      `<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>${`<row><c r="XFD"><v>1</v></c></row>`.repeat(many(random, 1, 3000))}</sheetData>`,
    ),
    'b.xls': xlsBook([{ name: 'a', records: [cell.number(0, 0, 1), cell.number(65535, 255, 1)] }]),
  }),
  'merged cells without end': (random) => ({
    'a.xlsx': sheet(
      `<sheetData><row><c t="str"><v>a</v></c></row><row><c><v>1</v></c></row></sheetData><mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(many(random, 1, 8000))}</mergeCells>`,
    ),
    'b.xls': text(
      `<table><tr><td colspan=99999999 rowspan=99999999>a</td></tr>${'<tr><td rowspan=60000 colspan=16000>b</tr>'.repeat(many(random, 1, 60))}</table>`,
    ),
  }),
  'a style for everything': (random) => ({
    'a.xlsx': sheet(
      `<sheetData>${'<row/>'.repeat(many(random, 1, 60_000))}<row><c s="99999999999" t="s"><v>-1</v></c></row></sheetData>`,
    ),
  }),
  'nested brackets': (random) => {
    const depth = many(random, 50, 200_000);
    const value = '['.repeat(depth) + ']'.repeat(depth);
    return {
      'a.geojson': text(
        `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":${value}},"geometry":null}]}`,
      ),
      'b.geojson': text(`[${point},{"type":"Point","coordinates":${value}}]`),
    };
  },
  'nested elements': (random) => {
    const depth = many(random, 50, 100_000);
    return {
      'a.kml': text(`<kml>${'<Folder>'.repeat(depth)}<Placemark/>${'</Folder>'.repeat(depth)}</kml>`),
      'b.xls': text(`${'<table><tr><td>'.repeat(depth)}a`),
    };
  },
  'a property for every feature': (random) => {
    const count = many(random, 100, 6000);
    const features = Array.from(
      { length: count },
      (_, i) => `{"type":"Feature","properties":{"p${i}":1},"geometry":null}`,
    );
    const data = Array.from(
      { length: count },
      (_, i) => `<Placemark><ExtendedData><Data name="p${i}"><value>1</value></Data></ExtendedData></Placemark>`,
    );
    return {
      'a.geojson': text(`{"features":[${features.join(',')}]}`),
      'b.kml': text(`<kml><Document>${data.join('')}</Document></kml>`),
    };
  },
  'folders without number': (random) => ({
    'a.kml': text(`<kml><Document>${'<Folder><Placemark/></Folder>'.repeat(many(random, 100, 3000))}</Document></kml>`),
  }),
  'columns without number': (random) => {
    const count = many(random, 1000, 40_000);
    return { 'a.csv': text(`${'a,'.repeat(count)}\n${`${'1,'.repeat(count)}\n`.repeat(many(random, 1, 12))}`) };
  },
  'white space without end': (random) => {
    const blank = (random() < 0.5 ? ' ' : '\t').repeat(many(random, 10_000, 200_000));
    return {
      'a.csv': text(`a${blank}b,c\n1,2\n`),
      'b.geojson': text(`{"a":"${blank}"${blank},${blank}"features"${blank}:${blank}[${point}${blank}]${blank}}`),
      'c.kml': text(
        `<kml>${blank}<Placemark${blank}><Point><coordinates>${blank}1${blank},${blank}2${blank}</coordinates></Point><name>${blank}</name></Placemark></kml>`,
      ),
      'd.xls': text(`<table${blank}><tr><td${blank}colspan${blank}=${blank}2>${blank}a${blank}b</td></tr></table>`),
      'e.xlsx': sheet(
        `<sheetData><row><c t="str"><v>a${blank}&#10;${blank}b</v></c></row><row><c><v>1</v></c></row></sheetData>`,
      ),
    };
  },
  'quotes that never close': (random) => {
    const line = `a,"${'x'.repeat(many(random, 1, 200))}\n`;
    return {
      'a.csv': text(line.repeat(many(random, 10, 4000))),
      'b.csv': text(`"${'"'.repeat(many(random, 1, 100_000))}`),
    };
  },
  'markup that never closes': (random) => {
    const count = many(random, 100, 60_000);
    return {
      'a.xls': text(`<table><tr><td>${'<'.repeat(count)}`),
      'b.xls': text(`<html><table>${'<!--'.repeat(count)}`),
      'c.kml': text(
        `<kml><Placemark><description>${'&amp'.repeat(count)}<![CDATA[${'<tr><td>'.repeat(count)}]]></description></Placemark></kml>`,
      ),
      'd.kml': text(`<kml><Placemark ${'a="'.repeat(count)}`),
    };
  },
  'coordinates that are none': (random) => {
    const count = many(random, 10, 40_000);
    return {
      'a.geojson': text(
        `[{"type":"LineString","coordinates":[${'[1e999,1],'.repeat(count)}[1,2]]},{"type":"Point","coordinates":[NaN,1]}]`,
      ),
      'b.kml': text(
        `<kml><Placemark><LineString><coordinates>${'NaN,Infinity,'.repeat(count)}</coordinates></LineString></Placemark></kml>`,
      ),
      'c.kml': text(
        `<kml><Placemark><LineString><coordinates>${'1,'.repeat(count)}</coordinates></LineString></Placemark></kml>`,
      ),
    };
  },
  'shapes that claim all points there are': (random) => {
    const shp = Buffer.alloc(100 + many(random, 1, 40) * 60);
    shp.writeInt32BE(9994, 0);
    shp.writeInt32BE(shp.length / 2, 24);
    shp.writeInt32LE(1000, 28);
    shp.writeInt32LE(5, 32);
    for (let at = 100; at + 60 <= shp.length; at += 60) {
      shp.writeInt32BE((at - 40) / 60, at);
      shp.writeInt32BE(random() < 0.5 ? 26 : 0x7fffffff, at + 4);
      shp.writeInt32LE(5, at + 8);
      shp.writeInt32LE(many(random, 0, 2) === 0 ? 0x7fffffff : 3, at + 44);
      shp.writeInt32LE(0x7fffffff, at + 48);
    }
    return { 'a.shp': shp };
  },
  'strings that share one record': (random) => {
    const sst = record(0x00fc, Buffer.from('ffffffffffffffff', 'hex'), Buffer.alloc(many(random, 0, 8000), 0));
    return { 'a.xls': xlsBook([{ name: 'a', records: [cell.shared(0, 0, 0x7fffffff)] }], [sst]) };
  },
  noise: (random) => {
    const bytes = Uint8Array.from({ length: many(random, 0, 4000) }, () => Math.floor(random() * 256));
    const ending = ['shp', 'dbf', 'xls', 'xlsx', 'csv', 'kml', 'geojson', 'zip', 'gpkg'][many(random, 0, 9)] ?? 'csv';
    return { [`a.${ending}`]: bytes };
  },
};

/** Names of the attacks. */
export const ATTACKS = Object.keys(MAKERS) as [string, ...string[]];

/** Files of one attack; sizes come from `random`. */
export const attack = (name: string, random: Random): Files => MAKERS[name]?.(random) ?? {};
