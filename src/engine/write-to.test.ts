import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeTo, type WriteContext } from './write-to.ts';

let folder: string;
let ctx: WriteContext;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gewu-write-to-'));
  writeFileSync(path.join(folder, 'p.gpkg'), 'the project');
  ctx = {
    project: { path: path.join(folder, 'p.gpkg') },
    temp: path.join(folder, 'temp'),
    files: { path: () => folder },
    newFile: (file) => ({ ref: file, name: path.basename(file) }),
  };
});
afterEach(() => rmSync(folder, { recursive: true }));

const target = (name: string, force = false) => ({
  folder: { ref: 'f', name: 'f' },
  name,
  force,
});
const file = (text: string) => (out: string) => {
  writeFileSync(out, text);
  return Promise.resolve({ files: [out], rows: 1 });
};
/** Writes a folder of one file. */
const folderOf = (name: string) => (out: string) => {
  mkdirSync(out);
  return file(name)(path.join(out, name));
};
const read = (...names: string[]) => readFileSync(path.join(folder, ...names), 'utf8');

describe('writing what a person asked for', () => {
  it('puts the file there and tells it; nothing else stays behind', async () => {
    const done = await writeTo(ctx, target('a.csv'), file('new'));
    expect(done.files.map((each) => each.ref)).toEqual([path.join(folder, 'a.csv')]);
    expect(readdirSync(folder).toSorted()).toEqual(['a.csv', 'p.gpkg']);
  });

  it('refuses an existing file, replaces it where told to, and leaves it whole on failure', async () => {
    writeFileSync(path.join(folder, 'a.csv'), 'old');
    await expect(writeTo(ctx, target('a.csv'), file('new'))).rejects.toMatchObject({ code: 'exists' });
    const failing = () => Promise.reject(new Error('no'));
    await expect(writeTo(ctx, target('a.csv', true), failing)).rejects.toThrow('no');
    expect(read('a.csv')).toBe('old');
    await writeTo(ctx, target('a.csv', true), file('new'));
    expect(read('a.csv')).toBe('new');
  });

  it('never writes over the open project, by whatever name it is reached', async () => {
    symlinkSync(path.join(folder, 'p.gpkg'), path.join(folder, 'link.gpkg'));
    for (const name of ['p.gpkg', 'link.gpkg']) {
      await expect(writeTo(ctx, target(name, true), file('new'))).rejects.toMatchObject({ code: 'refused' });
      await expect(writeTo(ctx, target(name, true), folderOf('a.csv'))).rejects.toMatchObject({ code: 'refused' });
    }
    expect(read('p.gpkg')).toBe('the project');
  });

  it('keeps what else lies in a folder it writes into', async () => {
    mkdirSync(path.join(folder, 'out'));
    writeFileSync(path.join(folder, 'out', 'mine.txt'), 'mine');
    writeFileSync(path.join(folder, 'out', 'a.csv'), 'old');
    await expect(writeTo(ctx, target('out'), folderOf('a.csv'))).rejects.toMatchObject({ code: 'exists' });
    await writeTo(ctx, target('out', true), folderOf('a.csv'));
    expect([read('out', 'mine.txt'), read('out', 'a.csv')]).toEqual(['mine', 'a.csv']);
  });

  it('puts no folder in the place of a file, and no file in the place of a folder', async () => {
    writeFileSync(path.join(folder, 'thesis'), 'mine');
    await expect(writeTo(ctx, target('thesis', true), folderOf('a.csv'))).rejects.toMatchObject({ code: 'exists' });
    expect(read('thesis')).toBe('mine');
    mkdirSync(path.join(folder, 'photos'));
    await expect(writeTo(ctx, target('photos', true), file('new'))).rejects.toMatchObject({ code: 'exists' });
    expect(existsSync(path.join(folder, 'photos'))).toBe(true);
  });
});
