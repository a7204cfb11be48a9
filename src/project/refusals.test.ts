import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createProject } from './create.ts';
import { dump } from './dump.ts';
import { ProjectError } from './error.ts';
import { lockPath, takeLock } from './lock.ts';
import { onNetworkMount, parseMounts } from './media.ts';
import { openProject } from './open.ts';
import { saveClean } from './save-clean.ts';
import { newProject, pointBlob, TODAY, withProject } from './testing.ts';

const by = { command: 'test.edit', person: '李静' };
const write = { mode: 'write', today: TODAY, person: '李静' } as const;

function refusal(run: () => unknown): { code: string; reason: unknown; message: string; data: ProjectError['data'] } {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return { code: error.code, reason: error.data['reason'], message: error.message, data: error.data };
  }
  throw new Error('nothing was refused');
}

describe('a file that is not ours', () => {
  it.each([
    ['folder', (path: string) => mkdirSync(path)],
    ['empty', (path: string) => writeFileSync(path, '')],
    ['not-sqlite', (path: string) => writeFileSync(path, 'PK\u0003\u0004 a zip that says it is a project')],
    ['not-sqlite', (path: string) => writeFileSync(path, Buffer.alloc(8192, 0x5a))],
    ['not-geopackage', (path: string) => new Database(path).exec('CREATE TABLE t (a)').close()],
    [
      'foreign-geopackage',
      (path: string) => {
        const db = new Database(path);
        db.pragma('application_id = 0x47504b47');
        db.exec('CREATE TABLE gpkg_contents (table_name TEXT)').close();
      },
    ],
  ])('is refused in one sentence: %s', (reason, make) => {
    withProject((_, folder) => {
      const path = join(folder, 'other.gpkg');
      make(path);
      for (const mode of ['write', 'read'] as const) {
        const refused = refusal(() => openProject(path, { mode, today: TODAY }));
        expect(refused).toMatchObject({ code: 'not-a-project', reason });
        expect(refused.message).toMatch(/^[^\n]*\.$/u);
      }
    });
  });

  it('is refused when it is cut short, damaged, newer, or not there', () => {
    withProject((path, folder) => {
      const copy = join(folder, 'copy.gpkg');
      copyFileSync(path, copy);
      truncateSync(copy, 20_000);
      expect(refusal(() => openProject(copy, write))).toMatchObject({ code: 'not-a-project', reason: 'truncated' });
      const bytes = readFileSync(path);
      bytes.fill(0xff, 200, 4000);
      writeFileSync(copy, bytes);
      expect(refusal(() => openProject(copy, write))).toMatchObject({ code: 'not-a-project', reason: 'damaged' });
      copyFileSync(path, copy);
      const db = new Database(copy);
      db.exec(`UPDATE gewu_meta SET value = '99' WHERE key = 'schema_version'`).close();
      expect(refusal(() => openProject(copy, write)).code).toBe('newer-file');
      copyFileSync(path, copy);
      new Database(copy).exec(`DROP TABLE street`).close();
      expect(refusal(() => openProject(copy, write))).toMatchObject({ code: 'not-a-project', reason: 'damaged' });
      expect(refusal(() => openProject(join(folder, 'none.gpkg'), write)).code).toBe('not-found');
    });
  });
});

describe('a new project', () => {
  it('leaves an existing file whole, refuses degrees, and unknown places', () => {
    withProject((path, folder) => {
      const before = readFileSync(path);
      expect(refusal(() => createProject(path, newProject())).code).toBe('exists');
      const bad = newProject({ crs: 'EPSG:4490', force: true });
      expect(refusal(() => createProject(path, bad)).code).toBe('crs-refused');
      expect(refusal(() => createProject(join(folder, 'none', 'p.gpkg'), newProject())).code).toBe('not-found');
      expect(readFileSync(path).equals(before)).toBe(true);
    });
  });
});

