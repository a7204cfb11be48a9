import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inWords, root, say } from '../setup/paths.mjs';

const folder = join(root, 'node_modules', 'electron');

/** How long the download host may take to answer, and how long the download itself may take. */
const probeMs = 5000;
const downloadMs = 180_000;

/** The program to run, or in words why there is none. */
export type Electron = { path: string } | { missing: string };

/**
 * Finds Electron's runtime. It is not part of its npm package and comes from its own host at the first start, where that host
 * can be reached. `electron` itself is never imported to find out: that would start a download without an end.
 */
export async function findElectron(): Promise<Electron> {
  if (process.env['GEWU_NO_ELECTRON']) return missing('GEWU_NO_ELECTRON is set', '已设置 GEWU_NO_ELECTRON');
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return missing('there is no display', '没有显示器');
  }
  const here = installedElectron();
  if (here) return { path: here };
  if (!(await canBeFetched())) {
    return missing(
      "Electron's runtime is not installed and its download host cannot be reached",
      '未安装 Electron 运行时，且无法连接其下载服务器',
    );
  }
  say(
    inWords('Fetching the Electron runtime (once, about 120 MB) …', '正在下载 Electron 运行时（仅一次，约 120 MB）……'),
  );
  await fetchRuntime();
  const fetched = installedElectron();
  return fetched ? { path: fetched } : missing("Electron's runtime could not be fetched", '无法下载 Electron 运行时');
}

function missing(english: string, inChinese: string): Electron {
  return { missing: inWords(english, inChinese) };
}

/** The runtime's program, when the package knows where it is and it is there. */
export function installedElectron(): string | null {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(program) ? program : null;
}

/** Asks for the head of the very file that would be downloaded. Behind a proxy only the download itself can tell. */
async function canBeFetched(): Promise<boolean> {
  if (process.env['HTTPS_PROXY'] || process.env['https_proxy']) return true;
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const mirror =
    process.env['ELECTRON_MIRROR'] ??
    process.env['npm_config_electron_mirror'] ??
    'https://github.com/electron/electron/releases/download/';
  const address = `${mirror}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`;
  try {
    const answer = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(probeMs) });
    return answer.ok;
  } catch {
    // Unreachable, refused or too slow: all mean that Electron cannot come from there today.
    return false;
  }
}

/** Runs the package's own installer, which checks what it downloads against the package's checksums. */
function fetchRuntime(): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(folder, 'install.js')], {
      stdio: ['ignore', 'ignore', 'ignore'],
      timeout: downloadMs,
      env: { ...process.env, NODE_USE_ENV_PROXY: '1' },
    });
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
}
