import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply, Request } from '../api/client.ts';
import { contract, isMethod } from '../api/contract.ts';
import { GewuError, toWireError } from '../api/error.ts';
import { REPLY_ID_HEADER } from '../api/http.ts';
import type { Engine } from '../engine/engine.ts';
import { isType, readJson } from './body.ts';

const HEARTBEAT_MS = 15_000;
/** A page that stopped reading is let go; it connects anew and asks again. */
const MOST_UNSENT = 8 * 1024 * 1024;

/** POST /call: one request of the contract. Refusals of the engine are answers too, with status 200. */
export async function answerCall(engine: Engine, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readRequest(request, response);
  if (body === null) return;
  const asked = body.value;
  if (!isRequest(asked)) {
    sendReply(
      response,
      400,
      wireFailure('', new GewuError('input', 'A request has id, method, input and window.', { reason: 'request' })),
    );
    return;
  }
  const reply = await engine.handle(asked);
  if (reply.ok && isMethod(asked.method) && contract[asked.method].binary && reply.value instanceof Uint8Array) {
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': reply.value.byteLength,
      [REPLY_ID_HEADER]: encodeURIComponent(reply.id),
    });
    response.end(reply.value);
    return;
  }
  sendReply(response, 200, reply);
}

/** POST /cancel {id}. */
export async function answerCancel(engine: Engine, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readRequest(request, response);
  if (body === null) return;
  const id = (body.value as { id?: unknown } | null)?.id;
  if (typeof id === 'string') engine.cancel(id);
  response.writeHead(204).end();
}

/** The parsed body, or null when it was refused and the answer is already sent. */
async function readRequest(request: IncomingMessage, response: ServerResponse): Promise<{ value: unknown } | null> {
  if (!isType(request, 'application/json')) {
    sendReply(
      response,
      415,
      wireFailure('', new GewuError('input', 'Calls are application/json.', { reason: 'not-json' })),
    );
    return null;
  }
  try {
    return { value: await readJson(request) };
  } catch (error) {
    const failure = wireFailure('', error);
    const status = !failure.ok && failure.error.code === 'too-large' ? 413 : 400;
    // The rest of an oversized body is not waited for.
    response.setHeader('connection', 'close');
    sendReply(response, status, failure);
    return null;
  }
}

function isRequest(value: unknown): value is Request {
  if (typeof value !== 'object' || value === null) return false;
  const own = value as Record<string, unknown>;
  return ['id', 'method', 'window'].every((key) => typeof own[key] === 'string');
}

function wireFailure(id: string, error: unknown): Reply {
  return { id, ok: false, error: toWireError(error) };
}

function sendReply(response: ServerResponse, status: number, reply: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(reply));
}

/** GET /events: everything the engine tells, as server-sent events, until either side ends. */
export function sendEvents(engine: Engine, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  response.write(': connected\n\n');
  const write = (text: string) => {
    if (response.writableLength > MOST_UNSENT) response.destroy();
    else response.write(text);
  };
  const stop = engine.listen((event) => write(`data: ${JSON.stringify(event)}\n\n`));
  const beat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS);
  response.on('close', () => {
    clearInterval(beat);
    stop();
  });
}
