import { join } from 'node:path';
import { fenceFaults, unusedFaults } from '../house/house.ts';
import { ensureMachine } from '../machine/machine.ts';
import { runChild } from '../setup/child.mjs';
import { root } from '../setup/paths.mjs';
import { runTests } from '../test/run-tests.ts';

const projects = ['src/model', 'src/tsconfig.core.json', 'src/ui', 'electron', 'tests'];

/** Each step answers whether all is well, and prints what is not. */
const steps: Record<string, () => Promise<boolean>> = {
  format: () => tool('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']),
  lint: () => tool('oxlint/bin/oxlint', []),
  types: async () => {
    const results = [];
    for (const project of projects) results.push(await tool('typescript/bin/tsc', ['-p', project]));
    return results.every(Boolean);
  },
  fences: async () => nothing(fenceFaults(root)),
  unused: async () => nothing(unusedFaults(root)),
  tests: async () => {
    ensureMachine();
    const { passed, failed } = await runTests(['--project=unit', '--project=fences']);
    return passed > 0 && failed === 0;
  },
};

async function tool(path: string, args: string[]): Promise<boolean> {
  const program = [...process.execArgv, join(root, 'node_modules', path)];
  return (
    (await runChild(process.execPath, [...program, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    })) === 0
  );
}

function nothing(faults: string[]): boolean {
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  return faults.length === 0;
}

/** Runs the named steps, or all; every step runs even if one before it failed. */
async function check(chosen: string[]): Promise<number> {
  const unknown = chosen.filter((name) => !(name in steps));
  if (unknown.length > 0) {
    process.stderr.write(`No such step: ${unknown.join(', ')}. There are ${Object.keys(steps).join(', ')}.\n`);
    return 2;
  }
  const failed: string[] = [];
  for (const [name, step] of Object.entries(steps)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    const started = performance.now();
    const fine = await step();
    if (!fine) failed.push(name);
    process.stdout.write(
      `${fine ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`,
    );
  }
  process.stdout.write(failed.length === 0 ? 'check: all is well\n' : `check: failed in ${failed.join(', ')}\n`);
  return failed.length === 0 ? 0 : 1;
}

process.exitCode = await check(process.argv.slice(2));
