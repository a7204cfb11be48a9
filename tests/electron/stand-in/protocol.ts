interface CustomScheme {
  scheme: string;
  privileges: { standard?: boolean; secure?: boolean; supportFetchAPI?: boolean };
}
type Handler = (request: Request) => Response | Promise<Response>;

const schemes = new Map<string, CustomScheme['privileges']>();
const handlers = new Map<string, Handler>();
let ready = false;

/** From now on it is too late to register schemes. */
export function schemesAreSettled(): void {
  ready = true;
}

export const protocol = {
  registerSchemesAsPrivileged(custom: CustomScheme[]): void {
    if (ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of custom) schemes.set(scheme, privileges);
  },
  handle(scheme: string, handler: Handler): void {
    if (!ready) throw new Error('protocol.handle can only be used after app is ready');
    if (handlers.has(scheme)) throw new Error(`The scheme ${scheme} is already handled.`);
    handlers.set(scheme, handler);
  },
};

/**
 * Chromium proper knows no schemes of an app. `app://gewu/x` is shown to it as `https://gewu.app.invalid/x`, answered from here and never sent
 * anywhere: a secure origin of its own, as the registered scheme would be.
 */
const SUFFIX = '.invalid';

export function outward(address: string): string {
  const url = new URL(address);
  const scheme = url.protocol.slice(0, -1);
  const privileges = schemes.get(scheme);
  if (privileges === undefined) return address;
  const whole = privileges.standard === true && privileges.secure === true && privileges.supportFetchAPI === true;
  if (!whole) throw new Error(`${scheme} is not standard, secure and open to fetch: the page would not work.`);
  return `https://${url.host}.${scheme}${SUFFIX}${url.pathname}${url.search}${url.hash}`;
}

export function inward(address: string): string {
  const url = URL.parse(address);
  if (url === null || url.protocol !== 'https:' || !url.hostname.endsWith(SUFFIX)) return address;
  const [host = '', scheme = ''] = url.hostname.split('.');
  return schemes.has(scheme) ? `${scheme}://${host}${url.pathname}${url.search}${url.hash}` : address;
}

/** What the app answers to an address of its own scheme; null where it has no such scheme. */
export async function answer(address: string, method: string): Promise<Response | null> {
  const handler = handlers.get(address.slice(0, address.indexOf(':')));
  if (handler === undefined) return null;
  const request = new Request('http://localhost/', { method });
  // Node's Request takes no address of an unknown scheme; Electron's does.
  Object.defineProperty(request, 'url', { value: address });
  return handler(request);
}
