import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { bytesSource } from '../src/formats/file-source.ts';
import type { DeliveredFile, FileGroup, SourceRow, SourceTable } from '../src/formats/format.ts';
import { splitName } from '../src/formats/names.ts';

/** A folder for the files of one test file, removed at its end. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gewu-formats-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** One delivered file from bytes or text. */
export function delivered(name: string, content: Uint8Array | string): DeliveredFile {
  return { name, bytes: bytesSource(typeof content === 'string' ? Buffer.from(content) : content) };
}

/** All files of a folder whose name begins with `prefix`, as delivered. */
export function deliveredFolder(folder: string, prefix = ''): DeliveredFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.startsWith(prefix))
    .map(({ name }) => delivered(name, readFileSync(join(folder, name))));
}

/** Files that belong together, as a group. */
export function groupOf(...files: DeliveredFile[]): FileGroup {
  const name = splitName(files[0]?.name ?? '').base;
  return { name, files: new Map(files.map((file) => [splitName(file.name).extension, file])) };
}

/** All rows of a table. */
export async function allRows(table: SourceTable | undefined): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  if (table) for await (const block of table.blocks()) rows.push(...block);
  return rows;
}

/** Runs a GDAL program and gives what it printed. Fails with a sentence where GDAL is not installed. */
export function gdal(program: 'ogrinfo' | 'ogr2ogr', ...args: string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new Error(`${program} is not installed; this test needs GDAL (Debian: apt install gdal-bin)`, {
        cause: error,
      });
    throw error;
  }
}

/** A small repeatable sequence of numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
