import type { ComponentDetail } from '../../api/component.ts';
import { COMPONENT_COLUMNS } from '../../model/component.ts';
import { useWords } from '../words/index.ts';
import { columnName } from '../words/revision.ts';
import { Field } from './Field.tsx';
import { Origin } from './Origin.tsx';

const TEXTS = COMPONENT_COLUMNS.filter((column) => column.name.endsWith('_text')).map((column) => column.name);

/** What the delivery said, never overwritten: surveyed texts and every field that has no column. */
export function Delivered({ detail }: { detail: ComponentDetail }) {
  const { t, language } = useWords();
  const texts = TEXTS.filter((name) => detail.cells[name] != null);
  const extra = Object.entries(detail.extra);
  if (texts.length === 0 && extra.length === 0) {
    return (
      <>
        <Origin detail={detail} />
        {detail.origin !== null && (
          <section className="sect is-last">
            <p className="sm t3">{t('inspector.nothingDelivered')}</p>
          </section>
        )}
      </>
    );
  }
  return (
    <>
      <Origin detail={detail} />
      {texts.length > 0 && (
        <section className="sect">
          <h3>{t('inspector.asDelivered')}</h3>
          <dl className="kv is-wide">
            {texts.map((name) => (
              <Field key={name} name={columnName(name, language).replace(/（普查）| as surveyed/u, '')}>
                <span className="wrap">{String(detail.cells[name])}</span>
              </Field>
            ))}
          </dl>
        </section>
      )}
      {extra.length > 0 && (
        <section className="sect is-last">
          <h3>{t('inspector.extra')}</h3>
          <dl className="kv is-wide">
            {extra.map(([name, value]) => (
              <Field key={name} name={name}>
                <span className={value === null ? 't3' : 'wrap'}>{value ?? t('values.blank')}</span>
              </Field>
            ))}
          </dl>
        </section>
      )}
    </>
  );
}
