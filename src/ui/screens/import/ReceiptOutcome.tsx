import type { Outcome } from '../../../api/delivery.ts';
import { count, useWords } from '../../words/index.ts';

/** Headings of the four figures that say what became of rows. */
export function OutcomeHeads() {
  const { t } = useWords();
  return (['rows', 'in', 'refused', 'open'] as const).map((key) => (
    <th key={key} scope="col" className="num">
      {t(`receipt.${key}`)}
    </th>
  ));
}

export function OutcomeCells({ outcome: { rows, broughtIn, refused, open } }: { outcome: Outcome }) {
  return [rows, broughtIn, refused, open].map((value, i) => (
    <td key={OUTCOME_KEYS[i]} className={value === 0 ? 'num t3' : 'num'}>
      {value === 0 ? '–' : count(value)}
    </td>
  ));
}
const OUTCOME_KEYS = ['rows', 'broughtIn', 'refused', 'open'];
