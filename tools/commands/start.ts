import { spawn } from 'node:child_process';
import { buildAll } from '../build/build.ts';
import { findElectron } from '../machine/electron.ts';
import { runChild } from '../setup/child.mjs';
import { inWords, root, say } from '../setup/paths.mjs';

const args = process.argv.slice(2);

/** An Electron that ends this soon with an error could not start at all: no sandbox, a missing library. */
const failedAtOnceMs = 5000;

/** Opens Gewu: in Electron where that is possible, else as a loopback server in the browser; says which, and why, in one line. */
async function start(): Promise<number> {
  await buildAll();
  const electron = await findElectron();
  if ('missing' in electron) return serve(electron.missing);
  say(inWords('Opening Gewu in its own window (Electron).', '正在以独立窗口（Electron）打开格物。'));
  const code = await runElectron(electron.path);
  if (code === 'failed at once') return serve(inWords('Electron does not start here', 'Electron 无法在此启动'));
  return code;
}

function runElectron(path: string): Promise<number | 'failed at once'> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(path, [`${root}/dist/electron/main.js`, ...args], { stdio: 'inherit' });
    child.once('error', () => resolve('failed at once'));
    child.once('close', (code) => {
      const failed = code !== 0 && performance.now() - started < failedAtOnceMs;
      resolve(failed ? 'failed at once' : (code ?? 1));
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  });
}

function serve(why: string): Promise<number> {
  const windowless =
    (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) ||
    args.includes('--no-open');
  say(
    windowless
      ? inWords(`Serving Gewu at the address below: ${why}.`, `格物已在下列地址提供服务：${why}。`)
      : inWords(`Opening Gewu in the browser: ${why}.`, `正在浏览器中打开格物：${why}。`),
  );
  return runChild(process.execPath, [...process.execArgv, `${root}/src/server/main.ts`, ...args], {});
}

process.exitCode = await start();
