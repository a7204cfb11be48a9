import { utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import type { Answers, Ask, FromEngine, ToEngine } from './engine-messages.ts';

/** This many ends within this time and the engine is not started again by itself. */
const MOST_ENDS = 3;
const WITHIN_MS = 60_000;
/** A project that takes longer to close is left as it is: the log beside it holds everything, and the next open puts it in order. */
const CLOSING_MS = 30_000;

export interface EngineHostOptions {
  /** Built entry of the engine's process. */
  entry: string;
  args: string[];
  /** The engine ended unasked; ports to it are dead. */
  onLost(): void;
  /** It runs again; windows may have new ports. */
  onBack(): void;
  /** It ended too often. Calling `retry` starts it once more. */
  onGivenUp(retry: () => void): void;
}

/** The engine's process as main sees it: starts it, starts it anew when it ends unasked, and waits for it when the app quits. */
export class EngineHost {
  readonly #options: EngineHostOptions;
  #process: UtilityProcess | null = null;
  #closing: Promise<void> | null = null;
  #project: string | null = null;
  #ends: number[] = [];
  #asked = 0;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();

  constructor(options: EngineHostOptions) {
    this.#options = options;
  }

  start(): void {
    const child = utilityProcess.fork(this.#options.entry, this.#options.args, { serviceName: 'Gewu engine' });
    this.#process = child;
    child.on('message', (message: FromEngine) => this.#hear(message));
    child.once('exit', () => this.#ended(child));
    // Forgotten until the engine says it is open: a project that ends the engine is opened again once, not for ever.
    const project = this.#project;
    this.#project = null;
    if (project !== null) this.#tell({ type: 'open', path: project });
  }

  /** Gives a window's port to the engine; false while there is none. */
  connect(port: MessagePortMain): boolean {
    if (this.#process === null) return false;
    this.#process.postMessage({ type: 'window' } satisfies ToEngine, [port]);
    return true;
  }

  /** @throws Error when the engine ends before it answers, or is not there */
  ask<A extends Ask>(ask: A): Promise<Answers[A['what']]> {
    this.#asked += 1;
    const id = this.#asked;
    return new Promise((resolve, reject) => {
      if (this.#process === null) {
        reject(new Error(GONE));
        return;
      }
      // The engine answers each kind of question with its own kind of answer.
      this.#waiting.set(id, { resolve: (value) => resolve(value as Answers[A['what']]), reject });
      this.#tell({ type: 'ask', id, ask });
    });
  }

  /** Ends the engine after it has closed the project to one file. */
  close(): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      const child = this.#process;
      if (child === null) {
        resolve();
        return;
      }
      const late = setTimeout(() => child.kill(), CLOSING_MS);
      child.once('exit', () => {
        clearTimeout(late);
        resolve();
      });
      this.#tell({ type: 'close' });
    });
    return this.#closing;
  }

  #tell(message: ToEngine): void {
    this.#process?.postMessage(message);
  }

  #hear(message: FromEngine): void {
    if (message.type === 'project') this.#project = message.path;
    else {
      this.#waiting.get(message.id)?.resolve(message.value);
      this.#waiting.delete(message.id);
    }
  }

  #ended(child: UtilityProcess): void {
    if (this.#process !== child) return;
    this.#process = null;
    this.#waiting.forEach((waiting) => waiting.reject(new Error(GONE)));
    this.#waiting.clear();
    if (this.#closing !== null) return;
    this.#options.onLost();
    const now = Date.now();
    this.#ends = [...this.#ends.filter((at) => now - at < WITHIN_MS), now];
    if (this.#ends.length < MOST_ENDS) this.#again();
    else this.#options.onGivenUp(() => this.#again());
  }

  #again(): void {
    if (this.#closing !== null) return;
    this.start();
    this.#options.onBack();
  }
}

const GONE = 'The engine is being started anew; try again in a moment.';