describe('a trigger that is not ours', () => {
  it('opens the project for reading only, names it, and a cleaned copy goes on', () => {
    withProject((path, folder) => {
      const db = new Database(path);
      db.exec(`CREATE TRIGGER evil AFTER UPDATE ON unit BEGIN DELETE FROM component; END`);
      db.exec(`CREATE VIEW spy AS SELECT * FROM unit`);
      db.close();
      const file = openProject(path, write);
      expect(file.info().readOnly).toMatchObject({ code: 'unknown-trigger', data: { names: ['evil', 'spy'] } });
      expect(refusal(() => file.revise(by, (tx) => tx.insert('unit', { name: 'x' }))).code).toBe('read-only');
      const clean = join(folder, 'clean.gpkg');
      saveClean(file, clean);
      expect(dump(file.db)).toContain('供水井盖');
      file.close();
      const again = openProject(clean, write);
      expect(again.info().readOnly).toBeNull();
      again.revise(by, (tx) => tx.insert('unit', { name: 'x' }));
      again.close();
    });
  });
});

describe('a second process', () => {
  it('is told who has the project; a lock of a dead one counts for nothing', () => {
    withProject((path) => {
      const file = openProject(path, write);
      expect(refusal(() => takeLock(path, '王'))).toMatchObject({ code: 'in-use' });
      expect(refusal(() => openProject(path, write)).message).toContain('李静');
      const code = `import(${JSON.stringify(new URL('./open.ts', import.meta.url).href)}).then(m => {
        try { m.openProject(${JSON.stringify(path)}, { mode: 'read', today: '${TODAY}' }); console.log('opened') }
        catch (e) { console.log(e.code) } })`;
      const other = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
      expect(other.stdout.trim()).toBe('in-use');
      file.close();
      const gone = spawnSync(process.execPath, ['-e', '0']).pid;
      writeFileSync(
        lockPath(path),
        JSON.stringify({ token: 'x', pid: gone, started: null, host: hostOf(path), person: 'x', at: 'x' }),
      );
      openProject(path, write).close();
      expect(() => readFileSync(lockPath(path))).toThrow('ENOENT');
    });
  });
});

describe('a lock of another computer', () => {
  const elsewhere = {
    token: 'x',
    pid: 4711,
    started: null,
    host: 'office-2',
    person: '王工',
    at: '2026-11-02T08:00:00Z',
  };
  const leave = (path: string, seen: Date) => {
    writeFileSync(lockPath(path), JSON.stringify(elsewhere));
    utimesSync(lockPath(path), seen, seen);
  };
  const longAgo = () => new Date(Date.now() - 3_600_000);

  it('is told with its last sign of life, and taken over only when that is long ago and a person says so', () => {
    withProject((path) => {
      leave(path, new Date());
      const alive = refusal(() => openProject(path, { ...write, takeOver: true }));
      expect(alive).toMatchObject({ code: 'in-use', data: { reason: 'elsewhere', person: '王工', quiet: false } });
      leave(path, longAgo());
      const asked = refusal(() => openProject(path, write));
      expect(asked).toMatchObject({ code: 'in-use', data: { reason: 'quiet', host: 'office-2', quiet: true } });
      expect(asked.message).toContain('--take-over');
      const file = openProject(path, { ...write, takeOver: true });
      file.revise(by, (tx) => tx.insert('unit', { name: 'x' }));
      file.close();
      expect(existsSync(lockPath(path))).toBe(false);
    });
  });

  it('is left alone by who only reads beside it', () => {
    withProject((path) => {
      leave(path, new Date());
      const before = readFileSync(path);
      const file = openProject(path, { ...write, beside: true });
      expect(file.info().readOnly).toMatchObject({ code: 'opened-beside', data: { person: '王工' } });
      expect(refusal(() => file.revise(by, (tx) => tx.insert('unit', { name: 'x' })))).toMatchObject({
        code: 'read-only',
        data: { reason: 'opened-beside' },
      });
      file.close();
      expect(readFileSync(path).equals(before)).toBe(true);
      expect(JSON.parse(readFileSync(lockPath(path), 'utf8'))).toEqual(elsewhere);
    });
  });

  it('is no help to who was taken over from: nothing more is written, and the new lock stays', () => {
    withProject((path) => {
      const file = openProject(path, write);
      leave(path, new Date());
      expect(refusal(() => file.revise(by, (tx) => tx.insert('unit', { name: 'x' })))).toMatchObject({
        code: 'in-use',
        data: { reason: 'taken-over' },
      });
      file.close();
      expect(existsSync(lockPath(path))).toBe(true);
    });
  });

  it('never gives way on this computer while its process lives', () => {
    withProject((path) => {
      const file = openProject(path, write);
      utimesSync(lockPath(path), longAgo(), longAgo());
      expect(refusal(() => takeLock(path, '王', true))).toMatchObject({ code: 'in-use', data: { elsewhere: false } });
      file.revise(by, (tx) => tx.insert('unit', { name: 'seen beside' }));
      const code = `import(${JSON.stringify(new URL('./open.ts', import.meta.url).href)}).then(m => {
        const f = m.openProject(${JSON.stringify(path)}, { mode: 'write', beside: true, today: '${TODAY}' });
        console.log(f.db.prepare("SELECT name FROM unit").pluck().all().join(), f.info().readOnly.code); f.close() })`;
      const other = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
      expect(other.stdout.trim()).toBe('seen beside opened-beside');
      file.revise(by, (tx) => tx.insert('unit', { name: 'x' }));
      file.close();
    });
  });
});

