/** What goes between a page and the stand-in's main process: JSON, with bytes as {$bytes: base64}. */
export interface FromPage {
  kind: 'invoke' | 'send' | 'port';
  channel: string;
  args: unknown[];
  port: number;
}
export interface ToPage {
  kind: 'event' | 'port' | 'paths';
  channel: string;
  args: unknown[];
  ports: number[];
  port: number;
  paths: Record<string, string>;
}
type Preload = (require: (name: string) => unknown, module: { exports: object }, exports: object) => void;

/** Name of the function the main process listens behind, and of the one it calls. */
export const NAMES = { call: '__standInCall', hear: '__standInHear' };

/**
 * Runs in the page before its scripts, as text: it may use nothing from outside. In Electron the preload script has a world of its own; here
 * it has a closure, and what it exposes crosses by copying, with the same losses: of an Error only the message is left.
 */
export function installRealm(names: typeof NAMES, preload: Preload): void {
  const own = window as unknown as Record<string, (text: string) => Promise<string>>;
  const call = own[names.call];
  if (window !== window.top || call === undefined) return;
  const listeners = new Map<string, ((event: { ports: MessagePort[] }, ...args: unknown[]) => void)[]>();
  const ports = new Map<number, MessagePort>();
  let paths: Record<string, string> = {};

  const write = (value: unknown) =>
    JSON.stringify(value, (_key, one: unknown) =>
      one instanceof Uint8Array ? { $bytes: btoa(Array.from(one, (byte) => String.fromCharCode(byte)).join('')) } : one,
    );
  const read = (text: string): unknown =>
    JSON.parse(text, (_key, one: { $bytes?: unknown } | null) =>
      typeof one === 'object' && one !== null && typeof one.$bytes === 'string'
        ? Uint8Array.from(atob(one.$bytes), (letter) => letter.charCodeAt(0))
        : one,
    );
  const tell = (message: Partial<FromPage>) => call(write(structuredClone(message)));

  const lend = (number: number): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', (event) => void tell({ kind: 'port', port: number, args: [event.data] }));
    port1.start();
    ports.set(number, port1);
    return port2;
  };

  const messageAlone = (error: unknown) => new Error(error instanceof Error ? error.message : String(error));
  const cross = (value: unknown): unknown => {
    if (typeof value === 'function') {
      return (...args: unknown[]) => {
        try {
          return cross((value as (...given: unknown[]) => unknown)(...args.map(cross)));
        } catch (error) {
          const left = messageAlone(error);
          throw left;
        }
      };
    }
    if (value instanceof Promise) {
      return value.then(cross, (error: unknown) => {
        throw messageAlone(error);
      });
    }
    if (Array.isArray(value)) return value.map(cross);
    if (typeof value !== 'object' || value === null || value instanceof Blob) return value;
    if (value instanceof Error) return messageAlone(value);
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cross(one)])));
  };

  const electron = {
    contextBridge: {
      exposeInMainWorld: (key: string, api: unknown) => Object.defineProperty(window, key, { value: cross(api) }),
    },
    ipcRenderer: {
      invoke: async (channel: string, ...args: unknown[]) => {
        const answer = read(await tell({ kind: 'invoke', channel, args })) as { value?: unknown; error?: string };
        if (answer.error !== undefined) throw new Error(`Error invoking remote method '${channel}': ${answer.error}`);
        return answer.value;
      },
      send: (channel: string, ...args: unknown[]) => void tell({ kind: 'send', channel, args }),
      on: (channel: string, listener: (event: { ports: MessagePort[] }, ...args: unknown[]) => void) => {
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      },
    },
    webUtils: { getPathForFile: (file: File) => paths[file.name] ?? '' },
  };

  const hear = (text: string) => {
    const message = read(text) as ToPage;
    if (message.kind === 'paths') ({ paths } = message);
    else if (message.kind === 'port') ports.get(message.port)?.postMessage(message.args[0]);
    else {
      const event = { ports: message.ports.map(lend) };
      for (const listener of listeners.get(message.channel) ?? []) listener(event, ...message.args);
    }
  };
  Object.defineProperty(window, names.hear, { value: hear });

  const module = { exports: {} };
  const require = (name: string) => {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name}`);
  };
  preload(require, module, module.exports);
}
