import { readdirSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { backupFolder, backUpNow, listBackups, restoreBackup } from './backup.ts';
import { dump } from './dump.ts';
import { migrate, MIGRATIONS } from './migrations/index.ts';
import { openProject } from './open.ts';
import { SCHEMA_VERSION } from './schema/schema.ts';
import { TODAY, withProject } from './testing.ts';

const by = { command: 'test.edit', person: '李静' };
const write = { mode: 'write', person: '李静' } as const;

describe('backups', () => {
  it('are made before the first change of a day, and only then', () => {
    withProject((path) => {
      const first = openProject(path, { ...write, today: TODAY });
      expect(listBackups(path)).toEqual([]);
      const empty = dump(first.db);
      first.revise(by, (tx) => tx.insert('unit', { name: '甲' }));
      first.revise(by, (tx) => tx.insert('unit', { name: '乙' }));
      expect(listBackups(path).map((backup) => backup.reason)).toEqual(['daily']);
      const copy = new Database(listBackups(path)[0]?.path ?? '', { readonly: true });
      expect(dump(copy)).toBe(empty);
      copy.close();
      first.close();
      const again = openProject(path, { ...write, today: TODAY });
      again.revise(by, (tx) => tx.insert('unit', { name: '丙' }));
      expect(listBackups(path)).toHaveLength(1);
      again.close();
      const next = openProject(path, { ...write, today: '2026-11-24' });
      next.revise(by, (tx) => tx.insert('unit', { name: '丁' }));
      expect(listBackups(path).map((backup) => backup.at.slice(0, 10))).toEqual(['2026-11-24', TODAY]);
      next.close();
    });
  });

  it('keep to the last ten, and one can be put back while what was there is kept', () => {
    withProject((path) => {
      const file = openProject(path, { ...write, today: TODAY });
      const empty = dump(file.db);
      for (let day = 10; day < 22; day++) backUpNow(file.db, path, 'daily', `2026-10-${day}`);
      expect(readdirSync(backupFolder(path))).toHaveLength(10);
      file.revise(by, (tx) => tx.insert('unit', { name: '甲' }));
      const full = dump(file.db);
      file.close();
      const oldest = listBackups(path).at(-1)?.path ?? '';
      restoreBackup(path, oldest, TODAY);
      const restored = openProject(path, { ...write, today: TODAY });
      expect(dump(restored.db)).toBe(empty);
      expect(restored.info()).toMatchObject({ foreign: null, readOnly: null });
      restored.close();
      const kept = listBackups(path).find((backup) => backup.reason === 'restore');
      const copy = new Database(kept?.path ?? '', { readonly: true });
      expect(dump(copy)).toBe(full);
      copy.close();
    });
  });
});

describe('migrations', () => {
  it('reach the layout this program writes, step by step', () => {
    expect(MIGRATIONS.map((step) => step.to)).toEqual(Array.from({ length: SCHEMA_VERSION - 1 }, (_, at) => at + 2));
    const db = new Database(':memory:');
    const ran: number[] = [];
    const steps = [2, 3, 4].map((to) => ({ to, run: () => ran.push(to) }));
    expect(migrate(db, 2, steps)).toBe(4);
    expect(ran).toEqual([3, 4]);
    expect(() => migrate(db, 1, steps.slice(1))).toThrow('layout 3');
  });

  it('ask before an older file is changed', () => {
    withProject((path) => {
      const db = new Database(path);
      db.exec(`UPDATE gewu_meta SET value = '0' WHERE key = 'schema_version'`).close();
      expect(() => openProject(path, { ...write, today: TODAY })).toThrow('which version');
    });
  });
});
