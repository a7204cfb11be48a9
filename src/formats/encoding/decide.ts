import type { EncodingEvidence } from '../format.ts';
import { ValueDecoder } from './decode.ts';
import { encodingByLabel } from './names.ts';
import type { EncodingProbe, Tally } from './probe.ts';
import { scoreTexts } from './text-model.ts';

/** A statement beside the bytes about their encoding: it is tested, never simply believed. */
export interface EncodingClaim {
  /** 'cpg-claims' | 'ldid-claims' */
  code: string;
  /** What is written there, for a person to read. */
  label: string;
  /** The encoding it means; null when it means nothing. */
  name: string | null;
}

interface Candidate {
  name: string;
  tally: Tally;
  log: number;
  posterior: number;
  /** How much the text reads like text at all, 0–1. */
  quality: number;
}

type Evidence = EncodingEvidence['evidence'];

/** A value that does not decode weighs like this many nats. */
const BAD_VALUE = 25;
/** Neighbouring characters are not independent: likelihoods count for less than their sum. */
const DEPENDENCE = 0.5;
/** Posterior from which the bytes contradict a claim. */
const CLEAR = 0.95;
const SAMPLES_SHOWN = 6;

/**
 * Decides one encoding for the whole file. In order: the person's word; all ASCII (then nothing hangs on it); a claim whose
 * every sequence decodes and which the text does not clearly speak against; the bytes alone. A confidence below 0.8 means a
 * person should be asked.
 */
export function decideEncoding(
  probe: EncodingProbe,
  claims: readonly EncodingClaim[],
  given?: string,
): EncodingEvidence {
  const stated = claims.map(({ code, label, name }) => ({ code, data: { label, name } }));
  const candidates = given !== undefined || probe.nonAscii > 0 ? weigh(probe, claims, given) : [];
  const shown = candidates.map(({ name, posterior }) => ({
    name,
    score: Math.round(posterior * 1000) / 1000,
    samples: showSamples(probe, name),
  }));
  const result = (name: string, confidence: number, evidence: Evidence): EncodingEvidence => {
    return { name, confidence: Math.round(confidence * 1000) / 1000, evidence, candidates: shown };
  };
  if (given !== undefined) {
    const name = encodingByLabel(given) ?? given;
    return result(name, 1, [{ code: 'given', data: { label: given, name } }, ...stated]);
  }
  const meaning = claims.filter((claim) => claim.name !== null);
  if (probe.nonAscii === 0) {
    const name = meaning[0]?.name ?? 'GB18030';
    return result(name, 1, [...stated, { code: 'all-ascii', data: { values: probe.values } }]);
  }
  const evidence: Evidence = [...stated];
  for (const claim of meaning) {
    const verdict = testClaim(claim.name ?? '', candidates, probe);
    if (verdict.holds) {
      const { candidate } = verdict;
      return result(refine(candidate.name, claim.name, probe), Math.max(0.9, candidate.posterior), [
        ...evidence,
        decodes(candidate, probe),
        model(candidates),
      ]);
    }
    evidence.push({ code: 'claim-contradicted', data: { claim: claim.code, label: claim.label, by: verdict.by } });
  }
  const best = candidates[0];
  if (!best) return result('GB18030', 0, evidence);
  const badShare = best.tally.bad / probe.nonAscii;
  const ceiling = badShare === 0 ? 0.99 : badShare <= 0.01 ? 0.85 : 0.5;
  return result(best.name, Math.min(best.posterior * best.quality, ceiling), [
    ...evidence,
    decodes(best, probe),
    model(candidates),
  ]);
}

function testClaim(
  claimed: string,
  candidates: readonly Candidate[],
  probe: EncodingProbe,
): { holds: true; candidate: Candidate } | { holds: false; by: string } {
  const family = claimed === 'GBK' ? 'GB18030' : claimed;
  const candidate = candidates.find(({ name }) => name === family);
  if (!candidate || candidate.tally.bad > 0) return { holds: false, by: 'does-not-decode' };
  const rival = candidates.find(({ name, tally }) => name !== family && tally.bad === 0);
  if (rival && rival.posterior >= CLEAR && rival.quality > 0.5 && probe.nonAscii > 0)
    return { holds: false, by: `reads-as-${rival.name}` };
  return { holds: true, candidate };
}

/** The name to show: GBK where that was said and nothing goes beyond it. */
const refine = (name: string, claimed: string | null, probe: EncodingProbe): string =>
  name === 'GB18030' && claimed === 'GBK' && probe.long === 0 ? 'GBK' : name;

function decodes({ name, tally }: Candidate, probe: EncodingProbe): Evidence[number] {
  const data = { name, values: probe.nonAscii, bad: tally.bad, halfCharacters: tally.half };
  return { code: tally.bad === 0 ? 'decodes' : 'does-not-decode', data };
}

const model = (candidates: readonly Candidate[]): Evidence[number] => ({
  code: 'text-model',
  data: Object.fromEntries(candidates.map(({ name, posterior }) => [name, Math.round(posterior * 1000) / 1000])),
});

/** All candidates with their posterior probability, most likely first. */
function weigh(probe: EncodingProbe, claims: readonly EncodingClaim[], given: string | undefined): Candidate[] {
  const names = new Set(['GB18030', 'UTF-8', 'Big5', 'windows-1252']);
  for (const name of [...claims.map((claim) => claim.name), given === undefined ? null : encodingByLabel(given)])
    if (name !== null && name !== 'GBK' && !name.startsWith('UTF-16')) names.add(name);
  const candidates = [...names].map((name): Candidate => {
    const tally = name in probe.tallies ? probe.tallies[name as keyof typeof probe.tallies] : { bad: 0, half: 0 };
    const decoder = new ValueDecoder(name);
    const { log, characters } = scoreTexts(probe.samples.map((sample) => decoder.decode(sample).text));
    const average = characters === 0 ? 0 : log / characters;
    // From −8 (common words) to −11 (random characters) the text stops reading like text.
    const fluent = 1 / (1 + Math.exp((-10.2 - average) * 3));
    // Bytes of another encoding rarely happen to be UTF-8, whatever the text: about three in ten characters would.
    const wellFormed = name === 'UTF-8' && tally.bad === 0 ? 1 - 0.3 ** characters : 0;
    const quality = Math.max(fluent, wellFormed);
    return { name, tally, log: log * DEPENDENCE - tally.bad * BAD_VALUE, posterior: 0, quality };
  });
  const top = Math.max(...candidates.map(({ log }) => log));
  const sum = candidates.reduce((total, { log }) => total + Math.exp(log - top), 0);
  for (const candidate of candidates) candidate.posterior = Math.exp(candidate.log - top) / sum;
  return candidates.toSorted((a, b) => b.posterior - a.posterior || a.tally.bad - b.tally.bad);
}

function showSamples(probe: EncodingProbe, name: string): string[] {
  const decoder = new ValueDecoder(name);
  const step = Math.max(1, Math.floor(probe.samples.length / SAMPLES_SHOWN));
  return Array.from({ length: SAMPLES_SHOWN }, (_, i) => probe.samples[i * step])
    .filter((sample) => sample !== undefined)
    .map((sample) => decoder.decode(sample).text.trim());
}
