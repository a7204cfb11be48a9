import { spawn } from 'node:child_process';
import path from 'node:path';
import { flag, text } from '../command.ts';

/** `serve` is another shell: it gets the terminal for itself and answers with its own exit status. */
export const serveCommand = {
  name: 'serve',
  usage: ['[project] [--port 0] [--no-open]'],
  options: { port: text, 'no-open': flag },
  takes: [0, 1] as [number, number],
  examples: ['gewu serve haidian.gpkg', 'gewu serve haidian.gpkg --port 8123 --no-open'],
};

export function serve(argv: readonly string[]): Promise<number> {
  // Named by its path: a process to start, not a module to use.
  const entry = path.join(import.meta.dirname, '..', '..', 'server', 'main.ts');
  const child = spawn(process.execPath, [...process.execArgv, entry, ...argv], { stdio: 'inherit' });
  // A terminal sends Ctrl C and its closing to the child as well; told twice, the child would not wait for the project to be closed.
  const told = (signal: NodeJS.Signals) => signal !== 'SIGTERM' && process.stdin.isTTY;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => told(signal) || child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 130));
  });
}
