import type { ComponentDetail } from '../../api/component.ts';
import { openBatch } from '../screens/import/flow-actions.ts';
import { useWords, when } from '../words/index.ts';
import { Field } from './Field.tsx';

/** Which delivery a component came with, and the row in it: the door to the receipt. */
export function Origin({ detail }: { detail: ComponentDetail }) {
  const { t, language } = useWords();
  const { origin } = detail;
  if (origin === null) {
    return (
      <section className="sect">
        <h3>{t('receipt.origin.title')}</h3>
        <p className="sm t3">{t('receipt.origin.none')}</p>
      </section>
    );
  }
  const { file, table, row } = origin;
  return (
    <section className="sect">
      <h3>{t('receipt.origin.title')}</h3>
      <dl className="kv is-wide">
        <Field name={t('receipt.origin.delivery')}>
          <DeliveryLink origin={origin} />
        </Field>
        {file !== null && (
          <Field name={t('receipt.origin.file')}>
            <span className="wrap">{file}</span>
          </Field>
        )}
        {table !== null && file?.startsWith(`${table}.`) !== true && (
          <Field name={t('receipt.origin.table')}>
            <span className="wrap">{table}</span>
          </Field>
        )}
        {row !== null && (
          <Field name={t('receipt.origin.row')}>
            <span>{row}</span>
          </Field>
        )}
        <Field name={t('receipt.origin.when')}>
          <span>{t('receipt.receivedBy', { when: when(origin.at, language), person: origin.person })}</span>
        </Field>
      </dl>
    </section>
  );
}

export function DeliveryLink({ origin }: { origin: NonNullable<ComponentDetail['origin']> }) {
  const { t } = useWords();
  return (
    <button
      type="button"
      className="link wrap"
      title={t('receipt.origin.open')}
      onClick={() => openBatch(origin.batchId)}
    >
      {origin.name}
    </button>
  );
}

/** File and row, in short. */
export function OriginPlace({ origin: { file, table, row } }: { origin: NonNullable<ComponentDetail['origin']> }) {
  const { t } = useWords();
  if (row === null) return null;
  return <span className="xs t3 block">{t('receipt.origin.place', { file: file ?? table ?? '', row })}</span>;
}
