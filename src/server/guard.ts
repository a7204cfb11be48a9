import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request goes no further. */
export interface Refusal {
  status: number;
  text: string;
}

/**
 * Who may speak to the server: pages it served itself, to a browser that opened the launch address once.
 * - Host must be exactly 127.0.0.1:PORT: a foreign name that resolves to this machine (DNS rebinding) is misdirected.
 * - Origin and Sec-Fetch-Site, where a browser sends them, must be our own.
 * - The session cookie carries the port in its name, as cookies are shared by all ports of a host.
 */
export class Guard {
  readonly #port: number;
  #launch: string | null = randomBytes(24).toString('base64url');
  readonly #session = randomBytes(32).toString('base64url');

  constructor(port: number) {
    this.#port = port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The address to open; good for one use. */
  get launchUrl(): string {
    return `${this.origin}/?token=${this.#launch ?? ''}`;
  }

  get #cookieName(): string {
    return `gewu-${this.#port}`;
  }

  /** Checks that hold for every request, the first one too. */
  refuseStrangers(request: IncomingMessage): Refusal | null {
    if (request.headers.host !== `127.0.0.1:${this.#port}`)
      return { status: 421, text: 'This address is not served here.' };
    const { origin } = request.headers;
    if (origin !== undefined && origin !== this.origin) return { status: 403, text: 'Asked from another site.' };
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') {
      return { status: 403, text: 'Asked from another site.' };
    }
    return null;
  }

  /** The cookie to set when the launch token fits, which is then spent; null otherwise. */
  launch(token: string): string | null {
    if (this.#launch === null || !same(token, this.#launch)) return null;
    this.#launch = null;
    return `${this.#cookieName}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
  }

  hasSession(request: IncomingMessage): boolean {
    const cookies = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
    const own = cookies.find((part) => part.startsWith(`${this.#cookieName}=`));
    return own !== undefined && same(own.slice(this.#cookieName.length + 1), this.#session);
  }
}

function same(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
