import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPONENTS, CORNER, covers, writeDistrict } from './district.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'gewu-cli-'));
const project = path.join(folder, 'p.gpkg');

let made: Record<string, unknown>;

interface Ran {
  status: number | null;
  out: string;
  err: string;
}
function gewu(args: string[], options: { lang?: string; stopWhen?: () => boolean } = {}): Promise<Ran> {
  const env = { ...process.env, GEWU_CONFIG_DIR: path.join(folder, 'config'), LC_ALL: options.lang ?? 'C' };
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ran: Ran = { status: null, out: '', err: '' };
  child.stdout.on('data', (part: Buffer) => (ran.out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (ran.err += part.toString()));
  const { stopWhen } = options;
  const watch = setInterval(() => {
    if (stopWhen?.() !== true) return;
    clearInterval(watch);
    child.kill('SIGINT');
  }, 20);
  return new Promise((resolve) => {
    child.on('close', (status) => {
      clearInterval(watch);
      resolve({ ...ran, status });
    });
  });
}
/** Runs with --json, which must be one document on standard output and nothing else. */
async function json(args: string[], status = 0): Promise<Record<string, unknown>> {
  const ran = await gewu([...args, '--json']);
  // A warning of Node's on standard error would be somebody else's words among ours.
  if (ran.status !== status || (status === 0 && ran.err !== '')) {
    throw new Error(`gewu ${args.join(' ')} ended with ${ran.status}: ${ran.err}${ran.out}`);
  }
  return JSON.parse(ran.out) as Record<string, unknown>;
}

beforeAll(async () => {
  made = await json(['new', 'p.gpkg']);
  for (const { file, as } of writeDistrict(folder)) {
    const crs = as === 'component' ? ['--crs', 'EPSG:4548'] : [];
    await json(['import', 'p.gpkg', file, '--as', as, ...crs, '--accept', 'all', '--by', '张三']);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('help and refusals', () => {
  it('lists the commands there are, with examples for each', async () => {
    const help = await gewu(['--help']);
    expect([help.status, help.err]).toEqual([0, '']);
    const names = 'new sample inspect import batch check stats grid report export history undo redo serve'.split(' ');
    for (const name of names) expect(help.out).toContain(`\n  ${name} `);
    expect(help.out).not.toContain('allocate');
    expect((await gewu(['import', '--help'])).out).toContain('gewu import haidian.gpkg');
    expect((await gewu(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/u);
  });

  it('speaks Chinese where the locale does', async () => {
    expect((await gewu(['stats', '--help'], { lang: 'zh_CN.UTF-8' })).out).toContain('统计数量与权责明晰率');
    expect((await gewu(['allocate', 'p.gpkg'], { lang: 'zh_CN.UTF-8' })).err).toBe(
      '没有命令“allocate”；用 gewu --help 查看全部命令。\n',
    );
  });

  const refused: [string[], string][] = [
    [['allocate', 'p.gpkg'], 'unknown-command'],
    [['stats'], 'usage'],
    [['stats', 'p.gpkg', '--colour', 'red'], 'usage'],
    [['stats', 'p.gpkg', '--by', 'moon'], 'usage'],
    [['stats', 'p.gpkg', '--as-of', '2026-02-30'], 'usage'],
    [['report', 'p.gpkg', 'base-data', '--out', 'p.gpkg', '--force'], 'refused'],
    [['export', 'p.gpkg', '--layer', 'street', '--format', 'csv', '--out', 'p.gpkg', '--force'], 'refused'],
    [['stats', 'missing.gpkg'], 'not-found'],
    [['stats', 'covers.csv'], 'not-a-project'],
    [['grid', 'p.gpkg', 'split', '--code', '1'], 'usage'],
    [['new', 'p.gpkg'], 'exists'],
    [
      ['export', 'p.gpkg', '--layer', 'component', '--format', 'csv', '--out', 'x.csv', '--where', 'a ='],
      'filter-syntax',
    ],
    [['import', 'p.gpkg', 'nothing.shp', '--as', 'component'], 'not-found'],
    [['import', 'p.gpkg', 'covers.csv', '--as', 'component', '--mapping', 'none.json'], 'not-found'],
  ];
  it.each(refused)('%j exits 2 with code %s and one sentence', async (args, code) => {
    const ran = await gewu([...args, '--json']);
    const { error } = JSON.parse(ran.out) as { error: { code: string; message: string; data: unknown } };
    expect([ran.status, error.code]).toEqual([2, code]);
    expect(ran.err).toBe(`${error.message}\n`);
    const plain = await gewu(args);
    expect([plain.out, plain.err]).toEqual(['', ran.err]);
    // In Chinese no English sentence is left, and no value was forgotten.
    const chinese = (await gewu(args, { lang: 'zh_CN.UTF-8' })).err;
    expect(chinese).toMatch(/\p{Script=Han}.*。\n$/u);
    expect(chinese).not.toMatch(/\{\{|undefined|null|[a-z]+ (is|are|cannot|must) /u);
  });
});

describe('the work', () => {
  it('makes a project of the district and scheme there are by default', () => {
    expect(made).toEqual({
      file: project,
      district: '110108',
      districtName: '海淀区',
      crs: 'EPSG:4548',
      scheme: 'GB/T 47678.5-2026',
    });
  });

  it('counts', async () => {
    const stats = await json(['stats', 'p.gpkg', '--by', 'street']);
    expect(stats).toMatchObject({
      components: COMPONENTS,
      inService: COMPONENTS,
      grids: 16,
      streets: 1,
      districtAreaM2: 160_000,
    });
    expect(stats['groups']).toEqual([
      expect.objectContaining({ key: '110108001', name: '万寿路街道', components: COMPONENTS }),
    ]);
  });

  it('inspects without and with a project', async () => {
    const found = await json(['inspect', 'covers.csv']);
    const [table] = found['tables'] as Record<string, unknown>[];
    expect(table).toMatchObject({ file: 'covers.csv', rows: COMPONENTS, deletedRows: 0 });
    expect(Object.keys(table ?? {})).toEqual(expect.arrayContaining(['encoding', 'crs', 'fields', 'doubts']));
    const inside = await json(['inspect', 'covers.csv', '--project', 'p.gpkg']);
    expect(inside['files']).toEqual([
      expect.objectContaining({ deliveredBefore: expect.objectContaining({ batchId: 5 }) }),
    ]);
  });

  it('imports: dry, staged, accepted in part, undone', async () => {
    writeFileSync(path.join(folder, 'second.csv'), covers(COMPONENTS + 2, 'b'));
    const args = ['import', 'p.gpkg', 'second.csv', '--as', 'component', '--crs', 'EPSG:4548'];
    const dry = await json([...args, '--dry-run']);
    expect(dry).toMatchObject({
      batchId: null,
      rows: COMPONENTS + 2,
      piles: { new: 2, changed: COMPONENTS },
      accepted: 0,
    });
    const staged = await json(args);
    expect(staged).toMatchObject({
      state: 'staged',
      files: ['second.csv'],
      encoding: 'UTF-8',
      crs: 'EPSG:4548',
      accepted: 0,
    });
    expect((await json(['stats', 'p.gpkg']))['components']).toBe(COMPONENTS);
    const id = String(staged['batchId']);
    expect(await json(['batch', 'p.gpkg', 'accept', id, '--piles', 'new'])).toMatchObject({ accepted: 2 });
    expect((await json(['stats', 'p.gpkg']))['components']).toBe(COMPONENTS + 2);
    const undone = await json(['batch', 'p.gpkg', 'undo', id]);
    expect(undone).toMatchObject({ rows: 2, clashes: [] });
    expect(Number(undone['revision'])).toBeGreaterThan(Number(undone['undoOf']));
    const { batches } = await json(['batch', 'p.gpkg', 'list']);
    expect((batches as { state: string }[])[0]?.state).toBe('undone');
  });

  it('writes the rows a delivery could not bring in, with the reasons', async () => {
    const args = [
      'import',
      'p.gpkg',
      'second.csv',
      '--as',
      'component',
      '--crs',
      'EPSG:4548',
      '--returns',
      '退回.xlsx',
    ];
    await json(args);
    expect(readFileSync(path.join(folder, '退回.xlsx')).subarray(0, 2).toString()).toBe('PK');
  });

  it('takes a mapping from a file', async () => {
    writeFileSync(
      path.join(folder, 'm.json'),
      JSON.stringify({ crs: 'EPSG:4548', mapping: [{ field: '备注', to: 'address' }] }),
    );
    const args = ['import', 'p.gpkg', 'second.csv', '--as', 'component', '--mapping', 'm.json', '--dry-run'];
    const staged = await json(args);
    const [table] = staged['tables'] as { mapping: { field: string; to: string | null }[] }[];
    expect(table?.mapping).toContainEqual({ field: '备注', to: 'address' });
    writeFileSync(path.join(folder, 'bad.json'), JSON.stringify({ mapping: [{ field: 1 }] }));
    const bad = await json([...args.slice(0, -2), 'bad.json'], 2);
    expect(bad['error']).toMatchObject({ code: 'input' });
  });

  it('moves a node, refuses what would break the tiling, finds no faults', async () => {
    const [x, y] = [CORNER[0] + 200, CORNER[1] + 200];
    const moved = await json([
      'grid',
      'p.gpkg',
      'move-node',
      '--at',
      `${x} ${y}`,
      '--to',
      `${x + 5},${y + 5}`,
      '--by',
      '王强',
    ]);
    expect(moved).toMatchObject({ retired: [], created: [], movedComponents: expect.any(Number) });
    const far = await json(['grid', 'p.gpkg', 'move-node', '--at', `${x + 5} ${y + 5}`, '--to', `${x + 150} ${y}`], 2);
    expect(far['error']).toMatchObject({ code: 'refused', data: { reason: 'would-cross' } });
    expect(await json(['grid', 'p.gpkg', 'faults'])).toEqual({ gaps: [], overlaps: [], tJunctions: [], outside: [] });
  });

  it('tells, undoes and redoes', async () => {
    const { revisions } = (await json(['history', 'p.gpkg'])) as { revisions: Record<string, unknown>[] };
    expect(revisions[0]).toMatchObject({ command: 'grid.edit', person: '王强', undoOf: null });
    const undone = await json(['undo', 'p.gpkg']);
    expect(undone).toMatchObject({ undoOf: revisions[0]?.['id'], clashes: [] });
    expect(await json(['redo', 'p.gpkg'])).toMatchObject({ undoOf: undone['revision'] });
    const one = (await json(['history', 'p.gpkg', '--of', 'component:1'])) as { revisions: unknown[] };
    expect(one.revisions.length).toBeGreaterThan(0);
    expect((await json(['undo', 'p.gpkg', '9999'], 2))['error']).toMatchObject({ code: 'not-found' });
  });

  it('checks, and exits 1 only where asked to', async () => {
    const result = await json(['check', 'p.gpkg']);
    expect(Object.keys(result)).toEqual(['findings', 'byRule', 'bySeverity']);
    expect(result['findings']).toBeGreaterThan(0);
    const failing = await gewu(['check', 'p.gpkg', '--fail-on', 'warning', '--json']);
    expect(failing.status).toBe(1);
  });

  it('writes reports and exports beside and renames, and replaces only with --force', async () => {
    const book = await json(['report', 'p.gpkg', 'base-data', '--out', '册.xlsx']);
    expect(book['files']).toEqual([path.join(folder, '册.xlsx')]);
    const args = ['export', 'p.gpkg', '--layer', 'component', '--format', 'csv', '--out', 'out.csv'];
    const first = await json([...args, '--where', 'code = 11010801001000001']);
    expect(first).toMatchObject({ files: [path.join(folder, 'out.csv')], rows: 1 });
    const before = readFileSync(path.join(folder, 'out.csv'));
    expect((await json(args, 2))['error']).toMatchObject({ code: 'exists' });
    expect(readFileSync(path.join(folder, 'out.csv')).equals(before)).toBe(true);
    expect(await json([...args, '--force'])).toMatchObject({ rows: COMPONENTS });
  });

  it('stops on Ctrl C with 130 and leaves nothing half-written', async () => {
    writeFileSync(path.join(folder, 'long.csv'), covers(60_000, ''));
    const args = [
      'import',
      'p.gpkg',
      'long.csv',
      '--as',
      'component',
      '--crs',
      'EPSG:4548',
      '--accept',
      'all',
      '--json',
    ];
    // Once the project is open, the import of so many rows has only begun.
    const ran = await gewu(args, { stopWhen: () => existsSync(`${project}-wal`) });
    expect(ran.status).toBe(130);
    expect((JSON.parse(ran.out) as { error: { code: string } }).error.code).toBe('cancelled');
    expect((await json(['stats', 'p.gpkg']))['components']).toBe(COMPONENTS);
  });

  it('leaves one file, whatever was done', () => {
    const left = readdirSync(folder).filter((name) => name.startsWith('p.') && name !== 'p.backups');
    expect(left).toEqual(['p.gpkg']);
    expect(existsSync(path.join(folder, 'x.csv'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith('.gewu-'))).toEqual([]);
  });
});

describe('a project that somebody else had', () => {
  const lock = () => path.join(folder, 'p.gpkg.lock');
  const leave = (seen: Date) => {
    writeFileSync(
      lock(),
      JSON.stringify({
        token: 'x',
        pid: 4711,
        started: null,
        host: 'office-2',
        person: '王工',
        at: '2026-11-02T08:00:00Z',
      }),
    );
    utimesSync(lock(), seen, seen);
  };

  it('is looked at beside them, or taken over when they are long silent', async () => {
    leave(new Date());
    const alive = await gewu(['undo', 'p.gpkg', '--take-over'], { lang: 'zh_CN.UTF-8' });
    expect([alive.status, alive.err]).toEqual([2, expect.stringContaining('王工 在主机 office-2 上使用')]);
    const looked = await gewu(['stats', 'p.gpkg', '--read-only', '--json']);
    expect(looked.status).toBe(0);
    expect(JSON.parse(looked.out)).toMatchObject({
      components: COMPONENTS,
      notices: [{ code: 'read-only', data: { reason: 'opened-beside', host: 'office-2' } }],
    });
    expect(looked.err).toContain('for reading only');
    leave(new Date(Date.now() - 3_600_000));
    expect((await gewu(['stats', 'p.gpkg'])).err).toContain('--take-over');
    expect((await gewu(['stats', 'p.gpkg', '--take-over'])).status).toBe(0);
    expect(existsSync(lock())).toBe(false);
  });

  it('is told to have been changed by another program, and what of that cannot be undone', async () => {
    const db = new Database(path.join(folder, 'p.gpkg'));
    const triggers = db
      .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'gewu_note%'`)
      .pluck()
      .all();
    expect(triggers.length).toBeGreaterThan(0);
    for (const name of triggers) db.exec(`DROP TRIGGER "${name}"`);
    db.exec(`INSERT INTO unit (name) VALUES ('没有留下痕迹的单位')`);
    db.close();
    const ran = await gewu(['stats', 'p.gpkg', '--json'], { lang: 'zh_CN.UTF-8' });
    expect(JSON.parse(ran.out)).toMatchObject({
      notices: [{ code: 'changed-beyond', data: { beyond: [{ table: 'unit' }] } }],
    });
    expect(ran.err).toContain('无法撤回：unit');
    const again = await gewu(['stats', 'p.gpkg', '--json']);
    expect([again.err, Object.keys(JSON.parse(again.out) as object)]).toEqual([
      '',
      expect.not.arrayContaining(['notices']),
    ]);
  });
});

describe('serve', () => {
  it('closes the project when it is told to stop and no terminal tells the server too', async () => {
    const address = path.join(folder, 'address');
    const args = ['serve', 'p.gpkg', '--no-open'];
    const env = { ...process.env, GEWU_CONFIG_DIR: path.join(folder, 'config'), LC_ALL: 'C' };
    const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.once('data', (part: Buffer) => {
      writeFileSync(address, part);
      child.kill('SIGINT');
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(readFileSync(address, 'utf8')).toContain('http://127.0.0.1:');
    expect(status).toBe(0);
    expect(readdirSync(folder).filter((name) => name.startsWith('p.gpkg'))).toEqual(['p.gpkg']);
  });
});
