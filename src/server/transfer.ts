import { createReadStream, createWriteStream, mkdirSync, rmSync, statSync, statfsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { GewuError, toWireError } from '../api/error.ts';
import type { Engine } from '../engine/engine.ts';
import { isType } from './body.ts';
import { sendText } from './headers.ts';

/** Left free on the disk whatever is uploaded: the project must stay writable. */
const SPARE_BYTES = 256 * 1024 * 1024;

/**
 * Dropped and chosen files on their way into temporary folders: together, so that the parts of a shapefile lie side by side as they did
 * where they came from, and apart only where a name is there already.
 */
export class Uploads {
  readonly #folder: string;
  /** Names in each folder, lower case. */
  readonly #taken: Set<string>[] = [];
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** POST /files?name=…: the body is the file. Answers its FileRef. No cap but the disk: free space is checked before the first byte. */
  async take(engine: Engine, request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    const length = Number(request.headers['content-length']);
    if (!isType(request, 'application/octet-stream'))
      return fail(response, 415, 'input', 'Files are application/octet-stream.', 'upload-type');
    if (!Number.isSafeInteger(length))
      return fail(response, 411, 'input', 'The length of a file must be said first.', 'upload-length');
    const safe = safeName(name);
    if (safe === null) return fail(response, 400, 'input', `"${name}" cannot be the name of a file.`, 'upload-name');
    const folder = this.#folderFor(safe);
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < length + SPARE_BYTES) {
      return fail(
        response,
        507,
        'disk-full',
        `${name} needs ${length} bytes; the disk for temporary files has too few.`,
      );
    }
    const file = path.join(folder, safe);
    try {
      await pipeline(request, createWriteStream(file, { flags: 'wx' }));
    } catch (error) {
      rmSync(file, { force: true });
      if (!response.destroyed) fail(response, 500, 'fault', toWireError(error).message);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(engine.files.add(file)));
  }

  /** The first folder that has no file of this name, whatever its letters' case; its place is taken at once. */
  #folderFor(name: string): string {
    const key = name.toLowerCase();
    let folder = this.#taken.findIndex((names) => !names.has(key));
    if (folder < 0) folder = this.#taken.push(new Set()) - 1;
    this.#taken[folder]?.add(key);
    const full = path.join(this.#folder, String(folder + 1));
    mkdirSync(full, { recursive: true });
    return full;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Last part of a name, without what could lead elsewhere; null when nothing is left. */
function safeName(name: string): string | null {
  const printable = Array.from(name)
    .filter((sign) => sign >= ' ')
    .join('');
  const last = printable.split(/[/\\]/u).at(-1)?.trim() ?? '';
  if (last === '' || /^\.+$/u.test(last) || Buffer.byteLength(last) > 240) return null;
  return last;
}

function fail(response: ServerResponse, status: number, code: string, message: string, reason?: string): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', connection: 'close' });
  response.end(
    JSON.stringify({ error: toWireError(new GewuError(code, message, reason === undefined ? {} : { reason })) }),
  );
}

/** GET /files/<ref>: a file Gewu wrote, and nothing else, as a download under its own name. */
export async function sendResult(engine: Engine, response: ServerResponse, ref: string): Promise<void> {
  const file = engine.files.resultPath(ref);
  const stat = file === null ? undefined : statSync(file, { throwIfNoEntry: false });
  if (file === null || stat?.isFile() !== true) {
    sendText(response, 404, 'There is no such file.');
    return;
  }
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': stat.size,
    'content-disposition': disposition(path.basename(file)),
  });
  await pipeline(createReadStream(file), response);
}

/** RFC 6266: a plain ASCII name for old readers and the true one, percent-encoded, beside it. */
export function disposition(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/gu, '_').replace(/["\\%]/gu, '_');
  const full = encodeURIComponent(name).replace(/['()*]/gu, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${full}`;
}
