import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject } from '../../src/project/create.ts';
import { openProject } from '../../src/project/open.ts';
import type { ProjectFile } from '../../src/project/project-file.ts';
import { newProject, pointBlob, squareBlob, gridCode, TODAY } from '../../src/project/testing.ts';
import { redoLatest } from '../../src/project/undo.ts';

const EDITOR = fileURLToPath(new URL('./editor.ts', import.meta.url));
/** Times a process is killed in the middle of its work. */
const KILLS = 20;
/** Milliseconds after opening within which the blow falls; spread so that every kind of work is hit. */
const LONGEST_LIFE = 400;

let folder = '';
let path = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gewu-kill-'));
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

/** Lets an editor work and kills it `life` milliseconds after it opened the project. Every line it finished was committed before. */
async function acknowledged(life: number, first: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--no-warnings', EDITOR, path, String(first)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_, signal) => resolve(signal)));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const opened = out === '';
    out += text;
    if (opened) setTimeout(() => child.kill('SIGKILL'), life);
  });
  const signal = await ended;
  if (signal !== 'SIGKILL') throw new Error(`the editor ended by itself: ${err}`);
  return out.split('\n').slice(0, -1);
}

/** What the lines say must be in the file: the last note of each component edited, rows added. */
function expected(lines: readonly string[]): { notes: Map<number, string>; added: number[] } {
  const notes = new Map<number, string>();
  const added: number[] = [];
  for (const line of lines) {
    const [what, id, n] = line.split(' ');
    if (what === 'edit' || what === 'add') notes.set(Number(id), n ?? '');
    if (what === 'add') added.push(Number(id));
    if (what === 'bulk') for (let i = 0; i < Number(n); i++) added.push(Number(id) + i);
  }
  return { notes, added };
}

/** Killed between undo and redo, the last step is away as asked: redo, which survived with everything else, brings it back. */
function redoIfUndone(file: ProjectFile): void {
  const last = file.db.prepare<[], string>(`SELECT command FROM gewu_revision ORDER BY id DESC LIMIT 1`).pluck().get();
  if (last === 'history.undo') redoLatest(file, { person: '王' });
}

describe('kill -9', () => {
  it(
    'loses no acknowledged edit and leaves a file that opens, sound and alone in its folder when closed',
    { timeout: 120_000 },
    async () => {
      let total = 0;
      for (let round = 0; round < KILLS; round++) {
        const lines = await acknowledged(((round * 7919) % LONGEST_LIFE) + 1, round * 100_000);
        total += lines.length;
        const file = openProject(path, { mode: 'write', today: TODAY, person: '李静' });
        expect(file.db.pragma('integrity_check', { simple: true })).toBe('ok');
        expect(file.db.prepare(`SELECT rtreecheck('rtree_component_geom')`).pluck().get()).toBe('ok');
        expect(file.info()).toMatchObject({ readOnly: null, foreign: null });
        redoIfUndone(file);
        const { notes, added } = expected(lines);
        const read = file.db.prepare<[number], { note: string | null }>(`SELECT note FROM component WHERE id = ?`);
        for (const id of added) expect(read.get(id), `component ${id}`).toBeDefined();
        // An edit the process had begun after its last line may have been committed too: a later note is no loss.
        for (const [id, n] of notes)
          expect(Number(read.get(id)?.note), `note of ${id}`).toBeGreaterThanOrEqual(Number(n));
        const indexed = file.db.prepare(`SELECT count(*) FROM rtree_component_geom`).pluck().get();
        expect(file.db.prepare(`SELECT count(*) FROM component WHERE geom IS NOT NULL`).pluck().get()).toBe(indexed);
        file.close();
        expect(readdirSync(folder).toSorted()).toEqual(['p.backups', 'p.gpkg']);
      }
      expect(total).toBeGreaterThan(KILLS);
    },
  );
});
