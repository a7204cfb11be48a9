import type { Evidence, InspectedTable } from '../../../api/delivery.ts';
import { useEngine } from '../../app/engine.ts';
import { sayIf, useWords, type Translate } from '../../words/index.ts';
import { useFlow } from './flow.ts';
import { decide, planOf } from './flow-actions.ts';
import { valuesOf } from './values.ts';
import { EvidenceBlock, EvidenceChoice } from './evidence-blocks.tsx';

type Candidate = InspectedTable['encoding']['candidates'][number];

const BROKEN = '\uFFFD';
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
  const chosen = (one: Candidate) => one.name === name || (name === 'GBK' && one.name === 'GB18030');
  return (
    <EvidenceBlock
      caption={t('evidence.encoding.title')}
      value={name}
      confidence={said === undefined ? encoding.confidence : 1}
      about={said === undefined ? shortReason(encoding.evidence) : t('evidence.encodingWhy.given')}
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
          main={sampleOf(one)}
          poor={!chosen(one)}
          side={verdict(one, t)}
          onChoose={() => decide(engine, table, { encoding: one.name })}
        />
      ))}
    </EvidenceBlock>
  );
}

/** The longest of the samples, where a wrong encoding shows most. */
function sampleOf(one: Candidate): string {
  return (
    one.samples
      .toSorted((a, b) => b.length - a.length)
      .slice(0, 2)
      .join('　') || '–'
  );
}

function verdict(one: Candidate, t: Translate): string {
  if (one.samples.some((sample) => sample.includes(BROKEN))) return t('evidence.encoding.broken');
  if (one.score >= 0.5) return t('evidence.encoding.reads', { share: Math.round(one.score * 100) });
  return t('evidence.encoding.noWords');
}

/** What the answer rests on in a few words: what the file claims, and whether that held. */
function shortReason(evidence: readonly Evidence[]): string {
  const words = evidence.flatMap(({ code, data }) => sayIf(`evidence.encodingWhy.${code}`, valuesOf(data)) ?? []);
  return words.slice(0, 2).join(sayIf('evidence.comma') ?? ', ');
}
