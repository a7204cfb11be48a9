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

/** How a file comes: its name, or its way within what was dropped; the drop it is part of; and how much of that is still to come. */
export interface Upload {
  name: string;
  /** Files of one drop keep their folders. '' is a single file, which has a name and nothing else. */
  group: string;
  /** Bytes of the whole drop from this file on; its own length at least. */
  remaining: number;
}

/** The query of an upload's address. */
export function uploadOf(query: URLSearchParams): Upload {
  const remaining = Number(query.get('remaining') ?? 0);
  return {
    name: query.get('name') ?? '',
    group: query.get('group') ?? '',
    remaining: Number.isSafeInteger(remaining) && remaining > 0 ? remaining : 0,
  };
}

/**
 * Dropped and chosen files on their way into temporary folders: together, so that the parts of a shapefile lie side by side as they did
 * where they came from, and apart only where a name is there already.
 */
export class Uploads {
  readonly #folder: string;
  /** By drop: the ways in each of its folders, lower case. */
  readonly #taken = new Map<string, Set<string>[]>();
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * POST /files?name=…[&group=…&remaining=…]: the body is the file. Answers its FileRef, or that of the dropped folder it is in. No cap but
   * the disk: free space is checked before the first byte, for all that is still to come.
   */
  async take(engine: Engine, request: IncomingMessage, response: ServerResponse, upload: Upload): Promise<void> {
    const { name, group } = upload;
    const length = Number(request.headers['content-length']);
    if (!isType(request, 'application/octet-stream'))
      return fail(response, 415, 'input', 'Files are application/octet-stream.');
    if (!Number.isSafeInteger(length)) return fail(response, 411, 'input', 'The length of a file must be said first.');
    const way = group === '' ? lastOf(name) : containedWay(name);
    if (way === null || !/^[\w-]{0,64}$/u.test(group))
      return fail(response, 400, 'input', `"${name}" cannot be the name of a file.`);
    const folder = this.#folderFor(group, way);
    const { bavail, bsize } = statfsSync(folder);
    const needed = Math.max(length, upload.remaining);
    if (bavail * bsize < needed + SPARE_BYTES) {
      const message = `${name} needs ${needed} bytes; the disk for temporary files has too few.`;
      return fail(response, 507, 'disk-full', message);
    }
    const file = path.join(folder, ...way);
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      await pipeline(request, createWriteStream(file, { flags: 'wx' }));
    } catch (error) {
      rmSync(file, { force: true });
      if (!response.destroyed) fail(response, 500, 'fault', toWireError(error).message);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(engine.files.add(path.join(folder, way[0] ?? ''))));
  }

  /** The first folder of the drop that has nothing of this way, whatever its letters' case; its place is taken at once. */
  #folderFor(group: string, way: readonly string[]): string {
    const folders = this.#taken.get(group) ?? [];
    this.#taken.set(group, folders);
    const key = way.join('/').toLowerCase();
    let at = folders.findIndex((ways) => !ways.has(key));
    if (at < 0) at = folders.push(new Set()) - 1;
    folders[at]?.add(key);
    const full = path.join(this.#folder, group === '' ? 'files' : `drop-${group}`, String(at + 1));
    mkdirSync(full, { recursive: true });
    return full;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const MOST_STEPS = 32;

/** Last part of a name, without what could lead elsewhere; null when nothing is left. */
function lastOf(name: string): string[] | null {
  const last = name.split(/[/\\]/u).at(-1) ?? '';
  const step = safeStep(last);
  return step === null ? null : [step];
}

/** The steps of a way that stays below where it begins; null for one that would not. */
function containedWay(name: string): string[] | null {
  const steps = name.split(/[/\\]/u).filter((step) => step !== '');
  const safe = steps.flatMap((step) => safeStep(step) ?? []);
  return steps.length === 0 || steps.length > MOST_STEPS || safe.length < steps.length ? null : safe;
}

/** Names that Windows keeps for devices, with or without an ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

/** One step of a way as any disk takes it; null when nothing usable is left. */
function safeStep(name: string): string | null {
  const printable = Array.from(name)
    .filter((sign) => sign >= ' ')
    .join('')
    .trim();
  if (printable === '' || /^\.+$/u.test(printable) || Buffer.byteLength(printable) > 240) return null;
  if (process.platform !== 'win32') return printable;
  const windows = printable.replaceAll(/[<>:"|?*]/gu, '_').replace(/[. ]+$/u, '_');
  return RESERVED.test(windows) ? `_${windows}` : windows;
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
