import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/engine.ts';
import { createProject } from '../../src/project/create.ts';
import { openProject } from '../../src/project/open.ts';
import type { ProjectFile } from '../../src/project/project-file.ts';
import { gridCode, newProject, pointBlob, squareBlob, TODAY } from '../../src/project/testing.ts';

const IMPORTER = fileURLToPath(new URL('./importer.ts', import.meta.url));
/** When the blow falls: after this line, this many milliseconds later. Every kind of work is hit early and late. */
const BLOWS: readonly (readonly [string, number])[] = [
  ['staging', 40],
  ['accepting', 5],
  ['undoing', 5],
  ['staging', 160],
  ['accepting', 90],
  ['undoing', 90],
  ['accepted', 0],
  ['undone', 0],
];

let folder = '';
let path = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gewu-kill-import-'));
  path = join(folder, 'p.gpkg');
  createProject(path, newProject());
  const file = openProject(path, { mode: 'write', today: TODAY, person: '李静' });
  file.revise({ command: 'test.begin', person: '李静' }, (tx) => {
    tx.insert('unit_grid', { code: gridCode(1), community_code: '110108001001', geom: squareBlob(0, 0, 100) });
    for (let i = 0; i < 5; i++) tx.insert('component', { code: `c${i}`, geom: pointBlob(i, i) });
  });
  file.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lets an importer work and kills it `after` milliseconds after it first says `word`. */
async function acknowledged(word: string, after: number, first: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--no-warnings', IMPORTER, path, folder, String(first)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  let struck = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_, signal) => resolve(signal)));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    if (struck || !out.includes(`${word} `)) return;
    struck = true;
    setTimeout(() => child.kill('SIGKILL'), after);
  });
  if ((await ended) !== 'SIGKILL') throw new Error(`the importer ended by itself: ${err}`);
  return out.split('\n').slice(0, -1);
}

/** Opens the project as the program does, which sweeps what was being staged, and closes it again. */
async function openOnce(): Promise<void> {
  const engine = createEngine({ shell: 'cli', version: '0', configDir: join(folder, 'config'), person: '王' });
  try {
    await engine.openPath(path);
  } finally {
    await engine.close();
  }
}

interface BatchRow {
  id: number;
  state: string;
  live: number;
  rows: number;
}

/** Every batch with the components that carry it. */
function batches(file: ProjectFile): BatchRow[] {
  return file.db
    .prepare<[], BatchRow>(
      `SELECT b.id, b.state, b.rows, (SELECT count(*) FROM component c WHERE c.batch_id = b.id) AS live FROM gewu_batch b`,
    )
    .all();
}

/** Acknowledged deliveries by what was last said of each, and the last note of each component edited. */
function expected(lines: readonly string[]): { said: Map<number, string>; notes: Map<number, number> } {
  const said = new Map<number, string>();
  const notes = new Map<number, number>();
  for (const line of lines) {
    const [what = '', id, n] = line.split(' ');
    if (what === 'edit') notes.set(Number(id), Number(n));
    else if (what !== 'staging') said.set(Number(id), what);
  }
  return { said, notes };
}

/** Components a batch may have after the last thing said of it: what was begun may have been done, or not at all. */
const MAY_HAVE: Readonly<Record<string, (rows: number) => number[]>> = {
  staged: (rows) => [0, rows],
  accepting: (rows) => [0, rows],
  accepted: (rows) => [rows],
  undoing: (rows) => [0, rows],
  undone: () => [0],
};

describe('kill -9 during import', () => {
  it('leaves each delivery whole or not there, and every acknowledged edit', { timeout: 120_000 }, async () => {
    for (const [round, [word, after]] of BLOWS.entries()) {
      const blow = `${word} + ${after} ms`;
      const lines = await acknowledged(word, after, round * 1000);
      await openOnce();
      const journals = readdirSync(folder).filter((name) => /-wal|-shm|-journal|\.lock|~/u.test(name));
      expect({ blow, journals }).toEqual({ blow, journals: [] });

      const file = openProject(path, { mode: 'write', today: TODAY, person: '李静' });
      expect(file.db.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(file.db.prepare(`SELECT rtreecheck('rtree_component_geom')`).pluck().get()).toBe('ok');
      const all = batches(file);
      const torn = all.filter(
        ({ state, live, rows }) => state === 'staging' || live !== (state === 'accepted' ? rows : 0),
      );
      const orphans = file.db.prepare(
        `SELECT count(*) FROM gewu_batch_row WHERE batch_id NOT IN (SELECT id FROM gewu_batch)`,
      );
      expect({ blow, torn, orphans: orphans.pluck().get() }).toEqual({ blow, torn: [], orphans: 0 });

      const { said, notes } = expected(lines);
      for (const [id, last] of said) {
        const batch = all.find((each) => each.id === id);
        expect(batch, `${blow}: batch ${id} was ${last}`).toBeDefined();
        expect(MAY_HAVE[last]?.(batch?.rows ?? 0), `${blow}: batch ${id} was ${last}`).toContain(batch?.live);
      }
      const read = file.db.prepare<[number], string | null>(`SELECT note FROM component WHERE id = ?`).pluck();
      // An edit begun after the last line may have been committed too: a later note is no loss.
      for (const [id, n] of notes) expect(Number(read.get(id)), `${blow}: note of ${id}`).toBeGreaterThanOrEqual(n);
      file.close();
      const left = readdirSync(folder).filter((name) => name.startsWith('p.'));
      expect({ blow, left: left.toSorted() }).toEqual({ blow, left: ['p.backups', 'p.gpkg'] });
    }
  });
});
