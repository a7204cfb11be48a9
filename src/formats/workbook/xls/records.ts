import type { ByteSource } from '../../format.ts';

/** Record types of BIFF5 and BIFF8 that Gewu looks at (MS-XLS 2.3, OpenOffice's "Excel File Format" 5). */
export const TYPE = {
  formula: 0x0006,
  eof: 0x000a,
  date1904: 0x0022,
  filepass: 0x002f,
  continued: 0x003c,
  codepage: 0x0042,
  boundSheet: 0x0085,
  mulRk: 0x00bd,
  rString: 0x00d6,
  xf: 0x00e0,
  mergedCells: 0x00e5,
  sst: 0x00fc,
  labelSst: 0x00fd,
  number: 0x0203,
  label: 0x0204,
  boolErr: 0x0205,
  string: 0x0207,
  rk: 0x027e,
  format: 0x041e,
  bof: 0x0809,
} as const;

export interface BiffRecord {
  type: number;
  /** Where the record begins in its stream. */
  at: number;
  /** Its bytes; valid until the next record is asked for. */
  data: DataView;
}

const WINDOW = 1 << 18;
const HEADER = 4;

/** Goes through the records of a stream between two places. A record that is cut off ends it. */
export class Records {
  readonly #source: ByteSource;
  readonly #end: number;
  #at: number;
  #window: Uint8Array = new Uint8Array(0);
  #windowAt = 0;

  constructor(source: ByteSource, from = 0, to = Infinity) {
    this.#source = source;
    this.#at = from;
    this.#end = Math.min(to, source.size);
  }

  #bytes(length: number): DataView | null {
    if (this.#at + length > this.#end) return null;
    const from = this.#at - this.#windowAt;
    if (from < 0 || from + length > this.#window.length) {
      this.#window = this.#source.slice(this.#at, Math.min(this.#at + Math.max(WINDOW, length), this.#end));
      this.#windowAt = this.#at;
      if (this.#window.length < length) return null;
    }
    return new DataView(this.#window.buffer, this.#window.byteOffset + this.#at - this.#windowAt, length);
  }

  /** The next record; null at the end. */
  next(): BiffRecord | null {
    const at = this.#at;
    const head = this.#bytes(HEADER);
    if (!head) return null;
    const type = head.getUint16(0, true);
    const length = head.getUint16(2, true);
    this.#at += HEADER;
    const data = this.#bytes(length);
    if (!data) return null;
    this.#at += length;
    return { type, at, data };
  }

  /** Type of the next record; null at the end. */
  peek(): number | null {
    return this.#bytes(HEADER)?.getUint16(0, true) ?? null;
  }

  /** The next record's bytes where it continues the last one; else null, and nothing has moved. */
  continuation(): DataView | null {
    const at = this.#at;
    const head = this.#bytes(HEADER);
    if (!head || head.getUint16(0, true) !== TYPE.continued) return null;
    const record = this.next();
    if (!record) this.#at = at;
    return record?.data ?? null;
  }
}
