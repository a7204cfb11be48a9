import type { Evidence, InspectedTable } from '../../../api/delivery.ts';
import { useEngine } from '../../app/engine.ts';
import { sayIf, useWords, type Translate } from '../../words/index.ts';
import { useFlow } from './flow.ts';
import { decide, planOf } from './flow-actions.ts';
import { valuesOf } from './values.ts';
import { EvidenceBlock, EvidenceChoice } from './evidence-blocks.tsx';

type Candidate = InspectedTable['encoding']['candidates'][number];

/** Bytes that do not decode are spelled out: \xC1, or \x?? for a sign that stands for nothing. */
const BROKEN = /\\x(?:[0-9A-F]{2}|\?\?)/u;
const SHOWN = 4;

/** The same bytes under each candidate: a person sees at once which of them is text. */
export function EncodingEvidence({ table }: { table: InspectedTable }) {
  const { t } = useWords();
  const engine = useEngine();
  const { encoding } = table;
  // The reader tells what the bytes say; the person's word stands above it.
  const said = useFlow((s) => planOf(s.plans, table)?.encoding);
  const name = said ?? encoding.name;
  if (name === null) return null;
  const plain = encoding.evidence.some((one) => one.code === 'all-ascii');
  const given = encoding.evidence.some((one) => one.code === 'bom');
  const shown = telling(encoding.candidates[0]);
  const chosen = (one: Candidate) => one.name === name || (name === 'GBK' && one.name === 'GB18030');
  return (
    <EvidenceBlock
      caption={t('evidence.encoding.title')}
      value={name}
      confidence={said === undefined ? encoding.confidence : 1}
      about={said === undefined ? reasonsOf(encoding.evidence) : t('evidence.encodingWhy.given')}
    >
      {encoding.candidates.length === 0 && (
        <p className="cd t3">
          {t(given ? 'evidence.encoding.marked' : plain ? 'evidence.encoding.plain' : 'evidence.encoding.only')}
        </p>
      )}
      {encoding.candidates.slice(0, SHOWN).map((one) => (
        <EvidenceChoice
          key={one.name}
          group={`encoding ${table.file} ${table.name}`}
          name={one.name}
          chosen={chosen(one)}
          main={samplesAt(one, shown)}
          poor={!chosen(one)}
          side={verdict(one, t)}
          onChoose={() => decide(engine, table, { encoding: one.name })}
        />
      ))}
    </EvidenceBlock>
  );
}

/** Which samples to show, the same under every candidate: the two that are longest as the likeliest one reads them. */
function telling(best: Candidate | undefined): number[] {
  const lengths = (best?.samples ?? []).map((sample, i) => [sample.length, i] as const);
  const longest = lengths.toSorted(([a], [b]) => b - a).slice(0, 2);
  return longest.map(([, i]) => i).toSorted((a, b) => a - b);
}

function samplesAt(one: Candidate, at: readonly number[]): string {
  return at.flatMap((i) => one.samples[i] ?? []).join('　') || '–';
}

function verdict(one: Candidate, t: Translate): string {
  if (one.samples.some((sample) => BROKEN.test(sample))) return t('evidence.encoding.broken');
  if (one.score >= 0.5) return t('evidence.encoding.reads', { share: Math.round(one.score * 100) });
  return t('evidence.encoding.noWords');
}

/** What the answer rests on, in the order it was weighed: what the file claims, whether that held, what the bytes say. */
function reasonsOf(evidence: readonly Evidence[]): string {
  const words = evidence.flatMap(({ code, data }) => sayIf(`evidence.encodingWhy.${code}`, valuesOf(data)) ?? []);
  return words.join(' · ');
}
