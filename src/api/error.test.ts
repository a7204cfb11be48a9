import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GewuError, toWireError } from './error.ts';

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** As SQLite's driver throws. */
function sqlite(code: string): Error {
  return Object.assign(new Error(`message of ${code}`), { name: 'SqliteError', code });
}

describe('errors on the wire', () => {
  it('keep code and data of our own rooms', () => {
    expect(toWireError(new GewuError('busy', 'Wait.', { method: 'x' }))).toEqual({
      code: 'busy',
      message: 'Wait.',
      data: { method: 'x' },
    });
  });

  it('say what the system refuses in a sentence', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    expect(toWireError(full)).toMatchObject({ code: 'disk-full' });
    const denied = Object.assign(new Error("EACCES: permission denied, open '/a'"), { code: 'EACCES', path: '/a' });
    expect(toWireError(denied)).toMatchObject({ code: 'no-access', data: { path: '/a' } });
    expect(toWireError(sqlite('SQLITE_BUSY'))).toMatchObject({ code: 'in-use' });
    expect(toWireError(sqlite('SQLITE_CORRUPT'))).toMatchObject({ code: 'damaged' });
  });

  it('are faults otherwise, whatever code a foreign error carries', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'gewu-error-'));
    mkdirSync(path.join(folder, 'a'));
    const errors = [
      thrownBy(() => readFileSync(path.join(folder, 'a'))),
      thrownBy(() => Buffer.alloc(-1)),
      sqlite('SQLITE_ERROR'),
      new TypeError('x is undefined'),
      'a text',
    ];
    rmSync(folder, { recursive: true });
    expect(errors.map((error) => toWireError(error).code)).toEqual(errors.map(() => 'fault'));
  });
});
