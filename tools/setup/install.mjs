import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { runChild } from './child.mjs';
import { withLock } from './lock.mjs';
import { inWords, root, say } from './paths.mjs';

const stampFile = `${root}/node_modules/.gewu-stamp`;

/** Makes node_modules what package-lock.json says. Two may start at once: the second waits and then finds it done. */
export async function ensureInstalled() {
  const wanted = fingerprint();
  if (isInstalled(wanted)) return;
  await withLock(
    `${root}/.install.lock`,
    () => say(inWords('Waiting for another set-up of this folder to finish …', '正在等待本文件夹的另一次安装完成……')),
    async () => {
      if (isInstalled(wanted)) return;
      if (!matchesLock()) await install();
      mkdirSync(`${root}/node_modules`, { recursive: true });
      writeFileSync(stampFile, `${wanted}\n`);
    },
  );
}

/** What the installed packages depend on: the lock file and the kind of machine. */
function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(`${root}/package-lock.json`));
  return hash.update(`${process.platform} ${process.arch}`).digest('hex');
}

function isInstalled(wanted) {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === wanted;
}

/** True when packages were installed by hand and npm's own record of them agrees with the lock file. */
function matchesLock() {
  const recordFile = `${root}/node_modules/.package-lock.json`;
  if (!existsSync(recordFile)) return false;
  const installed = JSON.parse(readFileSync(recordFile, 'utf8')).packages ?? {};
  const locked = JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8')).packages ?? {};
  return Object.entries(locked).every(([path, entry]) => {
    if (path === '') return true;
    const there = installed[path];
    if (!there || !existsSync(`${root}/${path}`)) return mayBeMissing(entry);
    return there.version === entry.version;
  });
}

/** npm leaves out what is made for other machines with all that only they need, and peers nobody needs. */
function mayBeMissing({ optional, devOptional, peer, os, cpu, libc }) {
  if (peer) return true;
  if (!optional && !devOptional) return false;
  const madeForThisMachine = (os || cpu) && !libc && lists(os, process.platform) && lists(cpu, process.arch);
  return !madeForThisMachine;
}

/** In a lock file `os` and `cpu` are a name or a list of names; absent means any. */
function lists(names, name) {
  return names === undefined || [names].flat().includes(name);
}

async function install() {
  say(
    inWords(
      'Installing what package-lock.json lists (once; about half a minute) …',
      '正在安装 package-lock.json 所列的依赖（仅一次，约半分钟）……',
    ),
  );
  // npm gives its own path to the scripts it runs; outside npm the command on the path serves.
  const npmCli = process.env['npm_execpath'];
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root, stdio: ['ignore', process.stderr, 'inherit'] };
  const code = /npm-cli\.c?js$/.test(npmCli ?? '')
    ? await runChild(process.execPath, [npmCli, ...args], options)
    : await runChild(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
        ...options,
        shell: process.platform === 'win32',
      });
  if (code !== 0)
    throw new Error(
      inWords(
        '`npm ci` did not finish; the reason stands above. Is the package registry reachable?',
        '`npm ci` 未能完成，原因见上。请检查能否连接软件包仓库。',
      ),
    );
}
