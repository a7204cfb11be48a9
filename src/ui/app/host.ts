import { PORT_WORDS, type Answer, type Bridge } from '../../api/bridge.ts';
import { ChangingPort } from '../../api/changing-port.ts';
import type { Host, Transport } from '../../api/client.ts';
import { GewuError } from '../../api/error.ts';
import { PATHS, httpTransport } from '../../api/http.ts';
import type { Port } from '../../api/port.ts';
import { sendDrop } from './send-drop.ts';

declare global {
  interface Window {
    /** Put there by the preload script of the desktop shell. */
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
  // The window has no title bar of its own: the page's is what the person drags.
  document.documentElement.dataset['shell'] = 'electron';
  return { transport: await followPorts(), host: bridgeHost(bridge) };
}

/** Asks the preload script for a port to the engine, and takes each further one when the engine was started anew. */
function followPorts(): Promise<Transport> {
  const transport = new ChangingPort();
  return new Promise((resolve) => {
    window.addEventListener('message', (event) => {
      if (event.source !== window) return;
      const [port] = event.ports;
      if (event.data === PORT_WORDS.lost) transport.lose();
      else if (event.data === PORT_WORDS.here && port !== undefined) {
        transport.connect(pagePort(port));
        resolve(transport);
      }
    });
    window.postMessage(PORT_WORDS.wanted, window.origin);
  });
}

function pagePort(port: MessagePort): Port {
  return {
    post: (message, transfer) => port.postMessage(message, transfer),
    on(hear) {
      const listen = (event: MessageEvent) => hear(event.data);
      port.addEventListener('message', listen);
      port.start();
      return () => port.removeEventListener('message', listen);
    },
  };
}

function bridgeHost(bridge: Bridge): Host {
  return {
    kind: 'electron',
    pick: async (options) => valueOf(await bridge.pick(options)),
    saveAs: async (options) => valueOf(await bridge.saveAs(options)),
    // By where they lie on the disk: the engine walks folders itself.
    take: async ({ items }) => valueOf(await bridge.take(items)),
    async deliver(file) {
      valueOf(await bridge.deliver(file));
    },
    setTitle: (title) => bridge.setTitle(title),
    setLook: (look) => bridge.setLook(look),
    onAction: (perform) => bridge.onAction(perform),
    onFiles: (take) => bridge.onFiles(take),
  };
}

function valueOf<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new GewuError(answer.error.code, answer.error.message, answer.error.data);
}

function httpHost(): Host {
  return {
    kind: 'server',
    take: (dropped, options) => sendDrop(dropped, options),
    deliver(file) {
      const link = document.createElement('a');
      link.href = `${PATHS.files}/${encodeURIComponent(file.ref)}?name=${encodeURIComponent(file.name)}`;
      link.download = file.name;
      link.click();
      return Promise.resolve();
    },
  };
}
