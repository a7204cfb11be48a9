import { describe, expect, it } from 'vitest';
import { dump } from './dump.ts';
import { openProject } from './open.ts';
import type { ProjectFile } from './project-file.ts';
import { pointBlob, TODAY, withProject } from './testing.ts';
import { redoLatest, undoBatch } from './undo.ts';

const person = '李静';
const BATCH = 7;

/** A delivery brought in by three accepts, and a later edit by hand of what the second one wrote. */
function bringIn(file: ProjectFile): void {
  file.write((db) =>
    db
      .prepare(
        `INSERT INTO gewu_batch (id, name, kind, state, at, person, files, digest) VALUES (?, '补测', 'component', 'accepted', '2026-11-01', ?, '[]', '')`,
      )
      .run(BATCH, person),
  );
  const accept = { command: 'batch.accept', person, batchId: BATCH };
  file.revise(accept, (tx) => tx.insert('component', { code: 'A', name: '井盖', geom: pointBlob(1, 1) }));
  file.revise(accept, (tx) => tx.update('component', 1, { note: '一', state: '完好' }));
  file.revise(accept, (tx) => tx.update('component', 1, { note: '二' }));
}

function within(test: (file: ProjectFile) => void): void {
  withProject((path) => {
    const file = openProject(path, { mode: 'write', today: TODAY });
    test(file);
    file.close();
  });
}

const revisions = (file: ProjectFile): number =>
  file.db.prepare<[], number>(`SELECT count(*) FROM gewu_revision`).pluck().get() ?? 0;

describe('a delivery brought in by several accepts', () => {
  it('is taken back whole, and comes again step by step', () => {
    within((file) => {
      const before = dump(file.db);
      bringIn(file);
      const after = dump(file.db);
      const done = undoBatch(file, BATCH, { person });
      expect(done.clashes).toEqual([]);
      expect(dump(file.db)).toBe(before);
      expect(file.db.prepare(`SELECT state FROM gewu_batch WHERE id = ?`).pluck().get(BATCH)).toBe('undone');
      for (let i = 0; i < 3; i++) redoLatest(file, { person });
      expect(dump(file.db)).toBe(after);
    });
  });

  it('leaves later work, and lists it once', () => {
    within((file) => {
      bringIn(file);
      file.revise({ command: 'component.update', person }, (tx) => tx.update('component', 1, { note: '手改' }));
      const done = undoBatch(file, BATCH, { person });
      expect(done.clashes.some(({ column }) => column === 'note')).toBe(true);
      expect(file.db.prepare(`SELECT note FROM component WHERE id = 1`).pluck().get()).toBe('手改');
    });
  });

  it('is taken back in one transaction: stopped half-way, nothing of it happened', () => {
    within((file) => {
      bringIn(file);
      const before = dump(file.db);
      const count = revisions(file);
      // The third revision can't be turned over: the file refuses its cells.
      file.db.exec(`CREATE TEMP TRIGGER refuse BEFORE DELETE ON component BEGIN SELECT RAISE(ABORT, 'stopped'); END`);
      expect(() => undoBatch(file, BATCH, { person })).toThrow(/stopped/u);
      file.db.exec('DROP TRIGGER refuse');
      expect(dump(file.db)).toBe(before);
      expect(revisions(file)).toBe(count);
      expect(file.db.prepare(`SELECT state FROM gewu_batch WHERE id = ?`).pluck().get(BATCH)).toBe('accepted');
      // And the file goes on working.
      expect(undoBatch(file, BATCH, { person }).clashes).toEqual([]);
    });
  });
});
