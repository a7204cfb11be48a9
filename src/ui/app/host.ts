import type { Host, Transport } from '../../api/client.ts';
import { GewuError, type WireError } from '../../api/error.ts';
import { PATHS, httpTransport } from '../../api/http.ts';
import { portTransport } from '../../api/port.ts';
import type { FileRef } from '../../api/shared.ts';

/** What the preload script of the desktop shell puts into the page. The message port follows by `postMessage` ('gewu-port'). */
export interface Bridge {
  pick: NonNullable<Host['pick']>;
  saveAs: NonNullable<Host['saveAs']>;
  /** Dropped files by their paths, without copying. */
  take(files: File[]): Promise<FileRef[]>;
  deliver(file: FileRef): Promise<void>;
  setTitle(title: string): void;
}

declare global {
  interface Window {
    gewu?: Bridge;
  }
}

export interface Shell {
  transport: Transport;
  host: Host;
}

/** The desktop shell's bridge where there is one, else the loopback server this page came from. */
export async function findShell(): Promise<Shell> {
  const bridge = window.gewu;
  if (bridge === undefined) return { transport: httpTransport(), host: httpHost() };
  const port = await portOfShell();
  const transport = portTransport({
    post: (message, transfer) => port.postMessage(message, transfer),
    on(hear) {
      const listen = (event: MessageEvent) => hear(event.data);
      port.addEventListener('message', listen);
      port.start();
      return () => port.removeEventListener('message', listen);
    },
  });
  return {
    transport,
    host: {
      kind: 'electron',
      pick: (options) => bridge.pick(options),
      saveAs: (options) => bridge.saveAs(options),
      take: (files) => bridge.take(files),
      deliver: (file) => bridge.deliver(file),
      setTitle: (title) => bridge.setTitle(title),
    },
  };
}

/** The preload script posts the port into its own window once the page listens. */
function portOfShell(): Promise<MessagePort> {
  return new Promise((resolve) => {
    const hear = (event: MessageEvent) => {
      const [port] = event.ports;
      if (event.source !== window || event.data !== 'gewu-port' || port === undefined) return;
      window.removeEventListener('message', hear);
      resolve(port);
    };
    window.addEventListener('message', hear);
    window.postMessage('gewu-port-wanted', window.origin);
  });
}

function httpHost(): Host {
  return {
    kind: 'server',
    async take(files, onProgress) {
      const total = files.reduce((sum, file) => sum + file.size, 0);
      const taken: FileRef[] = [];
      let done = 0;
      for (const file of files) {
        taken.push(await upload(file));
        done += file.size;
        onProgress?.(done, total);
      }
      return taken;
    },
    deliver(file) {
      const link = document.createElement('a');
      link.href = `${PATHS.files}/${encodeURIComponent(file.ref)}?name=${encodeURIComponent(file.name)}`;
      link.download = file.name;
      link.click();
      return Promise.resolve();
    },
  };
}

async function upload(file: File): Promise<FileRef> {
  // A file inside a dropped folder keeps its place in it, so that sidecars stay together.
  const name = file.webkitRelativePath === '' ? file.name : file.webkitRelativePath;
  const response = await fetch(`${PATHS.files}?name=${encodeURIComponent(name)}`, { method: 'POST', body: file });
  const answer = (await response.json()) as FileRef | { error: WireError };
  if ('error' in answer) throw new GewuError(answer.error.code, answer.error.message, answer.error.data);
  if (!response.ok) throw new GewuError('unreachable', `Gewu answered with status ${response.status}.`);
  return answer;
}
