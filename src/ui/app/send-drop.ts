import type { Dropped, TakeOptions } from '../../api/client.ts';
import { GewuError, type WireError } from '../../api/error.ts';
import { PATHS } from '../../api/http.ts';
import type { FileRef } from '../../api/shared.ts';

/** Files on their way at the same time: many are small, and each is an answer waited for. */
const AT_ONCE = 4;

/** Sends a drop to the loopback server, folders and all; answers one reference for each thing dropped. Stopped or refused, nothing goes on. */
export async function sendDrop(dropped: Dropped, options: TakeOptions = {}): Promise<FileRef[]> {
  const files = await dropped.files();
  const group = crypto.randomUUID();
  const ofBytes = files.reduce((sum, { file }) => sum + file.size, 0);
  const refs = new Map<string, FileRef>();
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, options.signal]);
  const sent = { files: 0, bytes: 0 };
  let next = 0;
  const send = async () => {
    for (let one = files[next++]; one !== undefined; one = files[next++]) {
      const ref = await upload(one, { group, remaining: ofBytes - sent.bytes, signal });
      refs.set(ref.ref, ref);
      sent.files += 1;
      sent.bytes += one.file.size;
      options.onProgress?.({ ...sent, ofFiles: files.length, ofBytes });
    }
  };
  options.onProgress?.({ ...sent, ofFiles: files.length, ofBytes });
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, send));
  } catch (error) {
    stop.abort();
    if (options.signal?.aborted === true) throw new GewuError('cancelled', 'Stopped by the user; nothing was read.');
    throw error;
  }
  return [...refs.values()];
}

interface Sending {
  group: string;
  remaining: number;
  signal: AbortSignal;
}

async function upload(
  { file, way }: { file: File; way: string },
  { group, remaining, signal }: Sending,
): Promise<FileRef> {
  const query = new URLSearchParams({ name: way, group, remaining: String(remaining) });
  const response = await fetch(`${PATHS.files}?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
    signal,
  });
  const answer = (await response.json()) as FileRef | { error: WireError };
  if ('error' in answer) throw new GewuError(answer.error.code, answer.error.message, answer.error.data);
  if (!response.ok) throw new GewuError('unreachable', `Gewu answered with status ${response.status}.`);
  return answer;
}
