import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { root } from './paths.mjs';

/** The Node that the lock file brings for this machine; the packages exist for Linux and 64-bit Windows. */
function packagedNode() {
  const folder = `${root}/node_modules/node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  return process.platform === 'win32' ? `${folder}/bin/node.exe` : `${folder}/bin/node`;
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

/**
 * The Node to run Gewu with. better-sqlite3 needs Node ≥ 22.14 (it crashes on 20) and the sources are TypeScript that Node
 * strips itself, which before 22.18 has to be asked for.
 * @returns {{ path: string, flags: string[], note?: string }}
 */
export function findNode() {
  const packaged = packagedNode();
  if (process.execPath === packaged) return { path: packaged, flags: [] };
  if (existsSync(packaged) && runs(packaged)) return { path: packaged, flags: [] };
  if (major < 22 || (major === 22 && minor < 14)) {
    throw new Error(
      `Gewu runs on Node 22.14 or newer; this is ${process.version}, and there is no packaged Node for ` +
        `${process.platform} ${process.arch}. Please install Node 24 from https://nodejs.org and try again.`,
    );
  }
  const stripsByItself = major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
  return {
    path: process.execPath,
    flags: stripsByItself ? [] : ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'],
    note: `Using this machine's Node ${process.version}: no packaged Node runs on ${process.platform} ${process.arch}.`,
  };
}

/** A packaged Node can be there and still not run, on musl for one. */
function runs(path) {
  return spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0;
}
