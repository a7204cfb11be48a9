import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpusEntries, corpusPath } from '../../tests/corpus.ts';
import type { CorpusEntry } from '../../tests/corpus.ts';
import { allRows, delivered } from '../../tests/delivered.ts';
import { openDelivery } from './delivery.ts';
import type { OpenedDelivery } from './delivery.ts';
import { encodingByLabel } from './encoding/index.ts';
import { splitName } from './names.ts';

const corpus = corpusPath();
const root = corpus ?? '';
const entries = corpusEntries();

/** A file of the corpus with everything beside it that belongs to it. */
async function open(file: string): Promise<OpenedDelivery> {
  const folder = join(root, dirname(file));
  const { base } = splitName(basename(file));
  const beside = readdirSync(folder).filter((name) => splitName(name).base === base && !name.endsWith('.json'));
  const names = file.endsWith('json') ? [basename(file)] : beside;
  return await openDelivery(names.map((name) => delivered(name, readFileSync(join(folder, name)))));
}

const of = (pattern: RegExp): CorpusEntry[] => entries.filter(({ file }) => pattern.test(file));
const listed = (entry: CorpusEntry): [string, CorpusEntry] => [entry.file, entry];
/** One entry that is never run, so that a missing corpus shows as a skip and not as nothing. */
const orOne = (list: [string, CorpusEntry][]): [string, CorpusEntry][] =>
  list.length > 0 ? list : [['(absent)', { file: '', expects: {} }]];

