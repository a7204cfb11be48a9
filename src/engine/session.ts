import type { EngineEvent } from '../api/contract.ts';
import { LaneClient, type CallWatch } from './lane-client.ts';
import type { AsideChores, Chores, LaneProjectInfo } from './lanes/handlers.ts';
import { LANES, type FromLane, type LaneCall, type LaneData, type LaneName, type ToLane } from './lanes/protocol.ts';

export interface SessionOptions {
  entry: URL;
  data: Omit<LaneData, 'lane'>;
  today(): string;
  person(): string;
  onEvent(event: EngineEvent): void;
  onFile(ref: string, path: string): void;
  onFault(text: string): void;
}

/** How a project is opened, beyond the usual; see `OpenOptions` of the project file. */
export interface Opening {
  migrate?: boolean | undefined;
  beside?: boolean | undefined;
  takeOver?: boolean | undefined;
}

/** The four lanes and the one project they have open. */
export class Session {
  readonly #options: SessionOptions;
  readonly #lanes: Readonly<Record<LaneName, LaneClient>>;
  #path: string | null = null;
  #how: Opening = {};

  constructor(options: SessionOptions) {
    this.#options = options;
    const lane = (name: LaneName) =>
      new LaneClient({
        entry: options.entry,
        data: { ...options.data, lane: name },
        onMessage: (message) => this.#hear(message),
        opening: () => this.#opening(),
      });
    this.#lanes = { write: lane('write'), read: lane('read'), map: lane('map'), aside: lane('aside') };
  }

  get path(): string | null {
    return this.#path;
  }

  /** Opens with the writing lane first: it migrates, compares triggers and picks up what other programs changed. */
  async open(path: string, how: Opening = {}): Promise<LaneProjectInfo> {
    await this.close();
    this.#path = path;
    this.#how = how;
    this.#tellAll();
    try {
      const info = await this.chore('write', 'chore.describe', null);
      // Taking over is a person's word for once: a lane started anew asks like everybody.
      this.#how = { ...how, takeOver: false };
      return info;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Starts the lanes a window asks first. */
  warm(): void {
    this.#lanes.read.warm();
    this.#lanes.map.warm();
  }

  /** Readers end first, so that the writer can fold the log back and leave one file. */
  async close(): Promise<void> {
    if (this.#path === null) return;
    this.#path = null;
    await Promise.all([this.#lanes.read.release(), this.#lanes.map.release(), this.#lanes.aside.release()]);
    await this.#lanes.write.release();
  }

  async stop(): Promise<void> {
    await this.close();
    await Promise.all(LANES.map((name) => this.#lanes[name].stop()));
  }

  call(lane: LaneName, call: Omit<LaneCall, 'seq' | 'today'>, watch?: CallWatch): Promise<unknown> {
    return this.#lanes[lane].call({ ...call, today: this.#options.today() }, watch);
  }

  /** Something only the engine asks of a lane; see `Chores`. */
  chore<C extends keyof Chores>(
    lane: 'write' | 'read',
    chore: C,
    input: Chores[C]['input'],
  ): Promise<Chores[C]['output']>;
  chore<C extends keyof AsideChores>(
    lane: 'aside',
    chore: C,
    input: AsideChores[C]['input'],
    cancel?: Int32Array<SharedArrayBuffer>,
    watch?: CallWatch,
  ): Promise<AsideChores[C]['output']>;
  chore(
    lane: LaneName,
    method: string,
    input: unknown,
    cancel: Int32Array<SharedArrayBuffer> = newCancel(),
    watch?: CallWatch,
  ): Promise<unknown> {
    const call = { requestId: method, method, input, window: null, person: this.#options.person(), files: {}, cancel };
    return this.call(lane, call, watch);
  }

  #opening(): Extract<ToLane, { type: 'open' }> | null {
    if (this.#path === null) return null;
    return {
      type: 'open',
      path: this.#path,
      person: this.#options.person(),
      today: this.#options.today(),
      afterDeath: false,
      migrate: this.#how.migrate === true,
      beside: this.#how.beside === true,
      takeOver: this.#how.takeOver === true,
    };
  }

  #tellAll(): void {
    const opening = this.#opening();
    if (opening !== null) for (const name of LANES) this.#lanes[name].tell(opening);
  }

  #hear(message: FromLane): void {
    if (message.type === 'file') this.#options.onFile(message.ref, message.path);
    else if (message.type === 'fault') this.#options.onFault(message.text);
    else if (message.type === 'view') this.#lanes.map.tell(message);
    else if (message.type === 'event') {
      // The lanes that keep things in memory hear of a change before anybody can ask them about it.
      for (const name of ['read', 'map', 'aside'] as const) this.#lanes[name].tell(message);
      this.#options.onEvent(message.event);
    }
  }
}

export function newCancel(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4));
}
