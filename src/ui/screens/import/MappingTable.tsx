import { Select } from '@mantine/core';
import { IconArrowRight, IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { ImportAs, InspectedTable } from '../../../api/delivery.ts';
import { useEngine } from '../../app/engine.ts';
import { Button } from '../../kit/Button.tsx';
import { IconButton } from '../../kit/IconButton.tsx';
import { sayIf, useWords } from '../../words/index.ts';
import { mapFields } from './flow-actions.ts';
import { targetName, targetsOf } from './targets.ts';
import { isUnsure } from './unsure.ts';

type Field = InspectedTable['fields'][number];

/** Which delivered field fills which column, with samples and why; what is not sure comes first. */
export function MappingTable({ table }: { table: InspectedTable }) {
  const { t } = useWords();
  const [byDoubt, setByDoubt] = useState(true);
  const rank = (field: Field) => (isUnsure(field) ? 0 : field.role !== null ? 1 : 2);
  const fields = byDoubt ? table.fields.toSorted((a, b) => rank(a) - rank(b)) : table.fields;
  return (
    <section className="col grow imp-map" aria-label={t('matching.fields.title')}>
      <MappingHead table={table}>
        <div className="seg" role="group" aria-label={t('matching.fields.order')}>
          {([true, false] as const).map((one) => (
            <button key={String(one)} type="button" aria-pressed={byDoubt === one} onClick={() => setByDoubt(one)}>
              {t(one ? 'matching.fields.byDoubt' : 'matching.fields.asDelivered')}
            </button>
          ))}
        </div>
      </MappingHead>
      <div className="scroll grow" tabIndex={0} role="group" aria-label={t('matching.fields.target')}>
        <table className="imp-fields">
          <thead>
            <tr>
              <th scope="col">{t('matching.fields.source')}</th>
              <th scope="col">{t('matching.fields.sample')}</th>
              <th aria-hidden="true" />
              <th scope="col">{t('matching.fields.target')}</th>
              <th scope="col" className="num">
                {t('matching.fields.confidence')}
              </th>
              <th scope="col">{t('matching.fields.why')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <FieldRow key={field.name} table={table} field={field} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** How many are matched, and one button for all that wait to be confirmed. */
function MappingHead({ table, children }: { table: InspectedTable; children: ReactNode }) {
  const { t } = useWords();
  const engine = useEngine();
  const unsure = table.fields.filter(isUnsure);
  const kept = table.fields.filter((field) => field.role === null).length;
  const matched = table.fields.length - kept - unsure.length;
  const confirm = () =>
    mapFields(
      engine,
      table,
      unsure.map(({ name, role }) => ({ field: name, to: role })),
    );
  return (
    <div className="phead">
      <h2>{t('matching.fields.title')}</h2>
      <span className="sm t2 cut">
        {t('matching.fields.counts', { all: table.fields.length, matched, unsure: unsure.length, kept })}
      </span>
      <span className="end" />
      {unsure.length > 1 && (
        <Button small onClick={confirm}>
          <IconCheck size={13} stroke={1.5} aria-hidden />
          {t('matching.fields.confirmAll', { count: unsure.length })}
        </Button>
      )}
      {children}
    </div>
  );
}

function FieldRow({ table, field }: { table: InspectedTable; field: Field }) {
  const { t } = useWords();
  const engine = useEngine();
  const unsure = isUnsure(field);
  const samples = field.samples.filter((one) => one.trim() !== '');
  return (
    <tr className={unsure ? 'is-ask' : undefined}>
      <td className="code cut" title={field.name}>
        {field.name}
      </td>
      <td className="t2 cut" title={samples.join('\n')}>
        {samples[0] ?? <span className="t3">{t('values.blank')}</span>}
      </td>
      <td className="t3 imp-arrow">
        <IconArrowRight size={14} stroke={1.5} aria-hidden />
      </td>
      <td>
        <Target table={table} field={field} />
      </td>
      <td className={unsure ? 'num sx-warning' : 'num'}>{field.role === null ? '' : field.confidence.toFixed(2)}</td>
      <td className="t3">
        <span className="row g2">
          <span className="cut">{sayIf(`matching.fieldWhy.${field.why}`) ?? field.why}</span>
          {unsure && (
            <IconButton
              label={t('matching.fields.confirm')}
              className="is-sm end"
              onClick={() => mapFields(engine, table, [{ field: field.name, to: field.role }])}
            >
              <IconCheck size={14} stroke={1.5} />
            </IconButton>
          )}
        </span>
      </td>
    </tr>
  );
}

const EXTRA = '';

/** The column a field fills; choosing opens a searchable list in its place. */
function Target({ table, field }: { table: InspectedTable; field: Field }) {
  const { t, language } = useWords();
  const engine = useEngine();
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (open) input.current?.focus();
  }, [open]);
  const as: ImportAs = table.as.value ?? 'component';
  const name = field.role === null ? t('matching.fields.extra') : targetName(as, field.role, language);
  const label = t('matching.fields.targetOf', { field: field.name });
  if (!open) {
    const look = `imp-target${isUnsure(field) ? ' is-ask' : ''}${field.role === null ? ' t3' : ''}`;
    return (
      <button
        type="button"
        className={look}
        aria-label={`${label}: ${name}`}
        aria-haspopup="listbox"
        onClick={() => setOpen(true)}
      >
        <span className="cut">{name}</span>
        <IconChevronDown size={13} stroke={1.5} aria-hidden />
      </button>
    );
  }
  const targets = targetsOf(as).map((value) => ({ value, label: targetName(as, value, language) }));
  return (
    <Select
      aria-label={label}
      searchable
      ref={input}
      defaultDropdownOpened
      data={[{ value: EXTRA, label: t('matching.fields.extra') }, ...targets]}
      defaultValue={field.role ?? EXTRA}
      allowDeselect={false}
      comboboxProps={{ width: 240, position: 'bottom-start' }}
      onBlur={() => setOpen(false)}
      onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
      onChange={(value) => {
        setOpen(false);
        if (value !== null) mapFields(engine, table, [{ field: field.name, to: value === EXTRA ? null : value }]);
      }}
    />
  );
}
