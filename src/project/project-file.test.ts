import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dump } from './dump.ts';
import { openProject } from './open.ts';
import type { ProjectFile } from './project-file.ts';
import { gridCode, pointBlob, squareBlob, TODAY, withProject } from './testing.ts';
import { redoLatest, undoBatch, undoLatest, undoRevision } from './undo.ts';

const by = { command: 'test.edit', person: '李静' };

function open(path: string): ProjectFile {
  return openProject(path, { mode: 'write', today: TODAY, person: '李静' });
}
function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
  return 'nothing thrown';
}

/** Two grids side by side, a unit, and a component in the first grid. */
function furnish(file: ProjectFile): { a: number; b: number; unit: number; cover: number } {
  return file.revise(by, (tx) => {
    const a = tx.insert('unit_grid', {
      code: gridCode(1),
      community_code: '110108001001',
      geom: squareBlob(0, 0, 100),
    });
    const b = tx.insert('unit_grid', {
      code: gridCode(2),
      community_code: '110108001001',
      geom: squareBlob(100, 0, 100),
    });
    const unit = tx.insert('unit', { name: '区水务局' });
    const cover = tx.insert('component', { code: '11010801001000001', class_code: '01001', geom: pointBlob(50, 50) });
    return { a, b, unit, cover };
  }).value;
}
function component(file: ProjectFile, id: number): Record<string, unknown> {
  return file.db.prepare<[number], Record<string, unknown>>(`SELECT * FROM component WHERE id = ?`).get(id) ?? {};
}

describe('a revision', () => {
  it('derives place, area and clarity in the same transaction', () => {
    withProject((path) => {
      const file = open(path);
      const { a, b, unit, cover } = furnish(file);
      expect(component(file, cover)).toMatchObject({
        grid_id: a,
        street_code: '110108001',
        community_code: '110108001001',
        clarity: 'unclear',
        confirmation: 'unconfirmed',
      });
      expect(file.db.prepare(`SELECT area_m2, street_code FROM unit_grid WHERE id = ?`).get(a)).toEqual({
        area_m2: 10_000,
        street_code: '110108001',
      });
      const roles = { supervisor_id: unit, owner_id: unit, maintainer_id: unit, responsible_id: unit };
      file.revise(by, (tx) => tx.update('component', cover, roles));
      expect(component(file, cover)['clarity']).toBe('partial');
      file.revise(by, (tx) => tx.update('component', cover, { confirmation: 'confirmed', geom: pointBlob(100, 50) }));
      expect(component(file, cover)).toMatchObject({ clarity: 'clear', grid_id: a });
      const moved = file.revise(by, (tx) => tx.update('component', cover, { geom: pointBlob(101, 50) }));
      expect(moved.moved).toEqual([{ id: cover, from: a, to: b }]);
      file.revise(by, (tx) => tx.update('unit', unit, { valid_to: '2026-11-22' }));
      expect(component(file, cover)['clarity']).toBe('unclear');
      const retired = file.revise(by, (tx) => tx.update('unit_grid', b, { status: 'retired' }));
      expect(retired.changed.get('component')).toEqual([cover]);
      expect(component(file, cover)).toMatchObject({ grid_id: null, street_code: null });
      file.close();
    });
  });

  it('is none when nothing really differs, and none is kept when the work throws', () => {
    withProject((path) => {
      const file = open(path);
      const { cover } = furnish(file);
      const before = dump(file.db);
      expect(file.revise(by, (tx) => tx.update('component', cover, { class_code: '01001' })).revision).toBeNull();
      expect(() =>
        file.revise(by, (tx) => {
          tx.update('component', cover, { name: '井盖' });
          throw new Error('half way');
        }),
      ).toThrow('half way');
      expect(dump(file.db)).toBe(before);
      expect(file.info().revision).toBe(1);
      file.close();
    });
  });

  it('refuses a blank person, links to nothing, deletion of features, and numbers that are no dates', () => {
    withProject((path) => {
      const file = open(path);
      const { cover } = furnish(file);
      const edit = (cells: Record<string, string | number>) => () =>
        file.revise(by, (tx) => tx.update('component', cover, cells));
      expect(codeOf(() => file.revise({ ...by, person: ' ' }, () => 0))).toBe('input');
      expect(codeOf(edit({ owner_id: 99 }))).toBe('refused');
      expect(codeOf(edit({ surveyed_on: '2026' }))).toBe('input');
      expect(codeOf(edit({ clarity: 'clear' }))).toBe('input');
      expect(codeOf(() => file.revise(by, (tx) => tx.remove('component', cover)))).toBe('refused');
      expect(codeOf(() => file.revise(by, (tx) => tx.insert('unit_grid', { code: gridCode(1) })))).toBe('refused');
      file.close();
    });
  });

  it('issues the next code ever, leaving holes after undo', () => {
    withProject((path) => {
      const file = open(path);
      furnish(file);
      const issue = () =>
        file.revise(by, (tx) => tx.insert('unit_grid', { code: tx.issueCode('unit_grid', '110108001001') }));
      issue();
      undoLatest(file, { person: '李静' });
      issue();
      const codes = file.db.prepare(`SELECT code FROM unit_grid ORDER BY code`).pluck().all();
      expect(codes).toEqual([gridCode(1), gridCode(2), gridCode(4)]);
      expect(file.revise(by, (tx) => tx.issueCode('component', '11010801001')).value).toBe('11010801001000002');
      file.revise(by, (tx) => tx.noteCode('unit_grid', '110108001001999'));
      expect(codeOf(issue)).toBe('codes-exhausted');
      file.close();
    });
  });
});

