import type { BatchReceipt, ReceiptTable } from '../../../api/delivery.ts';
import { isPhotoName } from '../../../model/photos.ts';
import { useClasses } from '../../app/classes.ts';
import { fileSize, useWords } from '../../words/index.ts';
import { useCrsName } from './crs-names.ts';
import { OutcomeCells, OutcomeHeads } from './ReceiptOutcome.tsx';
import { targetName } from './targets.ts';

/** From which table which rows came, in which encoding and system, and which field went where. */
export function ReceiptTables({ receipt }: { receipt: BatchReceipt }) {
  const { t } = useWords();
  return (
    <section>
      <h3>{t('receipt.tables')}</h3>
      <table className="receipt-table">
        <thead>
          <tr>
            <th scope="col">{t('receipt.table')}</th>
            <th scope="col">{t('receipt.class')}</th>
            <th scope="col">{t('receipt.encoding')}</th>
            <th scope="col">{t('receipt.crs')}</th>
            <OutcomeHeads />
          </tr>
        </thead>
        <tbody>
          {receipt.tables.map((table) => (
            <TableLine key={table.no} table={table} />
          ))}
        </tbody>
      </table>
      {receipt.tables.map((table) => (
        <FieldsOf key={table.no} receipt={receipt} table={table} />
      ))}
    </section>
  );
}

function TableLine({ table }: { table: ReceiptTable }) {
  const { t } = useWords();
  const { wordOf } = useClasses();
  const { nameOf } = useCrsName();
  return (
    <tr>
      <th scope="row">
        {table.table}
        <span className="xs t3 block">{table.file}</span>
      </th>
      <td>
        {table.classCode === null ? (
          <span className="t3">{t('receipt.severalClasses')}</span>
        ) : (
          `${wordOf(table.className) ?? ''} ${table.classCode}`
        )}
      </td>
      <td>{table.encoding ?? <span className="t3">–</span>}</td>
      <td>{table.crs === null ? <span className="t3">–</span> : nameOf(table.crs)}</td>
      <OutcomeCells outcome={{ ...table.outcome, rows: table.rows }} />
    </tr>
  );
}

/** Closed until asked for; printed it is open. */
function FieldsOf({ receipt: { batch, tables }, table }: { receipt: BatchReceipt; table: ReceiptTable }) {
  const { t, language } = useWords();
  const mapped = table.mapping.filter(({ to }) => to !== null).length + table.derived.length;
  const about = t('receipt.fields', { mapped, kept: table.mapping.length - mapped + table.derived.length });
  const derived = table.derived.map((one) => ({
    to: one.to,
    field: 'from' in one ? one.from.join(' + ') : t('receipt.constant', { value: one.value }),
  }));
  return (
    <details className="receipt-fields">
      <summary className="sm t2">{tables.length > 1 ? `${table.table} · ${about}` : about}</summary>
      <dl>
        {[...table.mapping, ...derived].map(({ field, to }) => (
          <div key={`${field} ${to ?? ''}`}>
            <dt>{field}</dt>
            <dd>
              {to === null ? <span className="t3">{t('receipt.extra')}</span> : targetName(batch.as, to, language)}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

export function ReceiptFiles({ receipt: { files } }: { receipt: BatchReceipt }) {
  const { t } = useWords();
  const photos = files.filter(({ name }) => isPhotoName(name));
  const others = files.filter((file) => !photos.includes(file));
  return (
    <section>
      <h3>{t('receipt.files')}</h3>
      <table className="receipt-table">
        <thead>
          <tr>
            <th scope="col">{t('receipt.file')}</th>
            <th scope="col" className="num">
              {t('receipt.size')}
            </th>
            <th scope="col">{t('receipt.original')}</th>
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {others.map((file) => (
            <tr key={`${file.name} ${file.sha256}`}>
              <th scope="row">{file.name}</th>
              <td className="num">{fileSize(file.size)}</td>
              <td>{t(file.kept ? 'receipt.kept' : 'receipt.notKept')}</td>
              <td className="code xs t3" title={file.sha256}>
                {file.sha256.slice(0, 16)}
              </td>
            </tr>
          ))}
          {photos.length > 0 && (
            <tr>
              <th scope="row">{t('receipt.photos', { count: photos.length })}</th>
              <td className="num">{fileSize(photos.reduce((sum, { size }) => sum + size, 0))}</td>
              <td>{t(photos.every(({ kept }) => kept) ? 'receipt.beside' : 'receipt.besideSome')}</td>
              <td>–</td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}
