import { FormatError } from '../format.ts';

const LONGEST_ITEM = 16 * 1024 * 1024;
const LONGEST_MEMBER = 1024 * 1024;
const DEEPEST = 100;
const STRUCTURE = /["{}[\],]/g;
const IN_STRING = /["\\]/g;
/** White space, and the record separator of RFC 8142 sequences. */
const isOnlySpace = (text: string): boolean => text.replaceAll('\u001e', '').trim() === '';

/** One feature or geometry as its JSON text, or an object of members around the features, or what is wrong. */
export type JsonPiece = { item: string } | { members: string } | { problem: 'cut-off' | 'not-json' };

/**
 * Takes JSON text apart into features without holding it whole: the elements of a top-level array, of a `features` member,
 * or top-level objects one after another (newline-delimited, RFC 8142 sequences).
 * @throws FormatError 'feature-too-large' | 'json-too-deep'
 */
export class JsonItems {
  /** The piece being read, and where in it the next look begins. */
  #piece = '';
  #at = 0;
  /** Value in progress: its text from earlier pieces, and where it goes on in this one; -1 while between values. */
  #earlier = '';
  #from = -1;
  #depth = 0;
  /** Depth at which elements lie: 0 none, 1 in a bare array, 2 in a `features` array. */
  #itemDepth = 0;
  /** Within an object whose `features` were met. */
  #collection = false;
  #inString = false;
  #escaped = false;
  #sawValue = false;
  #bad = false;

  *read(pieces: Iterable<string>): Generator<JsonPiece> {
    for (const piece of pieces) {
      this.#piece = piece;
      this.#at = 0;
      while (this.#at < piece.length && !this.#bad) {
        const found = this.#inString ? this.#throughString() : this.#toStructure();
        if (found) yield found;
      }
      if (this.#bad) break;
      this.#carry();
    }
    if (this.#bad) yield { problem: 'not-json' };
    else if (this.#depth > 0 || !this.#sawValue) yield { problem: 'cut-off' };
  }

  /** Keeps the part of a value in progress before the next piece comes. */
  #carry(): void {
    if (this.#from < 0) return;
    this.#earlier += this.#piece.slice(this.#from);
    this.#from = 0;
    if (this.#earlier.length > LONGEST_ITEM)
      throw new FormatError('feature-too-large', 'One feature is larger than 16 MB. Deliver it in another format.', {});
  }

  #throughString(): null {
    if (this.#escaped) {
      this.#escaped = false;
      this.#at++;
      return null;
    }
    IN_STRING.lastIndex = this.#at;
    const match = IN_STRING.exec(this.#piece);
    this.#at = match ? match.index + 1 : this.#piece.length;
    if (match?.[0] === '"') this.#inString = false;
    else if (match) this.#escaped = true;
    return null;
  }

  #toStructure(): JsonPiece | null {
    STRUCTURE.lastIndex = this.#at;
    const match = STRUCTURE.exec(this.#piece);
    const end = match ? match.index : this.#piece.length;
    if (this.#from < 0 && !isOnlySpace(this.#piece.slice(this.#at, end))) {
      // Outside any value only white space may stand.
      if (this.#depth === 0) this.#bad = true;
      this.#from = this.#at;
    }
    this.#at = end + 1;
    if (!match || this.#bad) return null;
    switch (match[0]) {
      case '"':
        if (this.#depth === 0) this.#bad = true;
        this.#begin(end);
        this.#inString = true;
        return null;
      case ',':
        return this.#depth > 0 && this.#depth === this.#itemDepth ? this.#item(end) : null;
      case '{':
      case '[':
        return this.#open(match[0], end);
      default:
        return this.#shut(end);
    }
  }

  #begin(at: number): void {
    if (this.#from < 0) this.#from = at;
  }

  /** Ends the value in progress before `end` of this piece. */
  #take(end: number): string {
    const text = this.#from < 0 ? '' : this.#earlier + this.#piece.slice(this.#from, end);
    this.#earlier = '';
    this.#from = -1;
    return text.trim();
  }

  #item(end: number): JsonPiece | null {
    const item = this.#take(end);
    return item === '' ? null : { item };
  }

  #open(bracket: string, at: number): JsonPiece | null {
    this.#sawValue = true;
    if (bracket === '[' && this.#depth === 0) {
      this.#itemDepth = this.#depth = 1;
      return null;
    }
    if (bracket === '[' && this.#depth === 1 && this.#itemDepth === 0 && this.#afterFeaturesKey(at)) {
      const before = this.#take(at);
      const head = before.slice(0, before.lastIndexOf('"features"')).trimEnd().replace(/,$/, '');
      this.#itemDepth = this.#depth = 2;
      this.#collection = true;
      return members(`${head}}`);
    }
    this.#begin(at);
    if (++this.#depth > DEEPEST)
      throw new FormatError('json-too-deep', `It nests more than ${DEEPEST} levels deep, so it is no GeoJSON.`, {});
    return null;
  }

  #afterFeaturesKey(at: number): boolean {
    const near = (this.#earlier + this.#piece.slice(Math.max(this.#from, at - 64), at)).slice(-64);
    return /"features"\s*:\s*$/.test(near);
  }

  #shut(at: number): JsonPiece | null {
    if (this.#depth === 0) {
      this.#bad = true;
      return null;
    }
    if (this.#depth === this.#itemDepth) {
      const last = this.#item(at);
      this.#depth--;
      this.#itemDepth = 0;
      // What follows the features within the same object are plain members again.
      if (this.#collection) {
        this.#earlier = '{';
        this.#from = at + 1;
      }
      return last;
    }
    if (--this.#depth > 0) return null;
    if (!this.#collection) return this.#item(at + 1);
    this.#collection = false;
    return members(this.#take(at + 1).replace(/^\{\s*,/, '{'));
  }
}

const members = (text: string): JsonPiece | null => (text.length > LONGEST_MEMBER ? null : { members: text });
