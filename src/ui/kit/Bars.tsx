import { CLARITIES, type Clarity } from '../../model/component.ts';
import { count, useWords } from '../words/index.ts';

/** The four parts of clarity in their one order, clear to unclear; a text says the same. */
export function ClarityBar({
  parts,
  quiet,
  height = 10,
}: {
  parts: Record<Clarity, number>;
  quiet?: boolean;
  height?: number;
}) {
  const { t } = useWords();
  const words = CLARITIES.map((one) => `${t(`values.clarity.${one}`)} ${count(parts[one])}`).join(', ');
  return (
    <div className="stack" role="img" aria-label={words} style={{ blockSize: height }}>
      {CLARITIES.filter((one) => parts[one] > 0).map((one) => (
        <i
          key={one}
          className={`b-${one}${quiet === true && one === 'clear' ? ' is-quiet' : ''}`}
          style={{ flex: parts[one] }}
        />
      ))}
    </div>
  );
}
