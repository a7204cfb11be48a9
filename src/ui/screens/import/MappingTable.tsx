import { Select } from '@mantine/core';
import { IconArrowMerge, IconArrowRight, IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { ImportAs, InspectedTable } from '../../../api/delivery.ts';
import { useEngine } from '../../app/engine.ts';
import { Button } from '../../kit/Button.tsx';
import { IconButton } from '../../kit/IconButton.tsx';
import { sayIf, useWords, type Language } from '../../words/index.ts';
import { DerivedRows } from './DerivedRows.tsx';
import { DeriveDialog } from './DeriveDialog.tsx';
import { sourcesOf } from '../../../model/derive.ts';
import { mapFields } from './flow-actions.ts';
import { targetName, targetsOf } from './targets.ts';
import { isUnsure } from './unsure.ts';

type Field = InspectedTable['fields'][number];

/** Which delivered field fills which column, with samples and why; what is not sure comes first. */
export function MappingTable({ table }: { table: InspectedTable }) {
  const { t } = useWords();
  const [byDoubt, setByDoubt] = useState(true);
  const [making, setMaking] = useState<Making | null>(null);
  const rank = (field: Field) => (isUnsure(field) ? 0 : field.role !== null ? 1 : 2);
  const fields = byDoubt ? table.fields.toSorted((a, b) => rank(a) - rank(b)) : table.fields;
  return (
    <section className="col grow imp-map" aria-label={t('matching.fields.title')}>
      <MappingHead table={table}>
        <Button small onClick={() => setMaking({ index: null, field: null })}>
          <IconArrowMerge size={13} stroke={1.5} aria-hidden />
          {t('matching.derive.open')}
        </Button>
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
            <DerivedRows table={table} onChange={(index) => setMaking({ index, field: null })} />
            {fields.map((field) => (
              <FieldRow
                key={field.name}
                table={table}
                field={field}
                onMake={() => setMaking({ index: null, field: field.name })}
              />
            ))}
          </tbody>
        </table>
      </div>
      {making !== null && <DeriveDialog table={table} {...making} onClose={() => setMaking(null)} />}
    </section>
  );
}

/** Which derived column is being put together: one there is, or a new one beginning with a field. */
interface Making {
  index: number | null;
  field: string | null;
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

function FieldRow({ table, field, onMake }: { table: InspectedTable; field: Field; onMake: () => void }) {
  const { t, language } = useWords();
  const engine = useEngine();
  const unsure = isUnsure(field);
  const why = whyWords(table, field, language);
  const samples = field.samples.filter((one) => one.trim() !== '');
  const make = (
    <IconButton
      label={t('matching.derive.from', { field: field.name })}
      className="is-sm end imp-make"
      onClick={onMake}
    >
      <IconArrowMerge size={14} stroke={1.5} />
    </IconButton>
  );
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
          <span className="cut" title={why}>
            {why}
          </span>
          {make}
          {unsure && (
            <IconButton
              label={t('matching.fields.confirm')}
              className="is-sm"
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

/** Why a field fills its column; where it fills none, which column it may be meant for and what fills that. */
function whyWords(table: InspectedTable, field: Field, language: Language): string {
  const plain = sayIf(`matching.fieldWhy.${field.why}`) ?? field.why;
  const makes = table.derived.filter(({ derivation }) => sourcesOf(derivation).includes(field.name));
  if (field.role === null && makes.length > 0) {
    const names = makes.map(({ derivation }) => targetName(table.as.value ?? 'component', derivation.to, language));
    return sayIf('matching.fieldWhy.used', { column: names.join(language === 'zh' ? '、' : ', ') }) ?? plain;
  }
  if (field.role !== null || field.offer === undefined) return plain;
  const column = targetName(table.as.value ?? 'component', field.offer, language);
  const taker = table.fields.find(({ role }) => role === field.offer)?.name;
  const why = taker === undefined ? `${field.why}-offer` : 'taken-by';
  return sayIf(`matching.fieldWhy.${why}`, { column, field: taker ?? '' }) ?? plain;
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
  const order = targetsOf(as).toSorted((a, b) => Number(b === field.offer) - Number(a === field.offer));
  const targets = order.map((value) => ({ value, label: targetName(as, value, language) }));
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
