import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesSource, fileSource } from './file-source.ts';
import type { ByteSource } from './format.ts';

/** Bytes of one file, and of all files of an archive together, that are held in memory; the rest lies in temporary files. */
const MOST_ONE = 32 * 1024 * 1024;
const MOST_TOGETHER = 96 * 1024 * 1024;

/** Something that comes piece by piece. */
interface Pieces {
  pieces(): Iterable<Uint8Array>;
}

/** Closes the temporary file of a source that nobody holds any more. */
const forgotten = new FinalizationRegistry<() => void>((close) => close());

/** Keeps unpacked files, small ones in memory and large ones on the disk, so that an archive's size is no matter of memory. */
export class KeptBytes {
  #held = 0;

  /** Unpacks to the end. Throws what the pieces throw, and what the system says of a full disk. */
  keep(from: Pieces): ByteSource {
    const held: Uint8Array[] = [];
    let size = 0;
    const pieces = from.pieces()[Symbol.iterator]();
    for (let next = pieces.next(); next.done !== true; next = pieces.next()) {
      held.push(next.value);
      size += next.value.length;
      if (size > MOST_ONE || this.#held + size > MOST_TOGETHER) return onDisk(held, pieces);
    }
    this.#held += size;
    return bytesSource(Buffer.concat(held, size));
  }
}

function onDisk(begun: Uint8Array[], rest: Iterator<Uint8Array>): ByteSource {
  const folder = mkdtempSync(join(tmpdir(), 'gewu-unpacked-'));
  const path = join(folder, 'part');
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 2 });
  try {
    const out = openSync(path, 'w');
    try {
      for (const piece of begun) writeSync(out, piece);
      for (let next = rest.next(); next.done !== true; next = rest.next()) writeSync(out, next.value);
    } finally {
      closeSync(out);
    }
    const source = fileSource(path);
    // Elsewhere than on Windows an open file may be unlinked: nothing is left behind, however this ends.
    if (process.platform === 'win32') process.once('exit', remove);
    else remove();
    const kept: ByteSource = { size: source.size, slice: (start, end) => source.slice(start, end) };
    forgotten.register(kept, () => source.close());
    return kept;
  } catch (error) {
    remove();
    throw error;
  }
}
