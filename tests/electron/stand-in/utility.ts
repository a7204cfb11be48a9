import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { checkTransfer, PortBook } from './ports.ts';

/** On the line to a utility process: for its parentPort (no `port`), or for one of its ports. */
export interface Line {
  port?: number;
  data?: unknown;
  ports?: number[];
  closed?: boolean;
}

/** A real process of its own, as in Electron; a message port of it is a number on the line between the two. */
class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #ports = new PortBook((port, data, closed) => this.#send({ port, data, closed }));

  constructor(entry: string, args: readonly string[]) {
    super();
    this.#child = fork(entry, [...args], {
      // As this process was started: `electron` is the stand-in there too.
      execArgv: process.execArgv,
      serialization: 'advanced',
      env: { ...process.env, GEWU_STAND_IN: 'utility' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child.on('message', (line: Line) => {
      if (line.port === undefined) this.emit('message', line.data);
      else this.#ports.take(line.port, line.data);
    });
    this.#child.once('spawn', () => this.emit('spawn'));
    this.#child.once('exit', (code, signal) => {
      this.#ports.closeAll();
      this.emit('exit', code ?? (signal === null ? 1 : 137));
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    this.#send({ data: message, ports: checkTransfer(transfer).map((port) => this.#ports.lend(port)) });
  }

  kill(): boolean {
    return this.#child.kill();
  }

  #send(line: Line): void {
    // A process that has just ended hears nothing more; its 'exit' says so.
    if (this.#child.connected) this.#child.send(line, () => undefined);
  }
}

const running: UtilityProcess[] = [];

export const utilityProcess = {
  fork(entry: string, args: readonly string[] = []): UtilityProcess {
    const child = new UtilityProcess(entry.startsWith('file:') ? fileURLToPath(entry) : entry, args);
    running.push(child);
    return child;
  },
};

/** Ends the utility process started last without a warning, as a crash would. */
export function crashUtility(): void {
  const pid = running.at(-1)?.pid;
  if (pid === undefined) throw new Error('There is no utility process to crash.');
  process.kill(pid, 'SIGKILL');
}
