import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from './format.ts';

const BLOCK = 1 << 16;
const KEPT_BLOCKS = 64;

/** A ByteSource on an open file; close it when done. */
export interface FileSource extends ByteSource {
  close(): void;
}

const within = (value: number, size: number): number =>
  Number.isFinite(value) ? Math.min(Math.max(Math.floor(value), 0), size) : value > 0 ? size : 0;

/** Bytes already in memory. Slices share them. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    slice: (start, end) => bytes.subarray(within(start, bytes.length), within(end, bytes.length)),
  };
}

/**
 * Random access to a file through a small cache of blocks. Opening throws what the system says (ENOENT, EACCES). A file that
 * shrinks while it is read gives short slices, never an error.
 */
export function fileSource(path: string): FileSource {
  const fd = openSync(path, 'r');
  const size = fstatSync(fd).size;
  const blocks = new Map<number, Uint8Array>();
  let open = true;

  const read = (start: number, length: number): Uint8Array => {
    const bytes = new Uint8Array(length);
    let got = 0;
    while (got < length) {
      const n = readSync(fd, bytes, got, length - got, start + got);
      if (n === 0) break;
      got += n;
    }
    return got === length ? bytes : bytes.subarray(0, got);
  };
  const block = (index: number): Uint8Array => {
    const kept = blocks.get(index);
    if (kept) return kept;
    const start = index * BLOCK;
    const bytes = read(start, Math.min(BLOCK, size - start));
    if (blocks.size >= KEPT_BLOCKS) {
      const [oldest] = blocks.keys();
      if (oldest !== undefined) blocks.delete(oldest);
    }
    blocks.set(index, bytes);
    return bytes;
  };
  return {
    size,
    slice: (from, to) => {
      const start = within(from, size);
      const end = within(to, size);
      if (end <= start) return new Uint8Array(0);
      if (end - start >= BLOCK) return read(start, end - start);
      const first = Math.floor(start / BLOCK);
      const head = block(first);
      const offset = start - first * BLOCK;
      if (end <= (first + 1) * BLOCK) return head.slice(offset, end - first * BLOCK);
      const tail = block(first + 1);
      const left = head.subarray(offset);
      const right = tail.subarray(0, end - (first + 1) * BLOCK);
      const joined = new Uint8Array(left.length + right.length);
      joined.set(left, 0);
      joined.set(right, left.length);
      return joined;
    },
    close: () => {
      if (!open) return;
      open = false;
      blocks.clear();
      closeSync(fd);
    },
  };
}
