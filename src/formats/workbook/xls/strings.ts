import type { Records } from './records.ts';

/** Reads values out of a record and the records that continue it, as one run of bytes. */
export class RecordReader {
  #data: DataView;
  #at = 0;
  readonly #records: Records;

  constructor(data: DataView, records: Records, at = 0) {
    this.#data = data;
    this.#records = records;
    this.#at = at;
  }

  get #left(): number {
    return this.#data.byteLength - this.#at;
  }

  /** Goes on to the next record where this one is used up; false at the end. */
  #more(): boolean {
    while (this.#left <= 0) {
      const data = this.#records.continuation();
      if (!data) return false;
      this.#data = data;
      this.#at = 0;
    }
    return true;
  }

  #number(bytes: 1 | 2 | 4): number | null {
    if (!this.#more() || this.#left < bytes) return null;
    const at = this.#at;
    this.#at += bytes;
    if (bytes === 1) return this.#data.getUint8(at);
    return bytes === 2 ? this.#data.getUint16(at, true) : this.#data.getUint32(at, true);
  }

  #skip(bytes: number): void {
    let left = bytes;
    while (left > 0 && this.#more()) {
      const step = Math.min(left, this.#left);
      this.#at += step;
      left -= step;
    }
  }

  /**
   * A string of BIFF8 with its words only: formatting runs and phonetic guides are passed over. Characters go on in the next
   * record behind a byte that tells anew how wide they are. Null where nothing is left; what is cut off is left out.
   */
  unicode(lengthBytes: 1 | 2): string | null {
    const length = this.#number(lengthBytes);
    const flags = length === null ? null : this.#number(1);
    if (length === null || flags === null) return length === 0 ? '' : null;
    const runs = (flags & 8) === 0 ? 0 : (this.#number(2) ?? 0);
    const extended = (flags & 4) === 0 ? 0 : (this.#number(4) ?? 0);
    const text = this.#characters(length, (flags & 1) !== 0);
    this.#skip(runs * 4);
    this.#skip(extended);
    return text;
  }

  #characters(length: number, startsWide: boolean): string {
    let wide = startsWide;
    let left = length;
    let text = '';
    while (left > 0) {
      if (this.#left <= 0) {
        if (!this.#more()) break;
        wide = (this.#data.getUint8(this.#at++) & 1) !== 0;
      }
      const count = Math.min(left, wide ? this.#left >> 1 : this.#left);
      // Half a character before the end of a record is no character.
      if (count === 0) {
        this.#at = this.#data.byteLength;
        if (!wide) break;
        continue;
      }
      const bytes = Buffer.from(this.#data.buffer, this.#data.byteOffset + this.#at, wide ? count * 2 : count);
      text += bytes.toString(wide ? 'utf16le' : 'latin1');
      this.#at += bytes.length;
      left -= count;
    }
    return text;
  }

  /** Bytes of a string of BIFF5, whose encoding the workbook says elsewhere. */
  bytes(lengthBytes: 1 | 2): Uint8Array {
    const length = this.#number(lengthBytes) ?? 0;
    const pieces: Uint8Array[] = [];
    for (let left = length; left > 0 && this.#more();) {
      const step = Math.min(left, this.#left);
      pieces.push(Uint8Array.from(new Uint8Array(this.#data.buffer, this.#data.byteOffset + this.#at, step)));
      this.#at += step;
      left -= step;
    }
    return pieces.length === 1 ? (pieces[0] ?? new Uint8Array(0)) : Uint8Array.from(Buffer.concat(pieces));
  }
}
