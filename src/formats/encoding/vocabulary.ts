/**
 * Names and words a text may be expected to hold: streets, communities, units, classes. A whole word under one reading says far more
 * than its characters do one by one, because the wrong readings of bytes are never words.
 */
export interface Vocabulary {
  readonly size: number;
  /** Length in UTF-16 units of the longest known word that begins at `at`, or 0. */
  wordAt(text: string, at: number): number;
}

const SHORTEST = 2;
const LONGEST = 40;

/** Gathers words of two to forty characters with at least one that is no ASCII; blanks around them do not count. */
export function createVocabulary(words: Iterable<string>): Vocabulary {
  const known = new Set<string>();
  /** First two characters → lengths of the words that begin so, longest first. */
  const lengths = new Map<string, number[]>();
  for (const raw of words) {
    const word = raw.trim();
    if (word.length < SHORTEST || word.length > LONGEST || known.has(word) || !/[\u0080-\uffff]/.test(word)) continue;
    known.add(word);
    const head = word.slice(0, SHORTEST);
    const list = lengths.get(head) ?? [];
    if (!list.includes(word.length))
      lengths.set(
        head,
        [...list, word.length].toSorted((a, b) => b - a),
      );
  }
  return {
    size: known.size,
    wordAt(text, at) {
      const candidates = lengths.get(text.slice(at, at + SHORTEST));
      return candidates?.find((length) => known.has(text.slice(at, at + length))) ?? 0;
    },
  };
}
