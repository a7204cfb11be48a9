import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inWords, say } from '../setup/paths.mjs';
import { findChromium } from './chromium.ts';

/** Something the tests need from the machine, and the Debian packages that bring it. */
interface Need {
  what: string;
  packages: string[];
  isThere(): boolean;
}

/** Debian's python3, where its packages of GDAL, Shapely and openpyxl are; another Python on the path would not see them. */
export const systemPython = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

const needs: Need[] = [
  { what: 'Chromium', packages: ['chromium'], isThere: () => findChromium() !== null },
  { what: 'a Chinese font', packages: ['fontconfig', 'fonts-noto-cjk'], isThere: hasChineseFont },
  { what: 'GDAL', packages: ['gdal-bin'], isThere: () => succeeds('ogrinfo', ['--version']) },
  {
    what: 'Python with GDAL, Shapely and openpyxl',
    packages: ['python3', 'python3-gdal', 'python3-shapely', 'python3-openpyxl'],
    isThere: () => succeeds(systemPython, ['-c', 'import osgeo.ogr, shapely, openpyxl']),
  },
  { what: 'pdftotext', packages: ['poppler-utils'], isThere: () => succeeds('pdftotext', ['-v']) },
];

/**
 * Makes sure that the machine has what the tests measure against. Where root and apt allow, what is missing is installed.
 * @throws Error with one sentence that says what to install, where this process may not
 */
export function ensureMachine(): void {
  const missing = needs.filter((need) => !need.isThere());
  if (missing.length === 0) return;
  const packages = missing.flatMap((need) => need.packages);
  const named = missing.map((need) => need.what).join(', ');
  if (!mayInstall()) {
    throw new Error(
      inWords(
        `The tests need ${named}; on Debian or Ubuntu: sudo apt-get install ${packages.join(' ')}`,
        `测试需要 ${named}；在 Debian 或 Ubuntu 上请运行：sudo apt-get install ${packages.join(' ')}`,
      ),
    );
  }
  say(inWords(`Installing ${packages.join(' ')} …`, `正在安装 ${packages.join(' ')} ……`));
  apt(['update']);
  apt(['install', '--yes', '--no-install-recommends', ...packages]);
  const still = missing.filter((need) => !need.isThere()).map((need) => need.what);
  if (still.length > 0) {
    throw new Error(
      inWords(`Installed, but not usable: ${still.join(', ')}.`, `已安装但无法使用：${still.join('、')}。`),
    );
  }
}

function mayInstall(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && succeeds('apt-get', ['--version']);
}

/** What apt prints goes to stderr: the last line on stdout is the tests'. */
function apt(args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status } = spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 2, 2], env });
  if (status !== 0) {
    const command = `apt-get ${args.join(' ')}`;
    throw new Error(inWords(`\`${command}\` failed; the reason stands above.`, `\`${command}\` 失败，原因见上。`));
  }
}

function hasChineseFont(): boolean {
  if (process.platform !== 'linux') return true;
  return spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' }).stdout?.trim().length > 0;
}

function succeeds(program: string, args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
