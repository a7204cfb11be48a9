import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from './lock.mjs';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gewu-lock-'));
  file = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

const quiet = () => undefined;

describe('withLock', () => {
  it('lets one in at a time and tells who waits that they wait', async () => {
    const seen: string[] = [];
    const enter = (who: string) =>
      withLock(
        file,
        () => seen.push(`${who} waits`),
        async () => {
          seen.push(`${who} in`);
          await pause(50);
          seen.push(`${who} out`);
        },
      );
    await Promise.all([enter('a'), enter('b')]);
    expect(seen).toEqual(['a in', 'b waits', 'a out', 'b in', 'b out']);
    expect(existsSync(file)).toBe(false);
  });

  it('is free again when the work fails', async () => {
    await expect(withLock(file, quiet, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(file)).toBe(false);
  });

  it('takes over the lock of a process that is gone, one at a time', async () => {
    const gone = spawnSync(process.execPath, ['-e', '0']).pid;
    writeFileSync(file, String(gone));
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await pause(20);
      inside--;
    };
    await Promise.all(Array.from({ length: 5 }, () => withLock(file, quiet, work)));
    expect(most).toBe(1);
    expect(existsSync(file)).toBe(false);
  });

  it('takes over an unreadable lock once it is old', async () => {
    writeFileSync(file, '');
    utimesSync(file, 0, 0);
    let entered = false;
    await withLock(file, quiet, async () => void (entered = true));
    expect(entered).toBe(true);
  });
});
