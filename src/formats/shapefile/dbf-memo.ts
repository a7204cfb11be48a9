import type { ByteSource } from '../format.ts';

const MAX_MEMO = 1 << 20;
const DBASE_BLOCK = 512;
const ENDS = 0x1a;

/** Reads memo texts beside a table: `.dbt` of dBASE III and IV, `.fpt` of FoxPro. Bounded to 1 MiB a text. */
export class MemoFile {
  readonly #source: ByteSource;
  readonly #fox: boolean;
  readonly #block: number;

  constructor(source: ByteSource, extension: string) {
    this.#source = source;
    this.#fox = extension === 'fpt';
    const head = source.slice(0, 24);
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const stated = head.length < 24 ? 0 : this.#fox ? view.getUint16(6, false) : view.getUint16(20, true);
    this.#block = this.#fox ? stated || 64 : stated >= DBASE_BLOCK && stated % DBASE_BLOCK === 0 ? stated : DBASE_BLOCK;
  }

  /** The bytes of the memo that begins at a block, or null where there is none. */
  read(block: number): Uint8Array | null {
    const at = block * this.#block;
    if (!Number.isSafeInteger(block) || block < 1 || at + 8 > this.#source.size) return null;
    const head = this.#source.slice(at, at + 8);
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    if (this.#fox) {
      const length = Math.min(view.getUint32(4, false), MAX_MEMO);
      return this.#source.slice(at + 8, at + 8 + length);
    }
    if (view.getUint32(0, false) === 0xffff0800) {
      const length = Math.min(view.getUint32(4, true) - 8, MAX_MEMO);
      return length < 0 ? null : this.#source.slice(at + 8, at + 8 + length);
    }
    const bytes = this.#source.slice(at, at + MAX_MEMO);
    const end = bytes.indexOf(ENDS);
    return end < 0 ? bytes : bytes.subarray(0, end);
  }
}
