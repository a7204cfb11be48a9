// The one door to everything: `node tools/run.mjs <command> …`. Plain JavaScript that starts on Node 20, because it runs
// before anything is installed. It installs what the lock file says, then runs the command with the Node that came with it.
import { ensureInstalled } from './setup/install.mjs';
import { findNode } from './setup/node.mjs';
import { root, say } from './setup/paths.mjs';
import { runChild } from './setup/child.mjs';

/** What each command runs. `gewu` goes straight to the command line so that its output is only its own. */
const commands = {
  start: 'tools/commands/start.ts',
  test: 'tools/commands/test.ts',
  check: 'tools/commands/check.ts',
  dev: 'tools/commands/dev.ts',
  bench: 'bench/run.ts',
  gewu: 'src/cli/main.ts',
};

async function main() {
  const [command, ...args] = process.argv.slice(2);
  if (!command || !Object.hasOwn(commands, command)) {
    say(`Usage: node tools/run.mjs ${Object.keys(commands).join(' | ')} [arguments]`);
    return 2;
  }
  await ensureInstalled();
  const node = findNode();
  if (node.note) say(node.note);
  return runChild(node.path, [...node.flags, `${root}/${commands[command]}`, ...args], { cwd: workingFolder(command) });
}

/** npm changes into the repository before it runs a script; file names on gewu's command line are meant from where the person is. */
function workingFolder(command) {
  if (command !== 'gewu') return root;
  const throughNpm = process.env['npm_lifecycle_event'] === 'gewu';
  return (throughNpm && process.env['INIT_CWD']) || process.cwd();
}

try {
  process.exitCode = await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
