import { createReadStream, realpathSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PAGE_TYPES } from '../api/page.ts';
import { sendText } from './headers.ts';

/** A file of the built page. Whatever does not lie in `folder` once links are followed, or has a type the page never has, is not there. */
export async function sendPageFile(response: ServerResponse, folder: string, urlPath: string): Promise<void> {
  const file = contained(folder, urlPath === '/' ? '/index.html' : urlPath);
  const type = file === null ? undefined : PAGE_TYPES[path.extname(file).toLowerCase()];
  if (file === null || type === undefined) {
    sendText(response, 404, urlPath === '/' ? 'The page has not been built: npm run build.' : 'There is no such file.');
    return;
  }
  // Built files under assets/ carry a digest in their names; the page itself is asked for anew each time.
  if (urlPath.startsWith('/assets/')) response.setHeader('cache-control', 'public, max-age=31536000, immutable');
  response.writeHead(200, { 'content-type': type, 'content-length': statSync(file).size });
  await pipeline(createReadStream(file), response);
}

function contained(folder: string, urlPath: string): string | null {
  try {
    const root = realpathSync(folder);
    const real = realpathSync(path.join(root, decodeURIComponent(urlPath)));
    return real.startsWith(root + path.sep) && statSync(real).isFile() ? real : null;
  } catch {
    // Not there, or not a usable path.
    return null;
  }
}
