import { runChild } from '../setup/child.mjs';
import { root } from '../setup/paths.mjs';

// The loopback server with the page straight from its sources: screens change as they are saved, and a saved change to the
// engine starts it anew.
process.exitCode = await runChild(
  process.execPath,
  [
    ...process.execArgv,
    ...['model', 'api', 'project', 'formats', 'checks', 'reports', 'engine', 'server'].map(
      (room) => `--watch-path=${root}/src/${room}`,
    ),
    '--watch-preserve-output',
    `${root}/src/server/main.ts`,
    '--dev',
    ...process.argv.slice(2),
  ],
  { cwd: root },
);
