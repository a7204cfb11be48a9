import { IconFile } from '@tabler/icons-react';
import type { Output } from '../../../api/contract.ts';
import { useHost } from '../../app/engine.ts';
import { tellFailure } from '../../app/tell.ts';
import { SeverityIcon } from '../../kit/Shapes.tsx';
import { fileSize, sayIf, useWords } from '../../words/index.ts';

type Exported = Output<'export.write'>;
const MOST_TOLD = 200;

/** The files that were written, each at hand, and every value the format could not hold. */
export function ExportResult({ result }: { result: Exported }) {
  const { t } = useWords();
  const host = useHost();
  return (
    <section className="export-result" aria-label={t('reports.export.result')}>
      <h3 className="cap">{t('reports.export.files')}</h3>
      <ul>
        {result.files.map((file) => (
          <li key={file.ref} className="row g2 sm">
            <IconFile size={14} stroke={1.5} aria-hidden className="t3" />
            <span className="code">{file.name}</span>
            {file.size !== undefined && <span className="t3">{fileSize(file.size)}</span>}
            <button type="button" className="link" onClick={() => void host.deliver(file).catch(tellFailure)}>
              {t(host.kind === 'server' ? 'reports.again' : 'reports.show')}
            </button>
          </li>
        ))}
      </ul>
      <p className="row g2 sm export-sum">
        <SeverityIcon severity={result.losses.length === 0 ? 'done' : 'warning'} />
        {t('reports.export.rows', { count: result.rows })}
        {' · '}
        {result.losses.length === 0
          ? t('reports.export.lossless')
          : t('reports.export.lossesAbout', { count: result.losses.length })}
      </p>
      {result.losses.length > 0 && <Losses losses={result.losses} />}
    </section>
  );
}

function Losses({ losses }: Pick<Exported, 'losses'>) {
  const { t } = useWords();
  const more = losses.length - MOST_TOLD;
  return (
    <>
      <table className="sheet-table is-losses">
        <caption className="visually-hidden">{t('reports.export.losses')}</caption>
        <thead>
          <tr>
            <th scope="col" className="num">
              {t('reports.export.row')}
            </th>
            <th scope="col">{t('reports.export.field')}</th>
            <th scope="col">{t('reports.export.reason')}</th>
            <th scope="col">{t('reports.export.value')}</th>
          </tr>
        </thead>
        <tbody>
          {losses.slice(0, MOST_TOLD).map(({ row, field, code, value }) => (
            <tr key={`${row} ${field} ${code} ${value}`}>
              <td className="num">{row === 0 ? t('reports.export.rowHead') : row}</td>
              <td className="code">{field}</td>
              <td>{sayIf(`faults.loss.${code}`) ?? t('faults.loss.other')}</td>
              <td className="wrap">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="sm t3 sheet-note">{t('reports.export.moreLosses', { count: more })}</p>}
    </>
  );
}
