import { isAscii } from './decode.ts';
import { decoderLabel } from './names.ts';
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

/** What a value is under one encoding: whole, cut at its end, or no text. */
type Test = (bytes: Uint8Array, full: boolean) => 'whole' | 'half' | 'bad';

const walked =
  (walk: (bytes: Uint8Array) => { bad: number; half: number }): Test =>
  (bytes, full) => {
    const { bad, half } = walk(bytes);
    if (bad > 0 || (half > 0 && !full)) return 'bad';
    return half > 0 ? 'half' : 'whole';
  };

/** An encoding without a walker of its own is asked through its decoder. */
function decoded(name: string): Test {
  const decoder = new TextDecoder(decoderLabel(name), { fatal: true });
  const whole = (bytes: Uint8Array): boolean => {
    try {
      decoder.decode(bytes);
      return true;
    } catch (error) {
      if (error instanceof TypeError) return false;
      throw error;
    }
  };
  return (bytes, full) => {
    if (whole(bytes)) return 'whole';
    return full && whole(bytes.subarray(0, -1)) ? 'half' : 'bad';
  };
}

/**
 * Gathers, over the whole file, what its bytes say about the encoding: every value with a byte above 0x7F is tested under each
 * candidate; distinct ones are kept as samples for the text model. Memory is bounded whatever the file.
 */
export class EncodingProbe {
  values = 0;
  nonAscii = 0;
  /** Values with four-byte sequences, which GB18030 has and GBK has not. */
  long = 0;
  readonly samples: Uint8Array[] = [];
  readonly #tests: [Test, Tally][];
  readonly #tallies = new Map<string, Tally>();
  readonly #seen = new Set<string>();
  #sampleBytes = 0;

  /** `claimed`: encodings spoken of beside the file, to be tested as well. */
  constructor(claimed: readonly (string | null)[] = []) {
    const tests = new Map<string, Test>([
      ['GB18030', walked(walkGb)],
      ['UTF-8', walked(walkUtf8)],
      ['Big5', walked(walkDouble)],
      ['windows-1252', () => 'whole'],
    ]);
    for (const name of claimed)
      if (name !== null && name !== 'GBK' && !name.startsWith('UTF-16') && !tests.has(name))
        tests.set(name, decoded(name));
    this.#tests = [...tests].map(([name, test]) => {
      const tally: Tally = { bad: 0, half: 0 };
      this.#tallies.set(name, tally);
      return [test, tally];
    });
  }

  /** Encodings tested, by name. */
  get tallies(): ReadonlyMap<string, Tally> {
    return this.#tallies;
  }

  /** Adds one value without its padding. `full` means it fills its field, so that it may have been cut. */
  add(bytes: Uint8Array, full: boolean): void {
    this.values++;
    if (isAscii(bytes)) return;
    this.nonAscii++;
    if (walkGb(bytes).long > 0) this.long++;
    for (const [test, tally] of this.#tests) {
      const found = test(bytes, full);
      if (found === 'bad') tally.bad++;
      else if (found === 'half') tally.half++;
    }
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
