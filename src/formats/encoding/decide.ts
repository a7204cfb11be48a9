import type { EncodingEvidence } from '../format.ts';
import { encodingByLabel } from './names.ts';
import type { EncodingProbe } from './probe.ts';
import type { Vocabulary } from './vocabulary.ts';
import { showSamples, textBytes, weigh } from './weigh.ts';
import type { Candidate } from './weigh.ts';

/** A statement beside the bytes about their encoding: it is tested, never simply believed. */
export interface EncodingClaim {
  /** 'cpg-claims' | 'ldid-claims' */
  code: string;
  /** What is written there, for a person to read. */
  label: string;
  /** The encoding it means; null when it means nothing. */
  name: string | null;
}

/** What besides the bytes may be known. */
export interface EncodingHints {
  /** The person's word. */
  given?: string | undefined;
  /** Names of the district that the text may be expected to hold. */
  vocabulary?: Vocabulary | undefined;
}

type Evidence = EncodingEvidence['evidence'];

/** From here on an answer is used without asking. */
const CLEAR = 0.8;
/** What a claim is worth that holds and that nothing speaks against. */
const CLAIMED = 0.9;
/** With fewer bytes above 0x7F than this, a claim that the text does not bear out itself proves nothing. */
const ENOUGH = 24;

/**
 * Decides one encoding for the whole file. In order: the person's word; all ASCII (then nothing hangs on it); a claim whose
 * every sequence decodes and which the text does not speak against; the bytes alone. A confidence below 0.8 means a
 * person should be asked.
 */
export function decideEncoding(
  probe: EncodingProbe,
  claims: readonly EncodingClaim[],
  { given, vocabulary }: EncodingHints = {},
): EncodingEvidence {
  const stated = claims.map(({ code, label, name }) => ({ code, data: { label, name } }));
  const candidates = given !== undefined || probe.nonAscii > 0 ? weigh(probe, vocabulary) : [];
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
  // A table of single bytes is never in UTF-16, whatever stands beside it.
  const meaning = claims.filter(({ name }) => name !== null && !name.startsWith('UTF-16'));
  if (probe.nonAscii === 0) {
    const name = meaning[0]?.name ?? 'GB18030';
    return result(name, 1, [...stated, { code: 'all-ascii', data: { values: probe.values } }]);
  }
  const evidence: Evidence = [...stated];
  for (const claim of meaning) {
    const verdict = testClaim(claim.name ?? '', candidates, probe);
    const { candidate } = verdict;
    if (verdict.kind === 'holds' && candidate) {
      const name = refine(candidate.name, claim.name, probe);
      return result(name, Math.max(CLAIMED, candidate.posterior), [
        ...evidence,
        ...reasons(candidate, candidates, probe),
      ]);
    }
    const data = { claim: claim.code, label: claim.label, by: verdict.by };
    evidence.push({ code: verdict.kind === 'unproven' ? 'claim-unproven' : 'claim-contradicted', data });
  }
  const best = candidates[0];
  if (!best) return result('GB18030', 0, evidence);
  return result(best.name, byBytes(best, probe), [...evidence, ...reasons(best, candidates, probe)]);
}

/** How sure the bytes alone are of a reading. */
function byBytes({ posterior, quality, tally }: Candidate, probe: EncodingProbe): number {
  const badShare = tally.bad / Math.max(1, probe.nonAscii);
  const ceiling = badShare === 0 ? 0.99 : badShare <= 0.01 ? 0.85 : 0.5;
  // One or two characters can be meant either way: there the odds must be nine to one.
  const sure = textBytes(probe) < ENOUGH ? Math.max(0, 2 * posterior - 1) : posterior;
  return Math.min(sure * quality, ceiling);
}

interface Verdict {
  kind: 'holds' | 'unproven' | 'contradicted';
  candidate?: Candidate | undefined;
  by: string;
}

/**
 * A claim holds when everything decodes under it and the text prefers no other encoding clearly. Where there is so little text
 * that either reading may be meant, it has to be the text's own preference as well: a lying claim would go unnoticed.
 */
function testClaim(claimed: string, candidates: readonly Candidate[], probe: EncodingProbe): Verdict {
  const family = claimed === 'GBK' ? 'GB18030' : claimed;
  const candidate = candidates.find(({ name }) => name === family);
  if (!candidate || candidate.tally.bad > 0) return { kind: 'contradicted', by: 'does-not-decode' };
  const rival = candidates.find((other) => other !== candidate && byBytes(other, probe) >= CLEAR);
  if (rival) return { kind: 'contradicted', by: `reads-as-${rival.name}` };
  if (byBytes(candidate, probe) < CLEAR && textBytes(probe) < ENOUGH) return { kind: 'unproven', by: 'little-text' };
  return { kind: 'holds', candidate, by: '' };
}

/** The name to show: GBK where that was said and nothing goes beyond it. */
const refine = (name: string, claimed: string | null, probe: EncodingProbe): string =>
  name === 'GB18030' && claimed === 'GBK' && probe.long === 0 ? 'GBK' : name;

function reasons(chosen: Candidate, candidates: readonly Candidate[], probe: EncodingProbe): Evidence {
  const { name, tally, words } = chosen;
  const data = { name, values: probe.nonAscii, bad: tally.bad, halfCharacters: tally.half };
  const scores = candidates.map((one) => [one.name, Math.round(one.posterior * 1000) / 1000] as const);
  return [
    { code: tally.bad === 0 ? 'decodes' : 'does-not-decode', data },
    ...(words.count === 0 ? [] : [{ code: 'known-words', data: { name, count: words.count, words: words.examples } }]),
    { code: 'text-model', data: Object.fromEntries(scores) },
  ];
}
