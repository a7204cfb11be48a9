import { IconArrowRight } from '@tabler/icons-react';
import type { InspectedTable } from '../../../api/delivery.ts';
import type { Derivation } from '../../../model/derive.ts';
import { sayIf, useWords } from '../../words/index.ts';
import { previewOf } from './derive-draft.ts';

const SHOWN = 5;

/** The first rows: what is read of them, and what is made of it. */
export function DerivePreview({ table, derivation }: { table: InspectedTable; derivation: Derivation | null }) {
  const { t } = useWords();
  const rows = derivation === null ? [] : previewOf(table, derivation).slice(0, SHOWN);
  return (
    <section className="derive-preview" aria-label={t('matching.derive.preview')} aria-live="polite">
      <h3 className="cap">{t('matching.derive.preview')}</h3>
      {rows.length === 0 && <p className="sm t3">{t('matching.derive.noPreview')}</p>}
      {rows.length > 0 && (
        <table>
          <tbody>
            {rows.map(({ row, sources, value, fault }) => (
              <tr key={row}>
                <th scope="row" className="t3 num">
                  {t('matching.derive.row', { row })}
                </th>
                <td className="code cut">{sources.map((one) => one ?? '–').join('  ')}</td>
                <td className="t3 imp-arrow">
                  <IconArrowRight size={14} stroke={1.5} aria-hidden />
                </td>
                <td className="code cut">
                  {fault === null ? (
                    (value ?? <span className="t3">{t('values.blank')}</span>)
                  ) : (
                    <span className="sx-warning">{sayIf(`faults.cell.${fault}`) ?? fault}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
