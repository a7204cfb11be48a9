import type { IncomingMessage } from 'node:http';
import { GewuError } from '../api/error.ts';

/** Of a JSON body; a delivery's files come another way. 100,000 changed rows fit. */
export const JSON_LIMIT = 48 * 1024 * 1024;

/** @throws GewuError 'too-large' (413), 'input' (400) */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > JSON_LIMIT) throw tooLarge();
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > JSON_LIMIT) throw tooLarge();
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw new GewuError('input', 'The body is not JSON.', { reason: 'not-json' });
  }
}

function tooLarge(): GewuError {
  return new GewuError('too-large', `A call may carry ${JSON_LIMIT} bytes at most.`, {
    reason: 'call',
    limit: JSON_LIMIT,
  });
}

export function isType(request: IncomingMessage, type: string): boolean {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() === type;
}
