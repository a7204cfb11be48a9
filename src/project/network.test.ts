import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openProject } from './open.ts';
import { TODAY, withProject } from './testing.ts';

const by = { command: 'test.edit', person: '李静' };
const far = { mode: 'write', today: TODAY, person: '李静', network: () => true } as const;
const beside = ['-wal', '-shm', '-journal'];
const left = (path: string) => beside.filter((suffix) => existsSync(path + suffix));

/** No network drive is at hand: the question is answered by the test, everything after it is the real thing. */
describe('a project on a network path', () => {
  it('is worked on without shared memory, and is one file at rest', () => {
    withProject((path) => {
      const file = openProject(path, far);
      expect(file.info()).toMatchObject({ network: true, readOnly: null });
      expect(file.db.pragma('journal_mode', { simple: true })).toBe('delete');
      file.revise(by, (tx) => tx.insert('unit', { name: '网上的单位' }));
      // Committed is in the file itself: nothing waits in a log beside it.
      expect(left(path)).toEqual([]);
      const reader = openProject(path, { mode: 'read', today: TODAY });
      expect(reader.db.prepare('SELECT name FROM unit').pluck().all()).toEqual(['网上的单位']);
      file.revise(by, (tx) => tx.insert('unit', { name: '又一个' }));
      expect(reader.db.prepare('SELECT count(*) FROM unit').pluck().get()).toBe(2);
      reader.close();
      file.close();
      expect([...left(path), ...(existsSync(`${path}.lock`) ? ['.lock'] : [])]).toEqual([]);
      const again = openProject(path, { mode: 'write', today: TODAY, person: '李静' });
      expect(again.info()).toMatchObject({ network: false, foreign: null });
      again.close();
    });
  });

  it('left in WAL mode by a crash elsewhere is brought back first', () => {
    withProject((path) => {
      const code = `import(${JSON.stringify(new URL('./open.ts', import.meta.url).href)}).then(m => {
        const f = m.openProject(${JSON.stringify(path)}, { mode: 'write', person: 'x', today: '${TODAY}' });
        f.revise(${JSON.stringify(by)}, (tx) => tx.insert('unit', { name: '断电之前' }));
        process.kill(process.pid, 'SIGKILL') })`;
      expect(spawnSync(process.execPath, ['--input-type=module', '-e', code]).signal).toBe('SIGKILL');
      expect(readFileSync(path)[18]).toBe(2);
      const file = openProject(path, far);
      expect(file.db.pragma('journal_mode', { simple: true })).toBe('delete');
      expect(file.db.prepare('SELECT name FROM unit').pluck().all()).toEqual(['断电之前']);
      file.close();
      expect(left(path)).toEqual([]);
    });
  });
});
