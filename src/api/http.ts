import type { EngineEvent } from './contract.ts';
import type { Reply, Request, Transport } from './client.ts';

/** Paths of the loopback server, all under the page's own origin. */
export const PATHS = { call: '/call', cancel: '/cancel', events: '/events', files: '/files' } as const;
/** Names the request in the answer of a binary method, whose body is the value alone. */
export const REPLY_ID_HEADER = 'x-gewu-reply';

const RETRY_FIRST_MS = 250;
const RETRY_MOST_MS = 5000;

export interface HttpOptions {
  /** '' in the page (its own origin); the full origin in tests. */
  origin?: string;
  /** Stands in for the page's fetch, which carries the cookie by itself. */
  fetch?: typeof globalThis.fetch;
}

/** Calls over loopback http; events over one long response that is asked for again whenever it ends. */
export function httpTransport(options: HttpOptions = {}): Transport {
  const origin = options.origin ?? '';
  const ask = options.fetch ?? globalThis.fetch.bind(globalThis);
  const post = (path: string, body: unknown) =>
    ask(`${origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    send: (request) => send(request, post),
    cancel(id) {
      // A cancel that cannot be delivered has nothing left to stop: the server is gone and its jobs with it.
      post(PATHS.cancel, { id }).catch(() => undefined);
    },
    listen(onEvent, onState) {
      const stop = new AbortController();
      void follow(() => ask(`${origin}${PATHS.events}`, { signal: stop.signal }), stop.signal, onEvent, onState);
      return () => stop.abort();
    },
  };
}

async function send(request: Request, post: (path: string, body: unknown) => Promise<Response>): Promise<Reply> {
  let response: Response;
  try {
    response = await post(PATHS.call, request);
  } catch {
    return failed(request.id, 'unreachable', 'Gewu does not answer; is it still running?', {});
  }
  if (response.headers.get(REPLY_ID_HEADER) !== null) {
    return { id: request.id, ok: true, value: new Uint8Array(await response.arrayBuffer()) };
  }
  if (response.headers.get('content-type')?.startsWith('application/json') === true)
    return (await response.json()) as Reply;
  return failed(request.id, 'unreachable', `Gewu answered with status ${response.status}.`, {
    status: response.status,
  });
}

function failed(id: string, code: string, message: string, data: Record<string, unknown>): Reply {
  return { id, ok: false, error: { code, message, data } };
}

async function follow(
  connect: () => Promise<Response>,
  signal: AbortSignal,
  onEvent: (event: EngineEvent) => void,
  onState: ((connected: boolean) => void) | undefined,
): Promise<void> {
  let wait = RETRY_FIRST_MS;
  while (!signal.aborted) {
    try {
      const response = await connect();
      if (response.ok && response.body !== null) {
        onState?.(true);
        wait = RETRY_FIRST_MS;
        for await (const data of eventData(response.body)) onEvent(JSON.parse(data) as EngineEvent);
      }
    } catch {
      // Whatever broke the connection, the answer is the same: say so and try again.
    }
    if (signal.aborted) return;
    onState?.(false);
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * 2, RETRY_MOST_MS);
  }
}

/** The `data:` of each server-sent event; comments (kept-alive lines) are passed over. */
export async function* eventData(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = block.split('\n').filter((line) => line.startsWith('data: '));
        if (data.length > 0) yield data.map((line) => line.slice(6)).join('\n');
      }
    }
  } finally {
    await reader.cancel();
  }
}
