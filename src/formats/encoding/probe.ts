import { isAscii } from './decode.ts';
import { walkDouble, walkGb, walkUtf8 } from './sequences.ts';

const MAX_SAMPLES = 6000;
const MAX_SAMPLE_BYTES = 300_000;
const MAX_ONE = 1000;

export interface Tally {
  /** Values with at least one invalid sequence. */
  bad: number;
  /** Values that end in half a character because their field was full. */
  half: number;
}

/**
 * Gathers, over the whole file, what its bytes say about the encoding: every value with a byte above 0x7F is walked under each
 * multi-byte candidate; distinct ones are kept as samples for the text model. Memory is bounded whatever the file.
 */
export class EncodingProbe {
  values = 0;
  nonAscii = 0;
  /** Values with four-byte sequences, which GB18030 has and GBK has not. */
  long = 0;
  readonly tallies: { 'UTF-8': Tally; GB18030: Tally; Big5: Tally } = {
    'UTF-8': { bad: 0, half: 0 },
    GB18030: { bad: 0, half: 0 },
    Big5: { bad: 0, half: 0 },
  };
  readonly samples: Uint8Array[] = [];
  readonly #seen = new Set<string>();
  #sampleBytes = 0;

  /** Adds one value without its padding. `full` means it fills its field, so that it may have been cut. */
  add(bytes: Uint8Array, full: boolean): void {
    this.values++;
    if (isAscii(bytes)) return;
    this.nonAscii++;
    const gb = walkGb(bytes);
    if (gb.long > 0) this.long++;
    count(this.tallies.GB18030, gb, full);
    count(this.tallies['UTF-8'], walkUtf8(bytes), full);
    count(this.tallies.Big5, walkDouble(bytes), full);
    this.#keep(bytes);
  }

  #keep(bytes: Uint8Array): void {
    if (this.samples.length >= MAX_SAMPLES || this.#sampleBytes > MAX_SAMPLE_BYTES) return;
    const cut = bytes.subarray(0, MAX_ONE);
    const key = Buffer.from(cut.buffer, cut.byteOffset, cut.length).toString('latin1');
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#sampleBytes += cut.length;
    this.samples.push(cut.slice());
  }
}

function count(tally: Tally, walk: { bad: number; half: number }, full: boolean): void {
  if (walk.bad > 0 || (walk.half > 0 && !full)) tally.bad++;
  else if (walk.half > 0) tally.half++;
}
