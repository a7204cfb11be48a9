import { FormatError } from '../format.ts';

const LONGEST_ITEM = 64 * 1024 * 1024;
const LONGEST_MEMBER = 1024 * 1024;
const DEEPEST = 100;

/** One feature or geometry as its JSON text, or the members around the features once they are known. */
export type JsonPiece = { item: string } | { members: Map<string, string> } | { problem: 'cut-off' | 'not-json' };

interface Scan {
  depth: number;
  inString: boolean;
  escaped: boolean;
  /** Text of the value in progress; null while between values. */
  text: string[] | null;
  length: number;
}

/**
 * Takes JSON text apart into features without holding it whole: the elements of a top-level array, of a `features` member,
 * or top-level objects one after another (newline-delimited, RFC 8142 sequences). Members beside `features` come last.
 * @throws FormatError 'feature-too-large' | 'json-too-deep'
 */
export class JsonItems {
  readonly #members = new Map<string, string>();
  readonly #scan: Scan = { depth: 0, inString: false, escaped: false, text: null, length: 0 };
  /** Depth at which elements lie: 0 none, 1 in a bare array, 2 in a `features` array. */
  #itemDepth = 0;
  #collection = false;
  #sawValue = false;
  #bad = false;

  *read(pieces: Iterable<string>): Generator<JsonPiece> {
    for (const piece of pieces) {
      for (let i = 0; i < piece.length && !this.#bad; i++) {
        const item = this.#take(piece[i] ?? '');
        if (item !== null) yield { item };
      }
      if (this.#bad) break;
    }
    if (this.#bad) yield { problem: 'not-json' };
    else if (this.#scan.depth > 0 || !this.#sawValue || this.#scan.text) yield { problem: 'cut-off' };
    if (this.#members.size > 0) yield { members: this.#members };
  }

  /** Takes one character; gives the text of an item when it ends with it. */
  #take(character: string): string | null {
    const scan = this.#scan;
    if (scan.inString) {
      this.#keep(character);
      if (scan.escaped) scan.escaped = false;
      else if (character === '\\') scan.escaped = true;
      else if (character === '"') scan.inString = false;
      return null;
    }
    switch (character) {
      case '"':
        scan.inString = true;
        this.#begin();
        this.#keep(character);
        return null;
      case '{':
      case '[':
        return this.#open(character);
      case '}':
      case ']':
        return this.#shut(character);
      case ',':
        return this.#comma();
      default:
        return this.#plain(character);
    }
  }

  #plain(character: string): null {
    if (character <= ' ' || character === '\u001e') {
      this.#keep(character);
      return null;
    }
    // Outside any value only white space may stand.
    if (this.#scan.depth === 0 && this.#itemDepth === 0) {
      this.#bad = true;
      return null;
    }
    this.#begin();
    this.#keep(character);
    return null;
  }

  #begin(): void {
    const scan = this.#scan;
    if (scan.text === null) {
      scan.text = [];
      scan.length = 0;
    }
  }

  #keep(character: string): void {
    const scan = this.#scan;
    if (scan.text === null) return;
    scan.text.push(character);
    if (scan.text.length >= 65_536) scan.text = [scan.text.join('')];
    if (++scan.length > LONGEST_ITEM)
      throw new FormatError('feature-too-large', 'One feature is larger than 64 MB. Deliver it in another format.', {});
  }

  #open(character: string): null {
    const scan = this.#scan;
    this.#sawValue = true;
    if (scan.depth === 0 && character === '[' && !this.#collection && scan.text === null) {
      this.#itemDepth = 1;
      scan.depth = 1;
      return null;
    }
    if (scan.depth === 1 && this.#itemDepth === 0 && character === '[' && this.#endsWithFeaturesKey()) {
      this.#storeHead();
      this.#itemDepth = 2;
      this.#collection = true;
      scan.depth = 2;
      scan.text = null;
      return null;
    }
    this.#begin();
    this.#keep(character);
    if (++scan.depth > DEEPEST)
      throw new FormatError(
        'json-too-deep',
        `The file nests more than ${DEEPEST} levels deep, so it is no GeoJSON.`,
        {},
      );
    return null;
  }

  #shut(character: string): string | null {
    const scan = this.#scan;
    if (scan.depth === 0) {
      this.#bad = true;
      return null;
    }
    if (scan.depth === this.#itemDepth) {
      const last = this.#finish();
      scan.depth--;
      this.#itemDepth = 0;
      // What follows the features within the same object are plain members again.
      if (this.#collection) scan.text = ['{'];
      return last;
    }
    this.#keep(character);
    scan.depth--;
    if (scan.depth > 0) return null;
    if (!this.#collection) return this.#finish();
    this.#store(this.#finish() ?? '{}');
    this.#collection = false;
    return null;
  }

  #comma(): string | null {
    if (this.#scan.depth === this.#itemDepth && this.#itemDepth > 0) return this.#finish();
    if (this.#scan.depth === 0) return null;
    this.#keep(',');
    return null;
  }

  #finish(): string | null {
    const text = this.#scan.text?.join('').trim() ?? '';
    this.#scan.text = null;
    return text === '' ? null : text;
  }

  #endsWithFeaturesKey(): boolean {
    const text = this.#scan.text ?? [];
    return /"features"\s*:\s*$/.test(text.slice(-64).join('').slice(-64));
  }

  /** Keeps the members before `features`. */
  #storeHead(): void {
    const head = (this.#scan.text ?? []).join('');
    this.#store(`${head.replace(/,?\s*"features"\s*:\s*$/, '')}}`);
  }

  #store(text: string): void {
    if (text.length > LONGEST_MEMBER) return;
    const body = text.replace(/^\{\s*,?/, '{').replace(/,\s*\}$/, '}');
    this.#members.set(`members${this.#members.size + 1}`, body);
  }
}