describe('undo and redo', () => {
  it('come back after closing, byte for byte, with the same ids', () => {
    withProject((path) => {
      let file = open(path);
      const empty = dump(file.db);
      const { cover } = furnish(file);
      const furnished = dump(file.db);
      file.revise(by, (tx) => tx.update('component', cover, { geom: pointBlob(150, 50), name: '井盖' }));
      const edited = dump(file.db);
      file.close();
      file = open(path);
      undoLatest(file, { person: '王' });
      expect(dump(file.db)).toBe(furnished);
      undoLatest(file, { person: '王' });
      expect(dump(file.db)).toBe(empty);
      file.close();
      file = open(path);
      redoLatest(file, { person: '王' });
      expect(dump(file.db)).toBe(furnished);
      redoLatest(file, { person: '王' });
      expect(dump(file.db)).toBe(edited);
      expect(codeOf(() => redoLatest(file, { person: '王' }))).toBe('refused');
      file.close();
    });
  });

  it('leaves cells a later revision changed, names them, and brings the rest back', () => {
    withProject((path) => {
      const file = open(path);
      const { cover } = furnish(file);
      const first = file.revise(by, (tx) => tx.update('component', cover, { name: 'A', note: 'x' }));
      const second = file.revise(by, (tx) => tx.update('component', cover, { name: 'B' }));
      const done = undoRevision(file, first.revision ?? 0, { person: '王' });
      expect(done.clashes).toEqual([
        { layer: 'component', id: cover, column: 'name', was: null, now: 'B', revision: second.revision },
      ]);
      expect(component(file, cover)).toMatchObject({ name: 'B', note: null });
      undoRevision(file, done.revision ?? 0, { person: '王' });
      undoRevision(file, first.revision ?? 0, { person: '王', force: true });
      expect(component(file, cover)).toMatchObject({ name: null, note: null });
      expect(codeOf(() => undoRevision(file, first.revision ?? 0, { person: '王' }))).toBe('refused');
      file.close();
    });
  });

  it('takes nothing back when it was to be the whole and a cell clashes', () => {
    withProject((path) => {
      const file = open(path);
      const { cover } = furnish(file);
      const first = file.revise(by, (tx) => tx.update('component', cover, { name: 'A', note: 'x' }));
      const second = file.revise(by, (tx) => tx.update('component', cover, { name: 'B' }));
      const before = dump(file.db);
      const whole = { person: '王', whole: true };
      expect(codeOf(() => undoRevision(file, first.revision ?? 0, whole))).toBe('clashes');
      expect(dump(file.db)).toBe(before);
      expect(undoRevision(file, second.revision ?? 0, whole).clashes).toEqual([]);
      expect(component(file, cover)).toMatchObject({ name: 'A', note: 'x' });
      file.close();
    });
  });

  it('takes back a batch but keeps work done since, and rows others point at', () => {
    withProject((path) => {
      const file = open(path);
      const ids = file.revise({ ...by, batchId: 7 }, (tx) => [
        tx.insert('component', { code: 'a' }),
        tx.insert('component', { code: 'b' }),
        tx.insert('component', { code: 'c' }),
        tx.insert('unit', { name: '甲' }),
      ]).value;
      const [a = 0, b = 0, c = 0, unit = 0] = ids;
      file.revise(by, (tx) => tx.update('component', b, { note: 'seen' }));
      const other = file.revise(by, (tx) => tx.insert('component', { code: 'd', owner_id: unit })).value;
      const done = undoBatch(file, 7, { person: '王' });
      expect(done.clashes.map((clash) => [clash.layer, clash.id, clash.column])).toEqual([
        ['component', b, 'note'],
        ['component', other, 'owner_id'],
      ]);
      expect(component(file, a)).toEqual({});
      expect(component(file, c)).toEqual({});
      expect(component(file, b)).toMatchObject({ code: 'b', note: 'seen' });
      expect(component(file, other)['owner_id']).toBe(unit);
      file.close();
    });
  });

  it('keeps to the window it is asked for', () => {
    withProject((path) => {
      const file = open(path);
      const { cover } = furnish(file);
      file.revise({ ...by, window: 'one' }, (tx) => tx.update('component', cover, { name: 'A' }));
      file.revise({ ...by, window: 'two' }, (tx) => tx.update('component', cover, { note: 'B' }));
      undoLatest(file, { person: '王', window: 'one' });
      expect(component(file, cover)).toMatchObject({ name: null, note: 'B' });
      expect(codeOf(() => redoLatest(file, { person: '王', window: 'two' }))).toBe('refused');
      redoLatest(file, { person: '王', window: 'one' });
      expect(component(file, cover)).toMatchObject({ name: 'A', note: 'B' });
      file.close();
    });
  });
});

