import { runChild } from '../setup/child.mjs';
import { root } from '../setup/paths.mjs';

// The loopback server with the page straight from its sources: screens change as they are saved. A change to the engine needs
// a new start, because the server's launch token and the open project belong to one process.
process.exitCode = await runChild(
  process.execPath,
  [...process.execArgv, `${root}/src/server/main.ts`, '--dev', ...process.argv.slice(2)],
  { cwd: root },
);
