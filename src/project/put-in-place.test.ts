import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockPath, takeLock } from './lock.ts';
import { putInPlace, refuseHeldElsewhere } from './put-in-place.ts';

let folder: string;
let place: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gewu-put-'));
  place = path.join(folder, 'p.gpkg');
  writeFileSync(place, 'old');
  writeFileSync(`${place}.part`, 'new');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('putting a project in the place of another', () => {
  it('takes what a crash left of the other along, so that it is not played into the new one', () => {
    for (const suffix of ['-journal', '-wal', '-shm']) writeFileSync(place + suffix, 'left of the old one');
    putInPlace(`${place}.part`, place, '张三');
    expect(readFileSync(place, 'utf8')).toBe('new');
    expect(['-journal', '-wal', '-shm', '.lock', '.part'].filter((suffix) => existsSync(place + suffix))).toEqual([]);
  });

  it('leaves a project alone that somebody has open', () => {
    const elsewhere = { token: 't', pid: 1, started: null, host: 'another-machine', person: '李四', at: 'today' };
    writeFileSync(lockPath(place), JSON.stringify(elsewhere));
    expect(() => putInPlace(`${place}.part`, place, '张三')).toThrow(/in use by 李四 on another-machine/u);
    expect(() => refuseHeldElsewhere(place)).toThrow(/in use by 李四/u);
    expect(readFileSync(place, 'utf8')).toBe('old');
  });

  it('lets this process replace what it holds only after letting go', () => {
    const lock = takeLock(place, '张三');
    expect(() => refuseHeldElsewhere(place)).not.toThrow();
    expect(() => putInPlace(`${place}.part`, place, '张三')).toThrow(/in use/u);
    lock.release();
    putInPlace(`${place}.part`, place, '张三');
    expect(readFileSync(place, 'utf8')).toBe('new');
  });
});
