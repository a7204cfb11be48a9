import { TextDecoder } from 'node:util';
import { cleanText } from '../field-names.ts';
import { decoderLabel, encodingByLabel } from './names.ts';
import { walkerFor } from './sequences.ts';
import type { Walker } from './sequences.ts';
import { FormatError } from '../format.ts';

/** A decoded value, and what was wrong with its bytes. */
export interface DecodedText {
  text: string;
  /** 'half-character' | 'undecodable' | 'control-characters'; `tail`: the bytes of the half character, hexadecimal. */
  fault: { code: string; message: string; tail?: string } | null;
}

const HALF = {
  code: 'half-character',
  message: 'The text ends in half a character; it was cut off when the file was written.',
};
const BROKEN = { code: 'undecodable', message: 'Some bytes are not text in this encoding; they show as \\xNN.' };
const CONTROL = { code: 'control-characters', message: 'The text holds control characters; NUL shows as \\x00.' };

/** Decodes values of one file in one encoding. */
export class ValueDecoder {
  readonly name: string;
  readonly #decoder: TextDecoder;
  readonly #walk: Walker;

  /** @throws FormatError 'unknown-encoding' when the name means nothing. */
  constructor(name: string) {
    this.name = encodingName(name);
    this.#decoder = textDecoder(name);
    this.#walk = walkerFor(this.name);
  }

  /** `bytes` without padding. Half a character at the end is left out, never guessed. */
  decode(bytes: Uint8Array): DecodedText {
    if (isAscii(bytes)) return tidy(this.#decoder.decode(bytes), null);
    const { bad, half } = this.#walk(bytes);
    const whole = half > 0 ? bytes.subarray(0, bytes.length - half) : bytes;
    const text = bad > 0 ? this.#spelled(whole) : this.#decoder.decode(whole);
    if (!text.includes(REPLACEMENT)) {
      const cut = half > 0 ? { ...HALF, tail: hex(bytes.subarray(bytes.length - half)) } : null;
      return tidy(text, bad > 0 ? BROKEN : cut);
    }
    return tidy(text.replaceAll(REPLACEMENT, UNKNOWN), BROKEN);
  }

  /** The text with U+FFFD for what does not decode, for judging how well the bytes read; half a character at the end is left out. */
  raw(bytes: Uint8Array): string {
    const { half } = this.#walk(bytes);
    return this.#decoder.decode(half > 0 ? bytes.subarray(0, bytes.length - half) : bytes);
  }

  /** What is text as text, every other byte spelled out (`\xC1`), so that nothing delivered is lost behind one sign for all. */
  #spelled(bytes: Uint8Array): string {
    let text = '';
    let from = 0;
    this.#walk(bytes, (at) => {
      if (at > from) text += this.#decoder.decode(bytes.subarray(from, at));
      text += `\\x${(bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
      from = at + 1;
    });
    return from < bytes.length ? text + this.#decoder.decode(bytes.subarray(from)) : text;
  }
}

const REPLACEMENT = '\ufffd';
/** For a sequence that is well formed but stands for no character, or a U+FFFD that was delivered as such. */
const UNKNOWN = '\\x??';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function tidy(text: string, fault: DecodedText['fault']): DecodedText {
  const clean = cleanText(text);
  return { text: clean.text, fault: fault ?? (clean.control ? CONTROL : null) };
}

/** Gewu's name for an encoding by any label of it. @throws FormatError 'unknown-encoding' when the label means nothing */
export function encodingName(label: string): string {
  const known = encodingByLabel(label);
  if (known !== null) return known;
  const message = `"${label}" is not an encoding Gewu knows. Use gb18030, utf-8 or big5.`;
  throw new FormatError('unknown-encoding', message, { encoding: label });
}

/** A decoder by Gewu's name or any label. It neither throws on bad bytes nor eats a byte order mark inside a value. */
export function textDecoder(name: string): TextDecoder {
  const known = encodingName(name);
  return new TextDecoder(decoderLabel(known), { ignoreBOM: true });
}

export function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] ?? 0) >= 0x80) return false;
  return true;
}
