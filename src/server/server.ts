import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PATHS } from '../api/http.ts';
import type { Engine } from '../engine/engine.ts';
import { answerCall, answerCancel, sendEvents } from './calls.ts';
import { Guard } from './guard.ts';
import { sendSecurityHeaders, sendText } from './headers.ts';
import { sendPageFile } from './page.ts';
import { sendResult, uploadOf, Uploads } from './transfer.ts';

/** Answers requests for the page itself; the built files, or Vite in development. */
export interface PageSource {
  dev: boolean;
  send(request: IncomingMessage, response: ServerResponse, urlPath: string): Promise<void>;
  close(): Promise<void>;
}
export interface LoopbackOptions {
  engine: Engine;
  /** 0 = any free one. */
  port: number;
  /** Given the http server, so that a page in development can hang its socket on it. */
  page(server: Server): Promise<PageSource>;
}
export interface Loopback {
  port: number;
  /** Good for one use. */
  launchUrl: string;
  /** Ends connections and uploads; the engine is the caller's to close. */
  close(): Promise<void>;
}

/** The files of a built page. */
export function builtPage(folder: string): (server: Server) => Promise<PageSource> {
  return async () => ({
    dev: false,
    send: (_request, response, urlPath) => sendPageFile(response, folder, urlPath),
    close: async () => undefined,
  });
}

/** Serves one engine to this computer only. @throws the error of `listen`, e.g. EADDRINUSE */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const server = createServer();
  // A large file may take its time to arrive; headers may not.
  server.requestTimeout = 0;
  const port = await listening(server, options.port);
  const guard = new Guard(port);
  const page = await options.page(server);
  const uploads = new Uploads(path.join(tmpdir(), `gewu-uploads-${randomUUID()}`));
  const room: Room = { engine: options.engine, guard, page, uploads };
  server.on('request', (request, response) => {
    answer(room, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendText(response, 500, error instanceof Error ? error.message : String(error));
    });
  });
  return {
    port,
    launchUrl: guard.launchUrl,
    async close() {
      const ended = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await ended;
      await page.close();
      uploads.remove();
    },
  };
}

interface Room {
  engine: Engine;
  guard: Guard;
  page: PageSource;
  uploads: Uploads;
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject);
      // A TCP server that listens has an address with a port.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

async function answer(room: Room, request: IncomingMessage, response: ServerResponse): Promise<void> {
  sendSecurityHeaders(response, room.page.dev);
  const refusal = room.guard.refuseStrangers(request);
  if (refusal !== null) return sendText(response, refusal.status, refusal.text);
  const url = URL.parse(request.url ?? '/', room.guard.origin);
  if (url === null) return sendText(response, 400, 'This is no address.');
  const token = url.searchParams.get('token');
  // Programs that look at an address before it is opened ask for its head; that must not spend the token.
  if (url.pathname === '/' && token !== null && request.method === 'GET' && !room.guard.hasSession(request)) {
    const cookie = room.guard.launch(token);
    if (cookie === null) return sendText(response, 401, SPENT);
    response.writeHead(303, { location: '/', 'set-cookie': cookie }).end();
    return;
  }
  if (!room.guard.hasSession(request)) return sendText(response, 401, SPENT);
  if (token !== null) {
    // A second tab with the address already in use: the token leaves the address bar.
    response.writeHead(303, { location: '/' }).end();
    return;
  }
  await route(room, request, response, url);
}

async function route(room: Room, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const { engine, uploads, page } = room;
  const { pathname } = url;
  const wanted = pathname === PATHS.call || pathname === PATHS.cancel || pathname === PATHS.files ? 'POST' : 'GET';
  if (request.method !== wanted && !(wanted === 'GET' && request.method === 'HEAD')) {
    response.setHeader('allow', wanted);
    return sendText(response, 405, `Ask with ${wanted}.`);
  }
  if (pathname === PATHS.call) return answerCall(engine, request, response);
  if (pathname === PATHS.cancel) return answerCancel(engine, request, response);
  if (pathname === PATHS.files) return uploads.take(engine, request, response, uploadOf(url.searchParams));
  if (pathname === PATHS.events) return sendEvents(engine, response);
  if (pathname.startsWith(`${PATHS.files}/`)) {
    return sendResult(engine, response, pathname.slice(PATHS.files.length + 1));
  }
  return page.send(request, response, pathname);
}

const SPENT =
  'Open Gewu through the address it printed; it works once, in one browser. Start Gewu again for a new one.\n' +
  '请使用格物启动时给出的地址打开；该地址只能在一个浏览器中使用一次，重新启动格物可得到新的地址。';
