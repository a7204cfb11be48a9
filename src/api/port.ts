import type { EngineEvent } from './contract.ts';
import type { Reply, Request, Transport } from './client.ts';

/** The part of a message port both sides need: the browser's MessagePort and Node's fit through a thin adapter. */
export interface Port {
  post(message: unknown, transfer: ArrayBuffer[]): void;
  /** Calls back with each message; returns how to stop. */
  on(hear: (message: unknown) => void): () => void;
}

type ToEngine = { type: 'request'; request: Request } | { type: 'cancel'; id: string };
type ToPage = { type: 'reply'; reply: Reply } | { type: 'event'; event: EngineEvent };

/** What a port is served with; the engine is one. */
export interface PortEngine {
  handle(request: Request): Promise<Reply>;
  cancel(id: string): void;
  listen(hear: (event: EngineEvent) => void): () => void;
}

export interface PortTransport extends Transport {
  /** The other end is gone: whatever still waits is answered 'unreachable'. */
  lose(): void;
}

/** The page's side. A port does not tell when its other end is gone; whoever knows calls `lose`. */
export function portTransport(port: Port): PortTransport {
  const waiting = new Map<string, (reply: Reply) => void>();
  const listeners = new Set<(event: EngineEvent) => void>();
  port.on((message) => {
    // Only the engine holds the other end of the port.
    const from = message as ToPage;
    if (from.type === 'event') listeners.forEach((hear) => hear(from.event));
    else {
      waiting.get(from.reply.id)?.(from.reply);
      waiting.delete(from.reply.id);
    }
  });
  const tell = (message: ToEngine) => port.post(message, []);
  return {
    send: (request) =>
      new Promise((resolve) => {
        waiting.set(request.id, resolve);
        tell({ type: 'request', request });
      }),
    cancel: (id) => tell({ type: 'cancel', id }),
    listen(onEvent, onState) {
      listeners.add(onEvent);
      onState?.(true);
      return () => listeners.delete(onEvent);
    },
    lose() {
      waiting.forEach((answer, id) => answer(unreachable(id)));
      waiting.clear();
    },
  };
}

/** What a request is told when no engine is there to answer it. */
export function unreachable(id: string): Reply {
  return {
    id,
    ok: false,
    error: { code: 'unreachable', message: 'Gewu does not answer; it is being started anew.', data: {} },
  };
}

/** The engine's side of one window. Whatever is not a request or a cancel is left unanswered. Returns how to stop serving. */
export function servePort(port: Port, engine: PortEngine): () => void {
  const post = (message: ToPage, transfer: ArrayBuffer[] = []) => port.post(message, transfer);
  const stopEvents = engine.listen((event) => post({ type: 'event', event }));
  const stopRequests = port.on((message) => {
    const own = message as Partial<ToEngine> | null;
    if (own?.type === 'cancel' && typeof own.id === 'string') engine.cancel(own.id);
    else if (own?.type === 'request' && isRequest(own.request)) {
      void engine.handle(own.request).then((reply) => post({ type: 'reply', reply }, bytesOf(reply)));
    }
  });
  return () => {
    stopEvents();
    stopRequests();
  };
}

function isRequest(value: unknown): value is Request {
  if (typeof value !== 'object' || value === null) return false;
  const own = value as Record<string, unknown>;
  return ['id', 'method', 'window'].every((key) => typeof own[key] === 'string');
}

/** A tile's bytes go over without being copied. */
function bytesOf(reply: Reply): ArrayBuffer[] {
  if (!reply.ok || !(reply.value instanceof Uint8Array)) return [];
  return reply.value.buffer instanceof ArrayBuffer ? [reply.value.buffer] : [];
}
