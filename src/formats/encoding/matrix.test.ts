import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { allRows, delivered, groupOf } from '../../../tests/delivered.ts';
import {
  caseFiles,
  CHARACTERS,
  CPG_STATES,
  LDIDS,
  makeCase,
  PLACES,
  RICH_NAMES,
  richTable,
  wholeNames,
  WORDS,
} from '../../../tests/encoding-cases.ts';
import type { Case } from '../../../tests/encoding-cases.ts';
import { csvFormat } from '../csv/index.ts';
import { geojsonFormat } from '../geojson/index.ts';
import { shapefileFormat } from '../shapefile/index.ts';
import { decideEncoding, encodingByLabel, EncodingProbe } from './index.ts';

const SURE = 0.8;
const GB_AND_UTF = ['GBK', 'GB18030', 'UTF-8'] as const;

interface Outcome {
  right: number;
  asked: string[];
  wrong: string[];
}

/** Opens a case under every `.cpg` state and language driver. */
async function tryAll(cases: Case[]): Promise<Outcome> {
  const outcome: Outcome = { right: 0, asked: [], wrong: [] };
  for (const made of cases)
    for (const cpg of CPG_STATES)
      for (const ldid of LDIDS) {
        const [table] = await shapefileFormat.open(groupOf(...caseFiles(made, cpg, ldid)));
        const { name, confidence } = table?.info.encoding ?? { name: null, confidence: 0 };
        const rows = (await allRows(table)).map(({ values }) => Object.values(values).map((value) => value ?? ''));
        const names = table?.info.fields.map((field) => field.name);
        const right = isDeepStrictEqual([names, rows], [wholeNames(made), made.rows]);
        const said = `${made.encoding} ${made.place} ${made.rows[0]?.[0] ?? ''}/${made.names[0] ?? ''} cpg=${cpg ?? '-'} ldid=${ldid}: ${name ?? '-'} ${confidence}`;
        if (confidence < SURE) outcome.asked.push(said);
        else if (right) outcome.right++;
        else outcome.wrong.push(said);
      }
  return outcome;
}

describe('encoding by evidence, every combination of claims', () => {
  const combinations = CPG_STATES.length * LDIDS.length;

  it('a table of thirty rows, or its field names alone, is read right under any claim', async () => {
    const cases = GB_AND_UTF.flatMap((encoding) =>
      PLACES.map((place) => makeCase(encoding, place, RICH_NAMES[encoding], richTable(encoding))),
    );
    const { right, asked, wrong } = await tryAll(cases);
    expect(wrong).toEqual([]);
    expect(asked).toEqual([]);
    expect(right).toBe(3 * 3 * combinations);
  });

  it('Big5 among them is read right as well', async () => {
    const cases = PLACES.map((place) => makeCase('Big5', place, RICH_NAMES.Big5, richTable('Big5')));
    expect(await tryAll(cases)).toEqual({ right: 3 * combinations, asked: [], wrong: [] });
  });

  it.each([
    ['one word', WORDS, 11 / 12],
    ['one character', CHARACTERS, 0.8],
  ])('%s is never read wrong without being asked, and seldom asked about', async (_, texts, share) => {
    const cases = GB_AND_UTF.flatMap((encoding) =>
      PLACES.flatMap((place) => texts.map((text) => makeCase(encoding, place, [text], [[text]]))),
    );
    const { right, asked, wrong } = await tryAll(cases);
    expect(wrong).toEqual([]);
    expect(right + asked.length).toBe(cases.length * combinations);
    expect(right).toBeGreaterThanOrEqual(share * cases.length * combinations);
  });

  it('each name of the catalogues, alone, is read right whatever is claimed', () => {
    const names = catalogueNames();
    expect(names.length).toBeGreaterThan(1000);
    const wrong: string[] = [];
    for (const name of names)
      for (const [encoding, right] of [
        ['gbk', 'GB18030'],
        ['utf8', 'UTF-8'],
      ] as const)
        for (const label of ['', 'GB18030', 'UTF-8', 'ISO-8859-1']) {
          const probe = new EncodingProbe();
          probe.add(iconv.encode(name, encoding), false);
          const decided = decideEncoding(probe, [{ code: 'cpg-claims', label, name: encodingByLabel(label) }]);
          if (decided.name !== right || decided.confidence < SURE) wrong.push(`${name} ${encoding} ${label}`);
        }
    expect(wrong).toEqual([]);
  });
});

