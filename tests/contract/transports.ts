import path from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Bridge } from '../../src/api/bridge.ts';
import type { Transport } from '../../src/api/client.ts';
import { httpTransport } from '../../src/api/http.ts';
import { portTransport, servePort, type Port } from '../../src/api/port.ts';
import type { AppInfo } from '../../src/api/project.ts';
import type { FileRef } from '../../src/api/shared.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';
import { builtPage, startLoopback } from '../../src/server/server.ts';
import { launchStandIn } from '../electron/launch.ts';
import { portOfPage } from '../electron/page-port.ts';

/** A way to reach an engine of its own, whose home is the folder given. */
export interface Road {
  transport: Transport;
  shell: AppInfo['shell'];
  /** What the engine takes for today, ISO 8601. */
  today: string;
  /** The token of a file, as a dialog or a drop would give it to the page. */
  ref(path: string): Promise<FileRef>;
  /** Ends the road, then the engine. */
  end(): Promise<void>;
}

const TODAY = '2026-11-23';

function engineIn(folder: string): Engine {
  const configDir = path.join(folder, 'config');
  return createEngine({ shell: 'server', version: '0', home: folder, configDir, today: () => TODAY });
}

function adapt(port: MessagePort): Port {
  return {
    post: (message, transfer) => port.postMessage(message, transfer),
    on(hear) {
      port.on('message', hear);
      return () => port.off('message', hear);
    },
  };
}

async function overPort(folder: string): Promise<Road> {
  const engine = engineIn(folder);
  const { port1, port2 } = new MessageChannel();
  const stop = servePort(adapt(port1), engine);
  return {
    transport: portTransport(adapt(port2)),
    shell: 'server',
    today: TODAY,
    ref: async (file) => engine.files.add(file),
    end: async () => {
      stop();
      port1.close();
      port2.close();
      await engine.close();
    },
  };
}

async function overHttp(folder: string): Promise<Road> {
  const engine = engineIn(folder);
  const server = await startLoopback({ engine, port: 0, page: builtPage('/nowhere') });
  const launched = await fetch(server.launchUrl, { redirect: 'manual' });
  const cookie = (launched.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  // A browser adds the cookie by itself.
  const withCookie: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('cookie', cookie);
    return fetch(input, { ...init, headers });
  };
  const transport = httpTransport({ origin: `http://127.0.0.1:${server.port}`, fetch: withCookie });
  return {
    transport,
    shell: 'server',
    today: TODAY,
    ref: async (file) => engine.files.add(file),
    end: async () => {
      await server.close();
      await engine.close();
    },
  };
}

/** The built desktop shell on the stand-in: page, preload script, main and engine process as they ship. */
async function overStandIn(folder: string): Promise<Road> {
  const shell = await launchStandIn({ home: folder });
  return {
    transport: portTransport(await portOfPage(shell.page)),
    shell: 'electron',
    today: new Intl.DateTimeFormat('sv-SE').format(new Date()),
    async ref(file) {
      await shell.order('dialogs', [{ canceled: false, filePaths: [file] }]);
      const answer = await shell.page.evaluate(() =>
        (window as unknown as { gewu: Bridge }).gewu.pick({
          title: '',
          folders: false,
          multiple: false,
          extensions: [],
        }),
      );
      const [ref] = answer.ok ? (answer.value ?? []) : [];
      if (ref === undefined) throw new Error(`The dialog gave nothing for ${file}.`);
      return ref;
    },
    end: () => shell.close(),
  };
}

export type RoadName = 'port' | 'http' | 'stand-in';

/** Every road a page may take; what holds on one holds on the others. */
export const ROADS: Readonly<Record<RoadName, (folder: string) => Promise<Road>>> = {
  port: overPort,
  http: overHttp,
  'stand-in': overStandIn,
};
