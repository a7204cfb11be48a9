import { closeSync, openSync, writeSync } from 'node:fs';

const BLOCK = 1 << 20;

/** Appends bytes to a new file in blocks of 1 MiB and can go back once to fill in a header. Errors of the disk pass through as they are. */
export class FileWriter {
  readonly path: string;
  readonly #fd: number;
  #block = Buffer.allocUnsafe(BLOCK);
  #used = 0;
  #written = 0;
  #open = true;

  constructor(path: string) {
    this.path = path;
    this.#fd = openSync(path, 'w');
  }

  /** Bytes handed over so far. */
  get size(): number {
    return this.#written + this.#used;
  }

  /** Appends bytes, or text as UTF-8. */
  write(data: Uint8Array | string): void {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : data;
    if (this.#used + bytes.length > BLOCK) this.#flush();
    if (bytes.length > BLOCK) {
      this.#writeAll(bytes, null);
      this.#written += bytes.length;
      return;
    }
    this.#block.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  /** Overwrites bytes at the start of the file, where a header waited for its counts. */
  patch(bytes: Uint8Array): void {
    this.#flush();
    this.#writeAll(bytes, 0);
  }

  /** Writes what is left and closes; closing twice does no harm. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      this.#flush();
    } finally {
      closeSync(this.#fd);
    }
  }

  #flush(): void {
    if (this.#used === 0) return;
    this.#writeAll(this.#block.subarray(0, this.#used), null);
    this.#written += this.#used;
    this.#used = 0;
  }

  #writeAll(bytes: Uint8Array, at: number | null): void {
    let done = 0;
    while (done < bytes.length)
      done += writeSync(this.#fd, bytes, done, bytes.length - done, at === null ? this.#written + done : at + done);
  }
}
