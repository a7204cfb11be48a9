import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Transport } from '../../src/api/client.ts';
import { httpTransport } from '../../src/api/http.ts';
import { portTransport, servePort, type Port } from '../../src/api/port.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { builtPage, startLoopback } from '../../src/server/server.ts';

/** A way to reach an engine, and how to end it. */
export interface Road {
  transport: Transport;
  end(): Promise<void>;
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

async function overPort(engine: Engine): Promise<Road> {
  const { port1, port2 } = new MessageChannel();
  const stop = servePort(adapt(port1), engine);
  return {
    transport: portTransport(adapt(port2)),
    end: async () => {
      stop();
      port1.close();
      port2.close();
    },
  };
}

async function overHttp(engine: Engine): Promise<Road> {
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
  return { transport, end: () => server.close() };
}

/** Both roads a page may take; what holds on one holds on the other. */
export const ROADS: Readonly<Record<'port' | 'http', (engine: Engine) => Promise<Road>>> = {
  port: overPort,
  http: overHttp,
};