/** GDAL prints a list as (2:1,2); Gewu keeps the JSON it was. */
const gdalList = (value: string | null): string | null => value?.replace(/^\(\d+:(.*)\)$/, '[$1]') ?? null;
describe('corpus', () => {
  it.skipIf(!corpus).each(orOne(of(/\.shp$|shpjs\/.*\.zip$|\.geojson$/).map(listed)))(
    'corpus: %s',
    async (file, { expects }) => {
      const { tables, doubts } = await open(file);
      expect(doubts).toEqual([]);
      const [table] = tables;
      const info = table?.info;
      expect(tables).toHaveLength(1);
      expect(info?.rows).toBe(expects['features']);
      const fields = (expects['fields'] as string[]).map((field) => field.replace(/:.*$/, ''));
      expect(info?.fields.map(({ name }) => name).toSorted()).toEqual(fields.toSorted());
      const rows = await allRows(table);
      expect(rows).toHaveLength(expects['features'] as number);
      expect(rows.filter(({ shape }) => shape === null)).toHaveLength(
        (expects['nullGeometries'] as number | undefined) ?? 0,
      );
      const extent = expects['extent'] as number[] | undefined;
      expect((info?.extent ?? []).map((value) => value.toFixed(5))).toEqual(
        (extent ?? []).map((value) => value.toFixed(5)),
      );
      const first = expects['firstRecord'] as Record<string, string | null> | undefined;
      const wanted = Object.fromEntries(Object.entries(first ?? {}).map(([name, value]) => [name, gdalList(value)]));
      expect(rows[0]?.values ?? {}).toMatchObject(wanted);
      const encoding = expects['encoding'] as { cpg: string | null } | null;
      expect(info?.encoding.name).toBe(encoding?.cpg ? encodingByLabel(encoding.cpg) : info?.encoding.name);
      expect(info?.encoding.confidence).toBeGreaterThanOrEqual(0.8);
    },
  );

  it.skipIf(!corpus).each(orOne(of(/\.(csv|tsv)$/).map(listed)))('corpus: %s', async (file, { expects }) => {
    const [table] = (await open(file)).tables;
    expect(table?.info.rows).toBe(expects['features']);
    const names = table?.info.fields.slice(0, 11).map(({ name }) => name);
    expect(names).toEqual(expects['fields'] ?? names);
    const { actual } = expects['encoding'] as { actual: string };
    expect(table?.info.encoding.name?.startsWith('UTF-16')).toBe(actual.startsWith('utf-16'));
  });

  const spectrum = of(/csv-spectrum\/(?!utf8).*\.csv$/);
  it.skipIf(!corpus).each(orOne(spectrum.map(listed)))('corpus: every cell of %s', async (file) => {
    const rows = await allRows((await open(file)).tables[0]);
    // The expected parse of one file speaks of CRLF where the file itself has plain line feeds.
    const wanted = readFileSync(join(root, file.replace(/\.csv$/, '.json')), 'utf8').replaceAll('\\r\\n', '\\n');
    expect(rows.map(({ values }) => values)).toEqual(JSON.parse(wanted));
  });

  it.skipIf(!corpus)('corpus: a list of communities without a header keeps its codes', async () => {
    const [table] = (await open('chinese/beijing/110108.csv')).tables;
    expect(table?.info).toMatchObject({ headerRow: -1, encoding: { name: 'UTF-8' } });
    const rows = await allRows(table);
    expect(rows[0]?.values).toMatchObject({
      column_1: '110108000000',
      column_2: '110100000000',
      column_3: '海淀区',
      column_9: null,
    });
  });

  it.skipIf(!corpus)('corpus: Big5 text is recognised', async () => {
    const [table] = (await open('csv/openrefine/big5.txt')).tables;
    expect(table?.info.encoding).toMatchObject({ name: 'Big5' });
  });

  it.skipIf(!corpus)('corpus: one lone character that reads well both ways is asked about', async () => {
    const [table] = (await open('csv/csv-spectrum/utf8.csv')).tables;
    expect(table?.info.encoding.confidence).toBeLessThan(0.8);
    expect(table?.info.encoding.candidates.find(({ name }) => name === 'UTF-8')?.samples).toEqual(['4,5,ʤ']);
  });

  it.skipIf(!corpus)('corpus: every folder of a KML with placemarks is a table', async () => {
    const file = 'kml-geojson/gdal/samples.kml';
    const { tables, doubts } = await open(file);
    expect(doubts).toEqual([]);
    const expects = entries.find((entry) => entry.file === file)?.expects;
    const features = Object.entries(expects?.['features'] as Record<string, number>).filter(([, count]) => count > 0);
    expect(Object.fromEntries(tables.map(({ info }) => [info.name, info.rows]))).toEqual(Object.fromEntries(features));
    const fields = expects?.['fields'] as Record<string, string[]>;
    for (const table of tables) {
      const wanted = (fields[table.info.name] ?? []).map((field) => field.replace(/:.*$/, ''));
      expect(table.info.fields.map(({ name }) => name)).toEqual(wanted);
      expect(table.info.crsStated).toBe('EPSG:4326');
      const rows = await allRows(table);
      expect(rows).toHaveLength(table.info.rows);
      expect(rows.filter(({ faults }) => faults)).toEqual([]);
    }
    const [placemarks] = tables;
    expect((await allRows(placemarks)).map(({ values }) => values['Name'])).toEqual([
      'Simple placemark',
      'Floating placemark',
      'Extruded placemark',
    ]);
  });

  it.skipIf(!corpus)('corpus: reads old Excel files and new ones', async () => {
    const provinces = (await open('spreadsheets/poi/chinese-provinces.xls')).tables[0];
    expect(provinces?.info.fields.map(({ name }) => name)).toEqual(['Provinces in China', 'Chinese Name']);
    expect((await allRows(provinces)).map(({ values }) => Object.values(values).join('|'))).toEqual([
      'Anhui|安徽省',
      'Beijing|北京市',
      'Chongqing|重庆市',
    ]);
    const oldest = (await open('spreadsheets/openrefine/excel95.xls')).tables;
    expect((await allRows(oldest[0])).map(({ values }) => Object.values(values))).toEqual([
      ['Test spreadsheet in Excel 95 format'],
    ]);
    const inline = await open('spreadsheets/poi/InlineStrings.xlsx');
    expect((await allRows(inline.tables[0])).map(({ values }) => Object.values(values).join('|'))[1]).toBe(
      '32|B|2nd Inline String|44',
    );
    const large = await open('spreadsheets/exceljs/test-issue-877.xlsx');
    expect(large.tables.map(({ info }) => info.name)).toEqual([
      'Ersatzteilliste',
      'Leiterprüfung',
      'Feststellanlagen',
      'Schweißgerät',
    ]);
  });
});
