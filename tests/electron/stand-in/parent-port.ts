import { EventEmitter } from 'node:events';
import type { Line } from './utility.ts';

type Send = (line: Line) => void;

/** An end of a port inside a utility process. */
class ChildPort extends EventEmitter {
  readonly #send: Send;
  readonly #number: number;
  #queue: unknown[] | null = [];

  constructor(number: number, send: Send) {
    super();
    this.#number = number;
    this.#send = send;
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new TypeError('Only MessagePortMain can be transferred.');
    this.#send({ port: this.#number, data: message });
  }

  start(): void {
    const queue = this.#queue ?? [];
    this.#queue = null;
    for (const data of queue) this.emit('message', { data, ports: [] });
  }

  take(data: unknown): void {
    if (this.#queue === null) this.emit('message', { data, ports: [] });
    else this.#queue.push(data);
  }
}

/** What `process.parentPort` is in a utility process. Messages wait for the first listener. */
class ParentPort extends EventEmitter {
  readonly #ports = new Map<number, ChildPort>();
  readonly #send: Send;
  #queue: Line[] | null = [];

  constructor(send: Send) {
    super();
    this.#send = send;
    this.on('newListener', (event) => {
      if (event === 'message') setImmediate(() => this.#flow());
    });
  }

  postMessage(message: unknown): void {
    this.#send({ data: message });
  }

  hear(line: Line): void {
    if (this.#queue !== null) this.#queue.push(line);
    else this.#pass(line);
  }

  #flow(): void {
    const queue = this.#queue ?? [];
    this.#queue = null;
    for (const line of queue) this.#pass(line);
  }

  #pass(line: Line): void {
    if (line.port === undefined) {
      const ports = (line.ports ?? []).map((number) => {
        const port = new ChildPort(number, this.#send);
        this.#ports.set(number, port);
        return port;
      });
      this.emit('message', { data: line.data, ports });
    } else if (line.closed === true) this.#ports.get(line.port)?.emit('close');
    else this.#ports.get(line.port)?.take(line.data);
  }
}

/** Gives this process a parentPort over its line to the stand-in's main process. */
export function installParentPort(): void {
  const port = new ParentPort((line) => process.send?.(line));
  process.on('message', (line: Line) => port.hear(line));
  // The main process is gone: nobody is left to work for.
  process.on('disconnect', () => process.exit(1));
  Object.defineProperty(process, 'parentPort', { value: port });
}
