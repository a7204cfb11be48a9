import type { EngineEvent, Input, Method, Output } from './contract.ts';
import { GewuError, type WireError } from './error.ts';
import type { FileRef } from './shared.ts';

/** One request on the wire. `id` is unique within the window and names the task for progress and cancel. */
export interface Request {
  id: string;
  method: string;
  input: unknown;
  /** Names the window, so that Ctrl Z takes back its own last revision. */
  window: string;
}
export type Reply = { id: string; ok: true; value: unknown } | { id: string; ok: false; error: WireError };

/** How requests reach the engine: a message port or loopback http. */
export interface Transport {
  send(request: Request): Promise<Reply>;
  cancel(id: string): void;
  /** Returns how to stop listening. */
  listen(onEvent: (event: EngineEvent) => void, onState?: (connected: boolean) => void): () => void;
}

/** What only the shell can do. In the loopback shell `pick` and `saveAs` are absent and the page shows the engine's folder browser. */
export interface Host {
  kind: 'electron' | 'server';
  /** Native dialog; null when the person cancelled. */
  pick?(options: {
    title: string;
    folders: boolean;
    multiple: boolean;
    extensions: string[];
  }): Promise<FileRef[] | null>;
  saveAs?(options: { title: string; name: string }): Promise<{ folder: FileRef; name: string } | null>;
  /**
   * What was dropped becomes references, one for each file or folder at its top: streamed to a temporary place with its folders, or by
   * path in Electron.
   */
  take(dropped: Dropped, options?: TakeOptions): Promise<FileRef[]>;
  /** Shows a written file in the folder (Electron) or downloads it (browser). */
  deliver(file: FileRef): Promise<void>;
  /** Native window chrome: theme and title follow the page. */
  setTitle?(title: string): void;
  setLook?(look: Look): void;
  /** Calls back with the id of the action chosen in the shell's own menu. */
  onAction?(perform: (id: string) => void): void;
  /** Calls back with files the computer asks Gewu to open (a double click, an argument). */
  onFiles?(take: (files: FileRef[]) => void): void;
}

/** A drop, read while its event was handled. */
export interface Dropped {
  /** As they were dropped; a folder is one of them. */
  items: File[];
  /** Every file with its way from what was dropped, '/'-separated. */
  files(): Promise<{ file: File; way: string }[]>;
}

export interface TakeOptions {
  onProgress?: (sent: { files: number; ofFiles: number; bytes: number; ofBytes: number }) => void;
  signal?: AbortSignal;
}

/** What the shell's own window, menu and dialogs take over from the page. */
export interface Look {
  theme: 'light' | 'dark';
  language: 'zh' | 'en';
}

export interface CallOptions {
  signal?: AbortSignal;
  /** Given a task id of one's own, to match progress events. */
  taskId?: string;
}

export interface Client {
  call<M extends Method>(method: M, input: Input<M>, options?: CallOptions): Promise<Output<M>>;
  listen: Transport['listen'];
  readonly window: string;
}

/** The typed client every shell and the page use. Errors arrive as GewuError. */
export function createClient(transport: Transport, window: string): Client {
  let count = 0;
  return {
    window,
    listen: (onEvent, onState) => transport.listen(onEvent, onState),
    async call(method, input, options = {}) {
      count += 1;
      const id = options.taskId ?? `${window}-${count}`;
      const abort = () => transport.cancel(id);
      if (options.signal?.aborted) throw new GewuError('cancelled', 'Stopped before it began.');
      options.signal?.addEventListener('abort', abort, { once: true });
      try {
        const reply = await transport.send({ id, method, input, window });
        if (!reply.ok) throw new GewuError(reply.error.code, reply.error.message, reply.error.data);
        return reply.value as Output<typeof method>;
      } finally {
        options.signal?.removeEventListener('abort', abort);
      }
    },
  };
}
