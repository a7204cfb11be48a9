import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from '../setup/child.mjs';
import { root } from '../setup/paths.mjs';
import { tallyFile, type Tally } from './tally.ts';

/** Runs vitest with the given arguments. A run that ends without a tally has failed, whatever its exit code. */
export async function runTests(args: string[]): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'gewu-tally-'));
  const file = join(folder, 'tally.json');
  try {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const reporters = ['--reporter=default', `--reporter=${join(root, 'tools/test/tally.ts')}`];
    const code = await runChild(process.execPath, [...process.execArgv, vitest, 'run', ...reporters, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, [tallyFile]: file },
    });
    if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [] };
    const tally = JSON.parse(readFileSync(file, 'utf8')) as Tally;
    return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The only tests that may be skipped need files that are not part of the repository, and say so in their names. */
export function unexcused(tally: Tally): string[] {
  return tally.skipped.filter((name) => !/(^|[\s>])corpus: /.test(name));
}