/** The name this machine writes into its locks. */
function hostOf(path: string): string {
  const lock = takeLock(`${path}.other`, 'x');
  const { host } = JSON.parse(readFileSync(lockPath(`${path}.other`), 'utf8')) as { host: string };
  lock.release();
  return host;
}

describe('a full disk', () => {
  it('refuses the change before it starts', () => {
    withProject((path) => {
      let free = 1e9;
      const file = openProject(path, { ...write, free: () => free });
      file.revise(by, (tx) => tx.insert('component', { code: 'a', geom: pointBlob(1, 1) }));
      const before = dump(file.db);
      free = 1000;
      expect(refusal(() => file.revise(by, (tx) => tx.insert('component', { code: 'b' }))).code).toBe('disk-full');
      expect(dump(file.db)).toBe(before);
      file.close();
    });
  });

  it('does not keep what a stopped job left', () => {
    withProject((path) => {
      let free = 1e9;
      const file = openProject(path, { ...write, free: () => free });
      const insert = `INSERT INTO gewu_meta (key, value) VALUES ('left', 'over')`;
      file.write((db) => db.exec(insert));
      free = 1000;
      expect(refusal(() => file.write((db) => db.exec(insert))).code).toBe('disk-full');
      file.tidy((db) => db.exec(`DELETE FROM gewu_meta WHERE key = 'left'`));
      expect(file.setting('left')).toBeNull();
      file.close();
    });
  });
});

describe('network paths', () => {
  it('are told by the mount that holds the file', () => {
    const mounts = parseMounts(
      [
        '/dev/sda1 / ext4 rw 0 0',
        'srv:/x /mnt/nas nfs4 rw 0 0',
        '//srv/y /mnt/共享\\040盘 cifs rw 0 0',
        'x /home/li/.stick fuse.sshfs rw 0 0',
      ].join('\n'),
    );
    expect(onNetworkMount('/home/li/p', mounts)).toBe(false);
    expect(onNetworkMount('/mnt/nas/deep/er', mounts)).toBe(true);
    expect(onNetworkMount('/mnt/nasty', mounts)).toBe(false);
    expect(onNetworkMount('/mnt/共享 盘', mounts)).toBe(true);
    expect(onNetworkMount('/home/li/.stick', mounts)).toBe(true);
  });
});
