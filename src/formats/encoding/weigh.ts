import { isAscii, ValueDecoder } from './decode.ts';
import type { EncodingProbe, Tally } from './probe.ts';
import { scoreTexts } from './text-model.ts';
import type { TextScore } from './text-model.ts';
import type { Vocabulary } from './vocabulary.ts';

/** One encoding the bytes may be in. */
export interface Candidate {
  name: string;
  tally: Tally;
  /** Probability among the candidates, by the bytes alone, 0–1. */
  posterior: number;
  /** How much the text reads like text at all, 0–1. */
  quality: number;
  words: TextScore['words'];
}

/** A value that does not decode weighs like this many nats. */
const BAD_VALUE = 25;
/** Neighbouring characters are not independent: likelihoods count for less than their sum. */
const DEPENDENCE = 0.5;
/** What a Chinese district is sent is seldom in another encoding than these two. */
const USUAL = new Set(['GB18030', 'UTF-8']);
const UNUSUAL = -2;

/** All candidates by the bytes alone, most likely first. */
export function weigh(probe: EncodingProbe, vocabulary: Vocabulary | undefined): Candidate[] {
  const scored = [...probe.tallies].map(([name, tally]) => {
    const decoder = new ValueDecoder(name);
    const texts = probe.samples.map((sample) => decoder.raw(sample));
    const { log, characters, words } = scoreTexts(texts, vocabulary);
    const weight = log * DEPENDENCE - tally.bad * BAD_VALUE + (USUAL.has(name) ? 0 : UNUSUAL);
    return { name, tally, weight, words, quality: qualityOf(name, tally, log, characters) };
  });
  const top = Math.max(...scored.map(({ weight }) => weight));
  const sum = scored.reduce((total, { weight }) => total + Math.exp(weight - top), 0);
  return scored
    .map(({ weight, ...candidate }) => ({ ...candidate, posterior: Math.exp(weight - top) / sum }))
    .toSorted((a, b) => b.posterior - a.posterior || a.tally.bad - b.tally.bad);
}

function qualityOf(name: string, tally: Tally, log: number, characters: number): number {
  const average = characters === 0 ? 0 : log / characters;
  // From −8 (common words) to −11 (random characters) the text stops reading like text.
  const fluent = 1 / (1 + Math.exp((-10.2 - average) * 3));
  // Bytes of another encoding rarely happen to be UTF-8, whatever the text: about three in ten characters would.
  const wellFormed = name === 'UTF-8' && tally.bad === 0 ? 1 - 0.3 ** characters : 0;
  return Math.max(fluent, wellFormed);
}

/** Bytes above 0x7F in the distinct values: how much there is to judge by. */
export function textBytes(probe: EncodingProbe): number {
  let bytes = 0;
  for (const sample of probe.samples) if (!isAscii(sample)) for (const byte of sample) if (byte >= 0x80) bytes++;
  return bytes;
}

const SAMPLES_SHOWN = 6;

/** The same few values under an encoding, for a person to judge. */
export function showSamples(probe: EncodingProbe, name: string): string[] {
  const decoder = new ValueDecoder(name);
  const step = Math.max(1, Math.floor(probe.samples.length / SAMPLES_SHOWN));
  return Array.from({ length: SAMPLES_SHOWN }, (_, i) => probe.samples[i * step])
    .filter((sample) => sample !== undefined)
    .map((sample) => decoder.decode(sample).text.trim());
}
