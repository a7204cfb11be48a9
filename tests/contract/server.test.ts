import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as ask, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reply, Request } from '../../src/api/client.ts';
import type { EngineEvent } from '../../src/api/contract.ts';
import { eventData, REPLY_ID_HEADER } from '../../src/api/http.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { FileRegistry } from '../../src/engine/files.ts';
import { JSON_LIMIT } from '../../src/server/body.ts';
import { builtPage, startLoopback, type Loopback } from '../../src/server/server.ts';
import { disposition } from '../../src/server/transfer.ts';

/** An engine that only notes what reached it: what is tested here is what does not. */
class NotingEngine implements Engine {
  readonly files = new FileRegistry();
  readonly handled: Request[] = [];
  readonly cancelled: string[] = [];
  readonly listeners = new Set<(event: EngineEvent) => void>();
  async handle(request: Request): Promise<Reply> {
    this.handled.push(request);
    if (request.method === 'map.tile') return { id: request.id, ok: true, value: new Uint8Array([1, 2, 3]) };
    return { id: request.id, ok: true, value: { heard: request.method } };
  }
  cancel(id: string): void {
    this.cancelled.push(id);
  }
  listen(hear: (event: EngineEvent) => void): () => void {
    this.listeners.add(hear);
    return () => this.listeners.delete(hear);
  }
  openPath(): Promise<never> {
    return Promise.reject(new Error('not asked for here'));
  }
  async close(): Promise<void> {
    this.listeners.clear();
  }
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const folder = mkdtempSync(path.join(tmpdir(), 'gewu-server-test-'));
const engine = new NotingEngine();
let server: Loopback;
let cookie = '';
let launchUrl = '';

/** Bare http, so that headers a browser or fetch would set by itself can be left out or forged. */
function send(
  method: string,
  target: string,
  headers: Record<string, string> = {},
  body?: Buffer | string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = ask({ host: '127.0.0.1', port: server.port, method, path: target, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}
const json = { 'content-type': 'application/json' };
const call = (headers: Record<string, string> = {}, body = '{"id":"1","method":"app.info","input":{},"window":"w"}') =>
  send('POST', '/call', { cookie, ...json, ...headers }, body);

beforeAll(async () => {
  const ui = path.join(folder, 'ui');
  mkdirSync(path.join(ui, 'assets'), { recursive: true });
  writeFileSync(path.join(ui, 'index.html'), '<!doctype html><title>格物</title>');
  writeFileSync(path.join(ui, 'assets', 'main-1.js'), 'export {};');
  writeFileSync(path.join(folder, 'secret.js'), 'secret');
  symlinkSync(path.join(folder, 'secret.js'), path.join(ui, 'assets', 'linked.js'));
  server = await startLoopback({ engine, port: 0, page: builtPage(ui) });
  launchUrl = server.launchUrl;
  const launched = await send('GET', launchUrl.slice(launchUrl.indexOf('/?')));
  cookie = (launched.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('launch', () => {
  it('turns the token into a strict cookie named by the port and takes it out of the address', async () => {
    const other = await startLoopback({ engine, port: 0, page: builtPage(path.join(folder, 'ui')) });
    // A look at the address beforehand is no use of it.
    const look = await fetch(other.launchUrl, { method: 'HEAD', redirect: 'manual' });
    const answer = await fetch(other.launchUrl, { redirect: 'manual' });
    await other.close();
    expect([look.status, look.headers.get('set-cookie')]).toEqual([401, null]);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/');
    const set = answer.headers.get('set-cookie') ?? '';
    expect(set.startsWith(`gewu-${other.port}=`)).toBe(true);
    for (const flag of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(set).toContain(flag);
  });

  it('works once', async () => {
    const again = await send('GET', launchUrl.slice(launchUrl.indexOf('/?')));
    expect(again.status).toBe(401);
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  it('refuses wrong tokens and requests without the cookie', async () => {
    expect((await send('GET', '/?token=guess')).status).toBe(401);
    expect((await send('GET', '/')).status).toBe(401);
    expect((await send('GET', '/events')).status).toBe(401);
    expect((await call({ cookie: `gewu-${server.port}=guess` })).status).toBe(401);
    expect((await call({ cookie: '' })).status).toBe(401);
  });
});

describe('who may ask', () => {
  it('answers its own page', async () => {
    const answer = await call({ origin: `http://127.0.0.1:${server.port}`, 'sec-fetch-site': 'same-origin' });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body.toString())).toEqual({ id: '1', ok: true, value: { heard: 'app.info' } });
  });

  it('misdirects every other host name, the right one without the port too', async () => {
    for (const host of ['evil.example', `localhost:${server.port}`, '127.0.0.1', `127.0.0.1:${server.port + 1}`]) {
      expect((await call({ host })).status).toBe(421);
    }
  });

  it('refuses other origins and other sites', async () => {
    const before = engine.handled.length;
    for (const origin of [
      'http://evil.example',
      'null',
      `http://localhost:${server.port}`,
      `https://127.0.0.1:${server.port}`,
    ]) {
      expect((await call({ origin })).status).toBe(403);
    }
    for (const site of ['cross-site', 'same-site']) expect((await call({ 'sec-fetch-site': site })).status).toBe(403);
    expect(engine.handled.length).toBe(before);
  });

  it('offers no CORS', async () => {
    const answer = await send('OPTIONS', '/call', { cookie, origin: `http://127.0.0.1:${server.port}` });
    expect(answer.status).toBe(405);
    const named = Object.keys((await call()).headers).filter((name) => name.startsWith('access-control'));
    expect(named).toEqual([]);
  });

  it('listens on the loopback address only', () => {
    expect(new URL(launchUrl).hostname).toBe('127.0.0.1');
  });
});

describe('calls', () => {
  it('takes JSON only', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      expect((await call({ 'content-type': type })).status).toBe(415);
    }
  });

  it('takes no more than its cap, whether the length is said or not', async () => {
    const said = await send('POST', '/call', { cookie, ...json, 'content-length': String(JSON_LIMIT + 1) }, '{');
    expect(said.status).toBe(413);
    expect((JSON.parse(said.body.toString()) as Reply & { error: { code: string } }).error.code).toBe('too-large');
  });

  it('refuses what is not JSON or not a request', async () => {
    expect((await call({}, '{')).status).toBe(400);
    expect((await call({}, 'null')).status).toBe(400);
    expect((await call({}, '{"id":1,"method":"app.info"}')).status).toBe(400);
  });

  it('sends the bytes of a binary method as they are', async () => {
    const answer = await call({}, '{"id":"t","method":"map.tile","input":{},"window":"w"}');
    expect(answer.headers['content-type']).toBe('application/octet-stream');
    expect(answer.headers[REPLY_ID_HEADER]).toBe('t');
    expect([...answer.body]).toEqual([1, 2, 3]);
  });

  it('passes a cancel on', async () => {
    expect((await send('POST', '/cancel', { cookie, ...json }, '{"id":"job-7"}')).status).toBe(204);
    expect(engine.cancelled).toContain('job-7');
  });

  it('streams events until the page leaves', async () => {
    const stop = new AbortController();
    const response = await fetch(`http://127.0.0.1:${server.port}/events`, {
      headers: { cookie },
      signal: stop.signal,
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    engine.listeners.forEach((hear) => hear({ event: 'checked', revision: 5 }));
    if (response.body === null) throw new Error('no body');
    for await (const data of eventData(response.body)) {
      expect(JSON.parse(data)).toEqual({ event: 'checked', revision: 5 });
      break;
    }
    stop.abort();
  });
});

describe('page', () => {
  it('serves built files with their types and says the security headers with everything', async () => {
    const page = await send('GET', '/', { cookie });
    expect(page.status).toBe(200);
    expect(page.body.toString()).toContain('格物');
    for (const answer of [page, await send('GET', '/nothing.js', { cookie }), await send('GET', '/')]) {
      expect(answer.headers['content-security-policy']).toContain(
        "default-src 'self'; script-src 'self'; worker-src 'self' blob:",
      );
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['x-frame-options']).toBe('DENY');
      expect(answer.headers['referrer-policy']).toBe('no-referrer');
      expect(answer.headers['cross-origin-opener-policy']).toBe('same-origin');
    }
    expect((await send('GET', '/assets/main-1.js', { cookie })).headers['content-type']).toContain('text/javascript');
  });

  it('serves nothing outside of its folder', async () => {
    const ways = [
      '/../secret.js',
      '/%2e%2e/secret.js',
      '/assets/..%2f..%2fsecret.js',
      '/assets/linked.js',
      '/%00',
      '/assets',
    ];
    for (const way of ways) expect((await send('GET', way, { cookie })).status).toBe(404);
  });
});

describe('files', () => {
  const octets = { 'content-type': 'application/octet-stream' };

  it('takes an upload under its last name only and answers a token, not a path', async () => {
    const name = encodeURIComponent('../../交付/井盖.shp');
    const answer = await send('POST', `/files?name=${name}`, { cookie, ...octets, 'content-length': '4' }, 'abcd');
    expect(answer.status).toBe(200);
    const file = JSON.parse(answer.body.toString()) as { ref: string; name: string; size: number };
    expect(file).toMatchObject({ name: '井盖.shp', size: 4 });
    expect(JSON.stringify(file)).not.toContain(path.sep === '/' ? '/' : '\\\\');
    expect(readFileSync(engine.files.path(file.ref), 'utf8')).toBe('abcd');
  });

  it('keeps equal names apart', async () => {
    const take = async (body: string) => {
      const answer = await send('POST', '/files?name=a.dbf', { cookie, ...octets, 'content-length': '1' }, body);
      return engine.files.path((JSON.parse(answer.body.toString()) as { ref: string }).ref);
    };
    const [one, two] = [await take('1'), await take('2')];
    expect([readFileSync(one, 'utf8'), readFileSync(two, 'utf8')]).toEqual(['1', '2']);
  });

  it('keeps the folders of a drop, and answers the token of what was dropped', async () => {
    const take = async (name: string, group = 'g1', remaining = '0') => {
      const query = new URLSearchParams({ name, group, remaining }).toString();
      return send('POST', `/files?${query}`, { cookie, ...octets, 'content-length': '1' }, 'x');
    };
    const refOf = (answer: { body: Buffer }) => JSON.parse(answer.body.toString()) as { ref: string; name: string };
    const shape = refOf(await take('一期/井盖/01001.shp'));
    const table = refOf(await take('一期/井盖/01001.dbf'));
    const alone = refOf(await take('说明.csv'));
    expect([shape.ref, shape.name, alone.name]).toEqual([table.ref, '一期', '说明.csv']);
    const dropped = engine.files.path(shape.ref);
    expect(readdirSync(path.join(dropped, '井盖')).toSorted()).toEqual(['01001.dbf', '01001.shp']);
    const other = refOf(await take('一期/井盖/01001.shp', 'g2'));
    expect(other.ref).not.toBe(shape.ref);
    for (const bad of ['../x', 'a/../../x', 'a\\..\\x', '/', 'a/./x', `a/${'长'.repeat(100)}`])
      expect((await take(bad)).status).toBe(400);
    expect((await take('a', '../g')).status).toBe(400);
    expect((await take('a.csv', 'g3', '9007199254740000')).status).toBe(507);
  });

  it('checks free space and names before the first byte', async () => {
    const huge = await send(
      'POST',
      '/files?name=a.zip',
      { cookie, ...octets, 'content-length': '9007199254740000' },
      'x',
    );
    expect(huge.status).toBe(507);
    expect((await send('POST', '/files?name=..', { cookie, ...octets, 'content-length': '1' }, 'x')).status).toBe(400);
    expect((await send('POST', '/files?name=a', { cookie, ...json, 'content-length': '1' }, 'x')).status).toBe(415);
    const unsaid = await send('POST', '/files?name=a', { cookie, ...octets, 'transfer-encoding': 'chunked' }, 'x');
    expect(unsaid.status).toBe(411);
  });

  it('gives out files Gewu wrote and no others', async () => {
    const written = path.join(folder, '海淀区"部件".xlsx');
    writeFileSync(written, 'book');
    engine.files.addResult('result-token', written);
    const answer = await send('GET', '/files/result-token', { cookie });
    expect(answer.body.toString()).toBe('book');
    expect(answer.headers['content-disposition']).toBe(disposition('海淀区"部件".xlsx'));
    const known = engine.files.add(path.join(folder, 'secret.js'));
    expect((await send('GET', `/files/${known.ref}`, { cookie })).status).toBe(404);
    expect((await send('GET', '/files/unknown', { cookie })).status).toBe(404);
  });

  it('writes the name of a download so that it cannot break out of the header', () => {
    expect(disposition('a"b\\c\r\n.csv')).toBe(
      `attachment; filename="a_b_c__.csv"; filename*=UTF-8''a%22b%5Cc%0D%0A.csv`,
    );
    expect(disposition("海淀'区.csv")).toBe(
      `attachment; filename="__'_.csv"; filename*=UTF-8''%E6%B5%B7%E6%B7%80%27%E5%8C%BA.csv`,
    );
  });
});
