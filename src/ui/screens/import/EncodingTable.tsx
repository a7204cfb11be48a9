import type { BatchText, Evidence, InspectedTable } from '../../../api/delivery.ts';
import { sayIf, useWords } from '../../words/index.ts';
import { valuesOf } from './values.ts';

type Candidate = InspectedTable['encoding']['candidates'][number];

/** Best first; more than these are no use to look at. */
const SHOWN = 4;

/** What speaks for the answer, in the order it was weighed. */
export function EncodingReasons({ file, evidence }: { file: string; evidence: readonly Evidence[] }) {
  const words = evidence.flatMap(({ code, data }) => sayIf(`evidence.encodingWhy.${code}`, valuesOf(data)) ?? []);
  return (
    <p className="sm">
      <b>{file}</b>
      <span className="t2"> {words.join(' · ')}</span>
    </p>
  );
}

/** Two names of one reading: GBK is read with its superset. */
export const sameReading = (a: string | null, b: string | null): boolean => family(a) === family(b);
const family = (name: string | null): string | null =>
  name?.toUpperCase() === 'GBK' ? 'GB18030' : (name?.toUpperCase() ?? null);

interface EncodingTableProps {
  text: BatchText;
  candidates: readonly Candidate[];
  chosen: string;
  onChoose: (encoding: string) => void;
}

/** The same values side by side under each candidate, each column headed by the choice of it. */
export function EncodingTable({ text, candidates, chosen, onChoose }: EncodingTableProps) {
  const { t } = useWords();
  const shown = candidates.slice(0, SHOWN);
  if (shown.length === 0) {
    const marked = text.evidence?.evidence.some(({ code }) => code === 'bom') === true;
    return <p className="sm t3">{t(marked ? 'encoding.marked' : 'encoding.ascii')}</p>;
  }
  const rows = Math.max(...shown.map((one) => one.samples.length));
  return (
    <div className="scroll clashes is-inset enc-samples" tabIndex={0} role="region" aria-label={t('encoding.samples')}>
      <table className="sheet-table">
        <thead>
          <tr>
            {shown.map((one) => (
              <th key={one.name} scope="col">
                <label className="row g2 enc-choice">
                  <input
                    type="radio"
                    className="rad"
                    name="encoding of the delivery"
                    aria-label={one.name}
                    checked={sameReading(one.name, chosen)}
                    onChange={() => onChoose(one.name)}
                  />
                  <b>{one.name}</b>
                  <span className="t3">
                    {sameReading(one.name, text.encoding) ? t('encoding.used') : `${Math.round(one.score * 100)}%`}
                  </span>
                </label>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, i) => (
            <tr key={shown.map((one) => one.samples[i]).join('\u0000') + String(i)}>
              {shown.map((one) => (
                <td key={one.name} className={sameReading(one.name, chosen) ? '' : 't3'}>
                  {one.samples[i] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
