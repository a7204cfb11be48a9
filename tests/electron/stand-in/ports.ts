import { EventEmitter } from 'node:events';

/** Messages cross as between processes: copied, and only ports may be transferred. */
export function checkTransfer(transfer: readonly unknown[]): Port[] {
  return transfer.map((one) => {
    if (one instanceof Port) return one;
    throw new TypeError('Only MessagePortMain can be transferred.');
  });
}

/** One end of a channel. Messages wait until it is started. */
export class Port extends EventEmitter {
  #peer: Port | null = null;
  #queue: unknown[] | null = [];
  #closed = false;

  static pair(): [Port, Port] {
    const [one, two] = [new Port(), new Port()];
    one.#peer = two;
    two.#peer = one;
    return [one, two];
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new TypeError('The stand-in transfers ports to pages and processes only.');
    if (this.#peer !== null) this.#peer.#take(structuredClone(message));
  }

  start(): void {
    const queue = this.#queue ?? [];
    this.#queue = null;
    for (const data of queue) this.emit('message', { data, ports: [] });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    setImmediate(() => this.emit('close'));
    this.#peer?.close();
  }

  #take(data: unknown): void {
    if (this.#closed) return;
    if (this.#queue === null) setImmediate(() => this.emit('message', { data, ports: [] }));
    else this.#queue.push(data);
  }
}

export class MessageChannelMain {
  readonly port1: Port;
  readonly port2: Port;
  constructor() {
    [this.port1, this.port2] = Port.pair();
  }
}

/** The ports of one page or process, by number: what goes in and out of it over one line. */
export class PortBook {
  readonly #ports = new Map<number, Port>();
  readonly #send: (port: number, data: unknown, closed: boolean) => void;
  #last = 0;

  constructor(send: (port: number, data: unknown, closed: boolean) => void) {
    this.#send = send;
  }

  /** The other side gets this port; what arrives at it here is passed on. */
  lend(port: Port): number {
    this.#last += 1;
    const number = this.#last;
    this.#ports.set(number, port);
    port.on('message', (event: { data: unknown }) => this.#send(number, event.data, false));
    port.on('close', () => this.#send(number, null, true));
    port.start();
    return number;
  }

  /** Something the other side posted at its end. */
  take(number: number, data: unknown): void {
    this.#ports.get(number)?.postMessage(data);
  }

  closeAll(): void {
    this.#ports.forEach((port) => port.close());
    this.#ports.clear();
  }
}
