import type { DatumReport } from '../../../api/datum.ts';
import { useWords } from '../../words/index.ts';

/** Metres to the millimetre, as surveyors read residuals. */
export const inMetres = (metres: number): string => `${metres.toFixed(3)} m`;
const signed = (metres: number): string => {
  const text = Math.abs(metres).toFixed(3);
  return Number(text) === 0 ? text : `${metres < 0 ? '−' : '+'}${text}`;
};

/** Exact residuals of every place compared, the worst first. */
export function DatumResiduals({ report }: { report: DatumReport }) {
  const { t } = useWords();
  const { used, total, rms, max, residuals } = report;
  if (rms === null || max === null) return <p className="sm t2">{t('datum.table.none')}</p>;
  return (
    <div className="datum-table scroll" tabIndex={0} role="region" aria-label={t('datum.table.caption')}>
      <table>
        <caption>{t('datum.table.rest', { used, total, rms: inMetres(rms), max: inMetres(max) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('datum.table.name')}</th>
            <th scope="col">{t('datum.table.dx')}</th>
            <th scope="col">{t('datum.table.dy')}</th>
            <th scope="col">{t('datum.table.metres')}</th>
          </tr>
        </thead>
        <tbody>
          {residuals.map((one, i) => (
            <tr key={`${one.name ?? ''} ${one.to.join(' ')}`} className={one.used ? '' : 'is-stray'}>
              <th scope="row">{one.name ?? i + 1}</th>
              <td>{signed(one.dx)}</td>
              <td>{signed(one.dy)}</td>
              <td>
                {one.metres.toFixed(3)}
                {!one.used && <span className="xs"> {t('datum.table.stray')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
