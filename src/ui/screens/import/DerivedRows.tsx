import { IconArrowRight, IconPencil } from '@tabler/icons-react';
import type { InspectedTable } from '../../../api/delivery.ts';
import { sourcesOf, type Derivation } from '../../../model/derive.ts';
import { IconButton } from '../../kit/IconButton.tsx';
import { sayIf, useWords } from '../../words/index.ts';
import { previewOf } from './derive-draft.ts';
import { targetName } from './targets.ts';

/** Columns made of more or less than one field, among the others: from what, what it makes, and the way to change it. */
export function DerivedRows({ table, onChange }: { table: InspectedTable; onChange: (index: number) => void }) {
  const { t, language } = useWords();
  const as = table.as.value ?? 'component';
  return table.derived.map(({ derivation, confidence, why }, i) => {
    const name = targetName(as, derivation.to, language);
    const first = previewOf(table, derivation).find(({ value }) => value !== null)?.value ?? null;
    const change = (
      <IconButton
        label={t('matching.derive.changeOf', { column: name })}
        className="is-sm end"
        onClick={() => onChange(i)}
      >
        <IconPencil size={14} stroke={1.5} />
      </IconButton>
    );
    return (
      <tr key={derivation.to}>
        <td className="cut" title={sourcesOf(derivation).join(' ')}>
          <span className="derive-op">{t(`matching.derive.op.${derivation.op}`)}</span>{' '}
          <span className="code">{sourceWords(derivation)}</span>
        </td>
        <td className="t2 cut">{first ?? <span className="t3">{t('values.blank')}</span>}</td>
        <td className="t3 imp-arrow">
          <IconArrowRight size={14} stroke={1.5} aria-hidden />
        </td>
        <td>
          <span className="imp-target is-fixed cut">{name}</span>
        </td>
        <td className="num">{confidence.toFixed(2)}</td>
        <td className="t3">
          <span className="row g2">
            <span className="cut">{sayIf(`matching.fieldWhy.${why}`) ?? why}</span>
            {change}
          </span>
        </td>
      </tr>
    );
  });
}

function sourceWords(derivation: Derivation): string {
  return derivation.op === 'constant' ? derivation.value : derivation.from.join(' + ');
}
