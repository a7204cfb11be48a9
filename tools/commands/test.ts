import { buildAll } from '../build/build.ts';
import { ensureMachine } from '../machine/machine.ts';
import { say } from '../setup/paths.mjs';
import { runTests, unexcused } from '../test/run-tests.ts';
import type { Tally } from '../test/tally.ts';

/** Everything there is to test. Arguments go to vitest: a part of a path, `-t name`, `--project unit`. */
async function test(args: string[]): Promise<Tally> {
  try {
    ensureMachine();
    await buildAll();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1, skipped: [] };
  }
  const tally = await runTests(args);
  // A chosen part leaves out the rest on purpose; a whole run leaves out nothing without an excuse.
  const left = args.length > 0 ? [] : unexcused(tally);
  for (const name of left) say(`Skipped without an excuse, which counts as failed: ${name}`);
  return { ...tally, failed: tally.failed + left.length };
}

const { passed, failed, skipped } = await test(process.argv.slice(2));
if (skipped.length > 0) process.stdout.write(`${skipped.length} skipped\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
