import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unexcused } from '../../tools/test/run-tests.ts';
import { tallyFile, type Tally } from '../../tools/test/tally.ts';
import { root } from '../root.ts';

/** Runs vitest itself over the given test files and answers its tally; null when it left none. */
function tallyOf(files: Record<string, string>): Tally | null {
  // Inside node_modules, so that `vitest` is found and the run of the house does not find these files.
  const folder = mkdtempSync(join(root, 'node_modules', '.gewu-tally-'));
  try {
    writeFileSync(join(folder, 'vitest.config.ts'), 'export default { test: { exclude: [] } };\n');
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(folder, name), `import { it, expect } from 'vitest';\n${text}\n`);
    }
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const reporter = `--reporter=${join(root, 'tools/test/tally.ts')}`;
    const file = join(folder, 'tally.json');
    const env = { ...process.env, [tallyFile]: file };
    spawnSync(process.execPath, [vitest, 'run', '--root', folder, reporter], { cwd: folder, env, stdio: 'ignore' });
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Tally) : null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the closing line counts', () => {
  it('passed, failed, skipped, and a file that does not load as failed', () => {
    const tally = tallyOf({
      'a.test.ts': `it('fine', () => expect(1).toBe(1)); it('wrong', () => expect(1).toBe(2)); it.skipIf(true)('left', () => {});`,
      'b.test.ts': `throw new Error('does not load');`,
    });
    expect(tally).toEqual({ passed: 1, failed: 2, skipped: ['left'] });
  });

  it('an error outside of any test as failed', () => {
    const tally = tallyOf({ 'a.test.ts': `it('fine', () => { void Promise.reject(new Error('loose')); });` });
    expect(tally).toEqual({ passed: 1, failed: 1, skipped: [] });
  });

  it('every skipped test that is not about the corpus as without excuse', () => {
    const skipped = ['corpus: 12 files', 'reading > corpus: 3 files', 'reading > a file', 'about the corpus'];
    expect(unexcused({ passed: 1, failed: 0, skipped })).toEqual(['reading > a file', 'about the corpus']);
  });
});
