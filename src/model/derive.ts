/**
 * Values a delivery does not hold in one field of their own: joined from several, cut out of one, the same for every row, or put in
 * other words. Pure, so that the preview on the screen and the import say the same.
 */
export type Derivation = Join | PartOf | PieceOf | Constant | LookUp;

interface Target {
  /** The column it fills, as in a mapping. */
  to: string;
}

export interface Join extends Target {
  op: 'concat';
  from: string[];
  /** Between the parts; nothing unless said. */
  separator?: string | undefined;
  /** Zeros are put before a part until it has so many characters; one number a field, 0 leaves it as it is. */
  widths?: number[] | undefined;
  /** 'skip' (unless said) joins the parts there are; 'blank' makes the whole blank where one is. */
  blanks?: 'skip' | 'blank' | undefined;
}

/** The n-th of the parts between separators: 1 is the first, -1 the last. */
export interface PartOf extends Target {
  op: 'split';
  from: string[];
  separator: string;
  part: number;
}

/** So many characters from a place on: 1 is the first character; without a length, to the end. */
export interface PieceOf extends Target {
  op: 'split';
  from: string[];
  start: number;
  length?: number | undefined;
}

export interface Constant extends Target {
  op: 'constant';
  value: string;
}

export interface LookUp extends Target {
  op: 'lookup';
  from: string[];
  values: { was: string; now: string | null }[];
  /** What happens to a value that is not in the list: 'fault' unless said. */
  otherwise?: 'keep' | 'blank' | 'fault' | undefined;
}

export interface Derived {
  value: string | null;
  /** 'no-such-part' | 'not-in-list' */
  fault: string | null;
}

const BLANK: Derived = { value: null, fault: null };

/** Fields a derivation reads; none for a constant. */
export function sourcesOf(derivation: Derivation): readonly string[] {
  return derivation.op === 'constant' ? [] : derivation.from;
}

/** A value as compared with a list: without blanks around it, full-width forms folded. */
function comparable(text: string): string {
  return text.normalize('NFKC').trim();
}

/** How a derivation reads one row: made once, since a list may hold thousands of values. A blank stays blank and is no fault. */
export function deriver(derivation: Derivation): (read: (field: string) => string | null) => Derived {
  const filled = (text: string | null) => (text === null || text.trim() === '' ? null : text.trim());
  switch (derivation.op) {
    case 'constant':
      return () => ({ value: filled(derivation.value), fault: null });
    case 'concat':
      return (read) => join(derivation, (field) => filled(read(field)));
    case 'split':
      return (read) => {
        const text = filled(read(derivation.from[0] ?? ''));
        return text === null ? BLANK : cut(derivation, text);
      };
    case 'lookup': {
      const list = new Map(derivation.values.map(({ was, now }) => [comparable(was), now]));
      return (read) => {
        const text = filled(read(derivation.from[0] ?? ''));
        if (text === null) return BLANK;
        const found = list.get(comparable(text));
        if (found !== undefined) return { value: found, fault: null };
        if (derivation.otherwise === 'keep') return { value: text, fault: null };
        return derivation.otherwise === 'blank' ? BLANK : { value: null, fault: 'not-in-list' };
      };
    }
  }
}

function join({ from, separator = '', widths = [], blanks = 'skip' }: Join, read: (field: string) => string | null) {
  const parts = from.map((field, i) => read(field)?.padStart(widths[i] ?? 0, '0') ?? null);
  const there = parts.filter((part) => part !== null);
  if (there.length === 0 || (blanks === 'blank' && there.length < parts.length)) return BLANK;
  return { value: there.join(separator), fault: null };
}

function cut(derivation: PartOf | PieceOf, text: string): Derived {
  const found = 'separator' in derivation ? partOf(derivation, text) : pieceOf(derivation, text);
  return found === undefined || found.trim() === ''
    ? { value: null, fault: 'no-such-part' }
    : { value: found.trim(), fault: null };
}

function partOf({ separator, part }: PartOf, text: string): string | undefined {
  const parts = text.split(separator);
  return part < 0 ? parts.at(part) : parts[part - 1];
}

function pieceOf({ start, length }: PieceOf, text: string): string | undefined {
  const characters = Array.from(text);
  return characters.slice(start - 1, length === undefined ? undefined : start - 1 + length).join('');
}