describe('bulk writing', () => {
  it('keeps triggers, R-tree and digests true', () => {
    withProject((path) => {
      let file = open(path);
      furnish(file);
      const triggers = () =>
        file.db.prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name`).all();
      const before = triggers();
      file.revise(by, (tx) => {
        for (let i = 0; i < 1500; i++)
          tx.insert('component', { code: `x${i}`, geom: pointBlob(i % 200, (i * 7) % 100) });
      });
      expect(triggers()).toEqual(before);
      const boxes = file.db.prepare(`SELECT count(*) FROM rtree_component_geom`).pluck().get();
      expect(boxes).toBe(1501);
      expect(file.db.prepare(`SELECT rtreecheck('rtree_component_geom')`).pluck().get()).toBe('ok');
      expect(file.db.prepare(`SELECT count(*) FROM component WHERE grid_id IS NULL`).pluck().get()).toBe(0);
      file.close();
      file = open(path);
      expect(file.info().foreign).toBeNull();
      undoLatest(file, { person: '王' });
      expect(file.db.prepare(`SELECT count(*) FROM rtree_component_geom`).pluck().get()).toBe(1);
      file.close();
    });
  });
});

describe('a closed project', () => {
  it('is one file', () => {
    withProject((path, folder) => {
      const file = open(path);
      const reader = openProject(path, { mode: 'read', today: TODAY });
      furnish(file);
      expect(reader.info().counts.component).toBe(1);
      expect(existsSync(`${path}-wal`)).toBe(true);
      reader.close();
      file.close();
      expect(readdirSync(folder).filter((name) => !name.endsWith('.backups'))).toEqual(['p.gpkg']);
      const again = open(path);
      expect(again.info().foreign).toBeNull();
      again.close();
    });
  });
});

describe('another day', () => {
  it('brings clarity to itself, at opening and while open', () => {
    withProject((path) => {
      let file = open(path);
      const { unit, cover } = furnish(file);
      const roles = { supervisor_id: unit, owner_id: unit, maintainer_id: unit, responsible_id: unit };
      file.revise(by, (tx) => {
        tx.update('unit', unit, { valid_to: '2026-12-31' });
        tx.update('component', cover, { ...roles, confirmation: 'confirmed' });
      });
      expect(component(file, cover)['clarity']).toBe('clear');
      file.newDay('2027-01-01');
      expect(component(file, cover)['clarity']).toBe('unclear');
      file.close();
      file = openProject(path, { mode: 'write', today: '2026-12-31' });
      expect(component(file, cover)['clarity']).toBe('clear');
      expect(file.info()).toMatchObject({ clarityOn: '2026-12-31', foreign: null });
      file.close();
    });
  });
});
