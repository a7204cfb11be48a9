import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inWords, root } from './paths.mjs';

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
    const machine = `${process.platform} ${process.arch}`;
    throw new Error(
      inWords(
        `Gewu runs on Node 22.14 or newer; this is ${process.version}, and there is no packaged Node for ${machine}. ` +
          'Please install Node 24 from https://nodejs.org and try again.',
        `格物需要 Node 22.14 或更高版本；当前为 ${process.version}，且没有适用于 ${machine} 的内置 Node。` +
          '请从 https://nodejs.org 安装 Node 24 后重试。',
      ),
    );
  }
  const stripsByItself = major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
  return {
    path: process.execPath,
    flags: stripsByItself ? [] : ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'],
    note: inWords(
      `Using this machine's Node ${process.version}: no packaged Node runs on ${process.platform} ${process.arch}.`,
      `使用本机的 Node ${process.version}：没有可在 ${process.platform} ${process.arch} 上运行的内置 Node。`,
    ),
  };
}

/** A packaged Node can be there and still not run, on musl for one. */
function runs(path) {
  return spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0;
}