describe('text files without any claim', () => {
  const text = ['编号,名称,地址', ...richTable('GB18030').map((cells, i) => `${i},${cells.join(',')}`)].join('\r\n');
  it.each([
    ['gbk', 'gbk', '', 'GB18030'],
    ['gb18030', 'gb18030', '', 'GB18030'],
    ['utf-8', 'utf8', '', 'UTF-8'],
    ['utf-8 with a mark', 'utf8', '\ufeff', 'UTF-8'],
    ['utf-16 le', 'utf-16le', '', 'UTF-16LE'],
    ['utf-16 le with a mark', 'utf-16le', '\ufeff', 'UTF-16LE'],
    ['utf-16 be', 'utf-16be', '', 'UTF-16BE'],
    ['utf-16 be with a mark', 'utf-16be', '\ufeff', 'UTF-16BE'],
  ])('%s', async (_, encoding, mark, name) => {
    const bytes = iconv.encode(mark + (encoding === 'gbk' ? text.replaceAll(/[䶮㛃𠅤㙍]/gu, '某') : text), encoding);
    const [table] = await csvFormat.open(groupOf(delivered('部件.csv', bytes)));
    expect(table?.info.encoding.name).toBe(name);
    expect(table?.info.encoding.confidence).toBeGreaterThanOrEqual(SURE);
    expect(table?.info.fields[1]?.name).toBe('名称');
    expect(JSON.stringify(await allRows(table))).not.toContain('\ufffd');
  });

  it('headings and property names follow the word of a person as values do', async () => {
    const rows = iconv.encode('编号,名称\r\n1,井盖\r\n', 'gbk');
    const features = iconv.encode('[{"type":"Feature","geometry":null,"properties":{"名称":"井盖"}}]', 'gbk');
    for (const [file, format, bytes] of [
      ['a.csv', csvFormat, rows],
      ['a.geojson', geojsonFormat, features],
    ] as const) {
      const [table] = await format.open(groupOf(delivered(file, bytes)));
      for (const [encoding, name] of [
        ['gb18030', '名称'],
        ['windows-1252', 'Ãû³Æ'],
      ]) {
        const read: string[] = [];
        for await (const block of table?.blocks({ encoding: encoding ?? '' }) ?? [])
          read.push(
            ...block.flatMap(({ values }) => Object.entries(values).flatMap(([key, value]) => [key, value ?? ''])),
          );
        expect(read).toContain(name);
        expect(read).toContain(encoding === 'gb18030' ? '井盖' : '¾®¸Ç');
      }
    }
  });

  it('a UTF-8 mark before GBK text is contradicted', async () => {
    const bytes = Buffer.concat([Buffer.from('\ufeff'), iconv.encode(text.replaceAll(/[䶮㛃𠅤㙍]/gu, '某'), 'gbk')]);
    const [table] = await csvFormat.open(groupOf(delivered('部件.csv', bytes)));
    expect(table?.info.encoding.evidence[1]).toMatchObject({ code: 'claim-contradicted', data: { claim: 'bom' } });
    expect(table?.info.encoding.name).toBe('GB18030');
  });
});

/** Every name the shipped catalogues hold: classes, events, streets, communities. */
function catalogueNames(): string[] {
  const folder = new URL('../../../resources/catalogue/', import.meta.url);
  const files = ['component-classes', 'event-classes', 'haidian-streets', 'haidian-communities'];
  const entries = files.flatMap(
    (file) => JSON.parse(readFileSync(new URL(`${file}.json`, folder), 'utf8')) as { name: string }[],
  );
  return [...new Set(entries.map(({ name }) => name))];
}
