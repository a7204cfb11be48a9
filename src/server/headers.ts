import type { ServerResponse } from 'node:http';
import { PAGE_HEADERS, PAGE_POLICY } from '../api/page.ts';

/** Vite's page in development runs an inline preamble and talks to its own socket; never sent by the built server. */
const DEV_POLICY = PAGE_POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'").replace(
  "connect-src 'self'",
  "connect-src 'self' ws:",
);

/** Said with every answer, whatever it is. */
export function sendSecurityHeaders(response: ServerResponse, dev: boolean): void {
  response.setHeader('content-security-policy', dev ? DEV_POLICY : PAGE_POLICY);
  for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
}

/** A plain answer that is not a call's: refusals of the door, missing files. */
export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}
