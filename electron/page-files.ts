import { realpathSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PAGE_HEADERS, PAGE_POLICY, PAGE_TYPES } from '../src/api/page.ts';
import { isOwnPage } from './address.ts';

/**
 * Answers the app's own scheme with a file of the built page. Whatever does not lie in `folder` once links are followed, or has a type the
 * page never has, is not there. The policy is said with every answer.
 */
export async function answerPage(request: Request, folder: string): Promise<Response> {
  if (!isOwnPage(request.url)) return plain(404, 'This address is not served here.');
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Ask with GET.');
  const file = contained(folder, new URL(request.url).pathname);
  const type = file === null ? undefined : PAGE_TYPES[path.extname(file).toLowerCase()];
  if (file === null || type === undefined) return plain(404, 'There is no such file.');
  const body = request.method === 'HEAD' ? null : new Uint8Array(await readFile(file));
  return new Response(body, { headers: headers(type) });
}

function contained(folder: string, pathname: string): string | null {
  try {
    const root = realpathSync(folder);
    const real = realpathSync(path.join(root, decodeURIComponent(pathname === '/' ? '/index.html' : pathname)));
    return real.startsWith(root + path.sep) && statSync(real).isFile() ? real : null;
  } catch {
    // Not there, or not a usable path.
    return null;
  }
}

function plain(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: headers('text/plain; charset=utf-8') });
}

function headers(type: string): Record<string, string> {
  return { ...PAGE_HEADERS, 'content-security-policy': PAGE_POLICY, 'content-type': type };
}
