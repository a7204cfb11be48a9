import { Worker } from 'node:worker_threads';
import { GewuError } from '../api/error.ts';
import type { FromLane, LaneCall, LaneData, ToLane } from './lanes/protocol.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  watch: CallWatch;
}
/** What the caller wants to hear while a call runs. */
export interface CallWatch {
  started?(): void;
  progress?(stage: string, done: number, total: number | null): void;
}
export interface LaneClientOptions {
  entry: URL;
  data: LaneData;
  /** Everything that is not an answer: events, views, files. */
  onMessage(message: FromLane): void;
  /** What a restarted lane must be told first. */
  opening(): Extract<ToLane, { type: 'open' }> | null;
}

/** One worker thread seen from the engine. It starts when first needed and starts anew after a crash. */
export class LaneClient {
  readonly #options: LaneClientOptions;
  #worker: Worker | null = null;
  #seq = 0;
  #deaths = 0;
  readonly #waiting = new Map<number, Waiting>();
  #closed: (() => void) | null = null;

  constructor(options: LaneClientOptions) {
    this.#options = options;
  }

  /** @throws GewuError 'fault' when the lane dies before it answers */
  call(call: Omit<LaneCall, 'seq'>, watch: CallWatch = {}): Promise<unknown> {
    const seq = ++this.#seq;
    return new Promise((resolve, reject) => {
      this.#waiting.set(seq, { resolve, reject, watch });
      this.#running().postMessage({ type: 'call', call: { ...call, seq } } satisfies ToLane);
    });
  }

  /** Starts the thread before anybody asks, so that the first question does not wait for it. */
  warm(): void {
    this.#running();
  }

  /** Tells the lane something, if it runs; one that does not run has nothing to forget. */
  tell(message: ToLane): void {
    this.#worker?.postMessage(message);
  }

  /** Ends the lane's connection and waits for it; the thread stays for the next project. */
  async release(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    await new Promise<void>((resolve) => {
      this.#closed = resolve;
      worker.postMessage({ type: 'close' } satisfies ToLane);
    });
  }

  async stop(): Promise<void> {
    await this.release();
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #running(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(this.#options.entry, { workerData: this.#options.data });
    worker.on('message', (message: FromLane) => this.#hear(message));
    worker.on('error', (error: Error) => this.#died(worker, error.message, error.stack));
    worker.on('exit', (code) => this.#died(worker, `exit ${code}`));
    this.#worker = worker;
    const opening = this.#options.opening();
    if (opening !== null) worker.postMessage({ ...opening, afterDeath: this.#deaths > 0 } satisfies ToLane);
    return worker;
  }

  #hear(message: FromLane): void {
    if (message.type === 'closed') {
      this.#closed?.();
      this.#closed = null;
    } else if (message.type === 'started') this.#waiting.get(message.seq)?.watch.started?.();
    else if (message.type === 'progress') {
      this.#waiting.get(message.seq)?.watch.progress?.(message.stage, message.done, message.total);
    } else if (message.type === 'answer') {
      const waiting = this.#waiting.get(message.seq);
      this.#waiting.delete(message.seq);
      if (message.ok) waiting?.resolve(message.value);
      else waiting?.reject(new GewuError(message.error.code, message.error.message, message.error.data));
    } else this.#options.onMessage(message);
  }

  #died(worker: Worker, why: string, trace = why): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#deaths += 1;
    this.#closed?.();
    this.#closed = null;
    const lane = this.#options.data.lane;
    this.#options.onMessage({ type: 'fault', text: `The ${lane} lane stopped: ${trace}` });
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    const error = new GewuError('fault', `The ${lane} lane stopped (${why}) and was started anew; ask again.`, {
      reason: 'lane-stopped',
      lane,
    });
    for (const waiting of lost) waiting.reject(error);
  }
}
