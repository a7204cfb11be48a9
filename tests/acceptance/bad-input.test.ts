import { copyFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import iconv from 'iconv-lite';
import { beforeAll, describe, expect, it } from 'vitest';
import { openProject } from '../../src/project/open.ts';
import { createProject } from '../../src/project/create.ts';
import { gridCode, newProject, squareBlob, TODAY } from '../../src/project/testing.ts';
import { CORNER } from '../contract/district.ts';
import { badDeliveries, COVERS, shapefile, type BadDelivery } from './bad-files.ts';
import { dumpOf, gewu, gewuJson, pairwise, python, scratch, type Ran } from './tools.ts';

const folder = scratch('bad-input');
const base = path.join(folder, 'base.gpkg');
/** Tables a refused or staged delivery may leave rows in. */
const MAY_GROW = /^(gewu_revision|gewu_change|gewu_batch.*|gewu_code_issue|sqlite_sequence|gewu_file)$/u;

/** Rows of every table of the file by table, our own and the standard's. */
function counts(project: string): Record<string, number> {
  const file = openProject(project, { mode: 'read', today: TODAY });
  const names = file.db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all();
  const kept = names.filter((name) => !MAY_GROW.test(name));
  const count = (name: string) => file.db.prepare<[], number>(`SELECT count(*) FROM "${name}"`).pluck().get() ?? 0;
  const found = Object.fromEntries(kept.map((name) => [name, count(name)]));
  file.close();
  return found;
}

interface Result {
  case: BadDelivery;
  ran: Ran;
  project: string;
}
const results: Result[] = [];
const before = { dump: '', counts: {} as Record<string, number> };

beforeAll(async () => {
  createProject(base, newProject());
  const file = openProject(base, { mode: 'write', today: TODAY, person: '李静' });
  file.revise({ command: 'test', person: '李静' }, (tx) => {
    tx.insert('unit_grid', { code: gridCode(1), community_code: '110108001001', geom: squareBlob(0, 0, 100) });
    tx.insert('unit', { name: '北京市自来水集团' });
    tx.insert('component', { code: '11010801001000001', name: '供水井盖', note: '原有' });
  });
  file.close();
  // Checked once, so that checks running while a delivery is read find nothing that was not found before.
  await gewuJson(folder, ['check', base]);
  before.dump = dumpOf(base);
  before.counts = counts(base);
  const cases = await badDeliveries(path.join(folder, 'bad'));
  const runs = cases.map((one, i) => async (): Promise<Result> => {
    const project = path.join(folder, `p${i}.gpkg`);
    copyFileSync(base, project);
    const options = ['--as', 'component', '--accept', 'all', '--json', ...(one.options ?? [])];
    return { case: one, project, ran: await gewu(folder, ['import', project, ...one.files, ...options]) };
  });
  results.push(...(await pairwise(runs)));
});

describe('what cannot be used', () => {
  it('is refused with one sentence that says what, where and what to do, and exit 2', () => {
    const seen = results.map(({ case: one, ran }) => {
      const { error } = JSON.parse(ran.out || '{}') as { error?: { code: string; message: string; data: object } };
      const sentences = ran.err.trim().split('\n').length;
      const says =
        (error?.message.length ?? 0) > 20 && /[.!]$/u.test(error?.message ?? '') && typeof error?.data === 'object';
      return {
        name: one.name,
        status: ran.status,
        sentences,
        says,
        code: one.code.test(error?.code ?? ''),
        told: error?.message,
      };
    });
    const wrong = seen.filter((one) => one.status !== 2 || one.sentences !== 1 || !one.says || !one.code);
    expect(wrong).toEqual([]);
    expect(seen.length).toBeGreaterThan(20);
  });

  it('leaves every row as it was, and the project one file', () => {
    const changed = results.filter(({ project }) => dumpOf(project) !== before.dump);
    expect(changed.map(({ case: one }) => one.name)).toEqual([]);
    for (const { project } of results) expect(counts(project)).toEqual(before.counts);
    expect(readdirSync(folder).filter((name) => /-(wal|shm|journal)$/u.test(name))).toEqual([]);
  });

  it('does not fill the project with what was refused', () => {
    const grown = results.filter(({ project }) => statSync(project).size > statSync(base).size + 500_000);
    expect(grown.map(({ case: one }) => one.name)).toEqual([]);
  });
});

interface Imported {
  rows: number;
  piles: Record<string, number>;
  accepted: number;
  encoding: string;
  rejected: { row: number; code: string; message: string }[];
  warnings: { code: string }[];
}
const bringIn = (project: string, file: string, ...options: string[]) =>
  gewuJson<Imported>(folder, ['import', project, file, '--as', 'component', '--accept', 'new', ...options]);
const fresh = (name: string): string => {
  const project = path.join(folder, name);
  copyFileSync(base, project);
  return project;
};

describe('what is odd but readable', () => {
  const put = (name: string, content: string | Uint8Array): string => {
    const full = path.join(folder, name);
    writeFileSync(full, content);
    return full;
  };
  const HEADER = '部件标识码,部件名称,权属单位名称,备注,X,Y';
  const ODD = [
    '<script>alert(1)</script>',
    "=cmd|'/c calc'!A1",
    '+1+1',
    '@SUM(A1)',
    '-2',
    '😀井盖𠮷',
    'a""b',
    '007',
    '1/2',
  ];

  it('comes out again as it went in: markup, formulas, emoji, zeros before numbers', async () => {
    const rows = ODD.map((note, i) => `1101080100100010${i},供水井盖,,"${note}",${CORNER[0] + i * 20},${CORNER[1]}`);
    const project = fresh('odd.gpkg');
    const { accepted } = await bringIn(project, put('odd.csv', [HEADER, ...rows].join('\n')), '--crs', 'EPSG:4548');
    expect(accepted).toBe(ODD.length);
    for (const format of ['csv', 'xlsx'])
      await gewuJson(folder, [
        'export',
        project,
        '--layer',
        'component',
        '--format',
        format,
        '--out',
        `odd-out.${format}`,
      ]);
    const read = python(
      `import csv, json, openpyxl, sys
c = list(csv.reader(open(sys.argv[1], encoding='utf-8-sig', newline='')))
w = openpyxl.load_workbook(sys.argv[2]).worksheets[0]
print(json.dumps({'csv': c, 'xlsx': [[[str(x.value), x.data_type] for x in r] for r in w.iter_rows()]}))`,
      path.join(folder, 'odd-out.csv'),
      path.join(folder, 'odd-out.xlsx'),
    ) as { csv: string[][]; xlsx: [string, string][][] };
    const wanted = ODD.map((note) => note.replaceAll('""', '"'));
    const texts = new Set(read.csv.flat());
    expect(wanted.filter((note) => !texts.has(note))).toEqual([]);
    const cells = new Map(read.xlsx.flat());
    expect(wanted.map((note) => [note, cells.get(note)])).toEqual(wanted.map((note) => [note, 's']));
    expect([...cells.values()]).not.toContain('f');
    expect(cells.get('11010801001000100')).toBe('s');
  });

  it('GBK, in values and in field names, though nothing says so', async () => {
    const row = (i: number) =>
      `1101080100100020${i},供水井盖,北京市自来水集团,学院路北侧,${CORNER[0] + i * 20},${CORNER[1]}`;
    const gbk = iconv.encode([HEADER, ...Array.from({ length: 9 }, (_, i) => row(i))].join('\n'), 'gb18030');
    const { accepted, encoding } = await bringIn(fresh('gbk.gpkg'), put('gbk.csv', gbk), '--crs', 'EPSG:4548');
    expect([accepted, encoding]).toEqual([9, expect.stringMatching(/^GB/u)]);
    const dump = dumpOf(path.join(folder, 'gbk.gpkg'));
    expect(dump).toContain('北京市自来水集团');
    expect(dump).not.toContain('\ufffd');
  });

  it('points that are no numbers are named row by row', async () => {
    const at = (i: number): [number, number] => (i < 3 ? [NaN, Infinity] : [CORNER[0] + i * 10, CORNER[1]]);
    const rows = Array.from(COVERS.rows, (row, i) => ({
      values: { ...row.values, ObjID: i === 2 ? '' : (row.values['ObjID'] ?? '') },
      shape: { type: 'Point' as const, coordinates: at(i) },
    }));
    await shapefile(path.join(folder, 'nan'), { ...COVERS, rows });
    const done = await bringIn(fresh('nan.gpkg'), path.join(folder, 'nan', '01001.shp'), '--crs', 'EPSG:4548');
    expect(done.rows).toBe(30);
    expect(done.rejected).toMatchObject([{ row: 3, code: 'no-code-no-place' }]);
    expect(done.rejected[0]?.message).toContain('01001.shp, row 3');
    expect(dumpOf(path.join(folder, 'nan.gpkg'))).not.toMatch(/NaN|Infinity/u);
  });

  it('a .shp without index, projection and code page is read all the same', async () => {
    const healthy = await shapefile(path.join(folder, 'side'));
    for (const extension of ['shp', 'dbf']) put(`bare.${extension}`, healthy[extension] ?? new Uint8Array());
    const { accepted, piles } = await bringIn(fresh('bare.gpkg'), path.join(folder, 'bare.shp'));
    expect([accepted, piles]).toEqual([29, expect.objectContaining({ new: 29, changed: 1 })]);
  });
});
