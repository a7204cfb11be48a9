import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../root.ts';

/** Compiles one line as if it stood in a room and answers what the compiler says about it. */
function compile(project: string, line: string): string {
  const folder = mkdtempSync(join(root, 'node_modules', '.gewu-types-'));
  try {
    writeFileSync(join(folder, 'a.ts'), `export {};\n${line}\n`);
    const settings = { extends: relative(folder, join(root, project)), include: ['a.ts'], exclude: [] };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ ...settings, compilerOptions: { incremental: false } }),
    );
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    return spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8', cwd: root }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('what does not belong in a room does not compile there', () => {
  it.each([
    ['src/tsconfig.core.json', 'window.alert(1);', "'window'"],
    ['src/tsconfig.core.json', 'document.title = "";', "'document'"],
    ['src/model/tsconfig.json', 'window.alert(1);', "'window'"],
    ['src/model/tsconfig.json', 'process.exit(1);', "'process'"],
    ['src/model/tsconfig.json', 'setTimeout(() => undefined, 1);', "'setTimeout'"],
    ['src/model/tsconfig.json', "import 'node:fs';", "'node:fs'"],
    ['src/ui/tsconfig.json', 'process.exit(1);', "'process'"],
    ['src/ui/tsconfig.json', "import 'node:fs';", "'node:fs'"],
    ['electron/tsconfig.json', 'window.alert(1);', "'window'"],
  ])('%s: %s', (project, line, named) => {
    expect(compile(project, line)).toMatch(new RegExp(`a\\.ts\\(2,\\d+\\): error TS\\d+: .*${named}`));
  });

  it.each([
    ['src/tsconfig.core.json', 'process.exit(1);'],
    ['src/model/tsconfig.json', 'Math.hypot(3, 4);'],
    ['src/ui/tsconfig.json', 'window.alert(1);'],
  ])('and what does, does: %s: %s', (project, line) => {
    expect(compile(project, line)).toBe('');
  });

  it.each([
    ['an index may miss', 'const x: number = [1][0];'],
    ['optional is not undefined', 'const x: { a?: number } = { a: undefined }; x;'],
    ['no enums', 'export enum E { a }'],
    ['nothing is any by itself', 'export const f = (x) => x;'],
  ])('every strict flag is on: %s', (_, line) => {
    expect(compile('src/tsconfig.core.json', line)).toContain('error TS');
  });
});
