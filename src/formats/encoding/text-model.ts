import { SIMPLIFIED_BY_FREQUENCY, TRADITIONAL_BY_FREQUENCY } from './character-frequency.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * How likely a decoded text is as Chinese survey text, as a sum of natural logarithms of probabilities per character. ASCII
 * counts nothing: it is the same under every candidate. Two languages are weighed, simplified and traditional, and the better
 * one counts; scripts that keep to themselves (Cyrillic, kana, Latin with accents) are passable as long as they do.
 */

/** Log-probabilities of the classes of characters that are not in a frequency list. */
const LEVEL_ONE = -9;
const LEVEL_TWO = -11.5;
const OTHER_HAN = -13.5;
const PUNCTUATION = -7;
const SAME_SCRIPT = -6.5;
const STRANGE = -14;
const IMPOSSIBLE = -30;

const decodeRange = (label: string, leads: [number, number], trails: [number, number]): Set<string> => {
  const bytes: number[] = [];
  for (let lead = leads[0]; lead <= leads[1]; lead++)
    for (let trail = trails[0]; trail <= trails[1]; trail++) if (trail < 0x7f || trail > 0xa0) bytes.push(lead, trail);
  return new Set(new TextDecoder(label).decode(Uint8Array.from(bytes)));
};

/** Zipf-like log-probabilities by rank, adding up to `mass`. */
function byRank(characters: string, mass: number): Map<string, number> {
  const list = [...new Set(characters)];
  const weights = list.map((_, rank) => 1 / (rank + 10));
  const sum = weights.reduce((a, b) => a + b, 0);
  return new Map(list.map((character, i) => [character, Math.log((mass * (weights[i] ?? 0)) / sum)]));
}

interface Language {
  frequent: Map<string, number>;
  levelOne: Set<string>;
  levelTwo: Set<string>;
}
let languages: [Language, Language] | null = null;

/** The standards order their own characters: GB 2312 and Big5 both begin with the ones in common use. */
function loadLanguages(): [Language, Language] {
  languages ??= [
    {
      frequent: byRank(SIMPLIFIED_BY_FREQUENCY, 0.75),
      levelOne: decodeRange('gb18030', [0xb0, 0xd7], [0xa1, 0xfe]),
      levelTwo: decodeRange('gb18030', [0xd8, 0xf7], [0xa1, 0xfe]),
    },
    {
      frequent: byRank(TRADITIONAL_BY_FREQUENCY, 0.5),
      levelOne: decodeRange('big5', [0xa4, 0xc6], [0x40, 0xfe]),
      levelTwo: decodeRange('big5', [0xc9, 0xf9], [0x40, 0xfe]),
    },
  ];
  return languages;
}

const isHan = (code: number): boolean => (code >= 0x3400 && code <= 0x9fff) || code >= 0x20000;

function scoreHan(character: string, language: Language): number {
  const known = language.frequent.get(character);
  if (known !== undefined) return known;
  if (language.levelOne.has(character)) return LEVEL_ONE;
  return language.levelTwo.has(character) ? LEVEL_TWO : OTHER_HAN;
}

const isPunctuation = (code: number): boolean =>
  (code >= 0x3001 && code <= 0x3011) ||
  (code >= 0xff01 && code <= 0xff5e) ||
  (code >= 0x2013 && code <= 0x2026) ||
  [0x3000, 0xb7, 0xd7, 0xb0, 0xb1, 0xb2, 0x2103, 0x33a1, 0x2116].includes(code) ||
  (code >= 0x2160 && code <= 0x216b) ||
  (code >= 0x2460 && code <= 0x2473);

function scoreOther(code: number, before: number, after: number): number {
  if (code === 0xfffd || (code >= 0x80 && code <= 0x9f) || (code >= 0xe000 && code <= 0xf8ff)) return IMPOSSIBLE;
  if (isPunctuation(code)) return PUNCTUATION;
  const letter = (other: number): boolean => (other | 0x20) >= 0x61 && (other | 0x20) <= 0x7a;
  // An accented Latin letter stands between plain letters; other scripts stand among their own.
  if (code >= 0xc0 && code <= 0x24f) return letter(before) && (letter(after) || after < 0x41) ? SAME_SCRIPT : STRANGE;
  const block = code >> 7;
  const near = (other: number): boolean => other >= 0x250 && other >> 7 === block;
  return code < 0x2000 || (code >= 0x3040 && code <= 0x30ff) || code >= 0xac00
    ? near(before) || near(after)
      ? SAME_SCRIPT
      : STRANGE
    : STRANGE;
}

export interface TextScore {
  /** Natural logarithm of the likelihood of all non-ASCII characters. */
  log: number;
  /** Non-ASCII characters counted. */
  characters: number;
  /** Known words met, and the first few different ones. */
  words: { count: number; examples: string[] };
}

interface Running {
  common: number;
  asSimplified: number;
  asTraditional: number;
  characters: number;
  words: TextScore['words'];
}

const EXAMPLES = 3;

/** Scores texts decoded under one candidate; a word of the vocabulary counts as one thing, about as likely as any other word. */
export function scoreTexts(texts: readonly string[], vocabulary?: Vocabulary): TextScore {
  const running: Running = {
    common: 0,
    asSimplified: 0,
    asTraditional: 0,
    characters: 0,
    words: { count: 0, examples: [] },
  };
  for (const text of texts) scoreText(text, vocabulary, running);
  const { common, asSimplified, asTraditional, characters, words } = running;
  return { log: common + Math.max(asSimplified, asTraditional - (asTraditional < 0 ? 2 : 0)), characters, words };
}

function scoreText(text: string, vocabulary: Vocabulary | undefined, running: Running): void {
  const [simplified, traditional] = loadLanguages();
  const wordLog = -Math.log((vocabulary?.size ?? 0) + 1) - 1;
  let before = 0x20;
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at) ?? 0;
    const length = code > 0xffff ? 2 : 1;
    const wordLength = code < 0x80 ? 0 : (vocabulary?.wordAt(text, at) ?? 0);
    if (wordLength > 0) {
      const word = text.slice(at, at + wordLength);
      noteWord(word, running.words);
      running.characters += Array.from(word).filter((character) => character > '\u007f').length;
      running.asSimplified += Math.max(wordLog, scoreWord(word, simplified));
      running.asTraditional += Math.max(wordLog, scoreWord(word, traditional));
      before = word.codePointAt(wordLength - 1) ?? 0;
      at += wordLength;
      continue;
    }
    if (code >= 0x80) {
      running.characters++;
      if (isHan(code)) {
        const character = String.fromCodePoint(code);
        running.asSimplified += scoreHan(character, simplified);
        running.asTraditional += scoreHan(character, traditional);
      } else running.common += scoreOther(code, before, text.codePointAt(at + length) ?? 0x20);
    }
    before = code;
    at += length;
  }
}

function noteWord(word: string, words: TextScore['words']): void {
  words.count++;
  if (words.examples.length < EXAMPLES && !words.examples.includes(word)) words.examples.push(word);
}

/** A word's characters one by one: a short common word is likelier than the vocabulary's size makes it. */
function scoreWord(word: string, language: Language): number {
  let log = 0;
  for (const character of word) if (character > '\u007f') log += scoreHan(character, language);
  return log;
}
