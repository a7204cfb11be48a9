#!/usr/bin/env node
// `gewu` as a command of the package: the same launcher, so that it works before anything was installed.
import { ensureInstalled } from './setup/install.mjs';
import { runChild } from './setup/child.mjs';
import { findNode } from './setup/node.mjs';
import { root, say } from './setup/paths.mjs';

try {
  await ensureInstalled();
  const node = findNode();
  if (node.note) say(node.note);
  process.exitCode = await runChild(
    node.path,
    [...node.flags, `${root}/src/cli/main.ts`, ...process.argv.slice(2)],
    {},
  );
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
