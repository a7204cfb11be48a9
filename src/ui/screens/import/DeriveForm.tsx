import { Select, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { InspectedTable } from '../../../api/delivery.ts';
import { Button } from '../../kit/Button.tsx';
import { IconButton } from '../../kit/IconButton.tsx';
import { halfWidth } from '../../kit/half-width.ts';
import { useWords } from '../../words/index.ts';
import { linesFor, type Draft, type Otherwise } from './derive-draft.ts';

interface Props {
  table: InspectedTable;
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}

/** What the chosen way needs to know. */
export function DeriveForm(props: Props) {
  switch (props.draft.op) {
    case 'concat':
      return <Join {...props} />;
    case 'split':
      return <Cut {...props} />;
    case 'constant':
      return <Constant {...props} />;
    case 'lookup':
      return <LookUp {...props} />;
  }
}

interface FieldSelectProps {
  table: InspectedTable;
  label: string;
  value: string | null;
  hidden?: boolean;
  onChange: (field: string) => void;
}

function FieldSelect({ table, label, value, hidden, onChange }: FieldSelectProps) {
  return (
    <Select
      {...(hidden === true ? { 'aria-label': label } : { label })}
      searchable
      data={table.fields.map(({ name }) => name)}
      value={value}
      allowDeselect={false}
      onChange={(field) => field !== null && onChange(field)}
    />
  );
}

/** Whole numbers as typed, full-width ones too; null for what is none. */
function wholeOf(text: string): number | null {
  const half = halfWidth(text).trim();
  return /^-?\d{1,4}$/u.test(half) ? Number(half) : null;
}

function Join({ table, draft, onChange }: Props) {
  const { t } = useWords();
  const put = (i: number, field: string) => onChange({ from: draft.from.map((one, j) => (j === i ? field : one)) });
  const drop = (i: number) =>
    onChange({ from: draft.from.filter((_, j) => j !== i), widths: draft.widths.filter((_, j) => j !== i) });
  const widen = (i: number, width: number) =>
    onChange({ widths: draft.from.map((_, j) => (j === i ? width : (draft.widths[j] ?? 0))) });
  const free = table.fields.find(({ name }) => !draft.from.includes(name))?.name;
  return (
    <>
      <div className="derive-parts" role="group" aria-label={t('matching.derive.fields')}>
        {draft.from.map((field, i) => (
          <div key={`${field} ${draft.from.slice(0, i).filter((one) => one === field).length}`} className="row g2">
            <FieldSelect
              table={table}
              hidden
              label={t('matching.derive.nth', { n: i + 1 })}
              value={field}
              onChange={(to) => put(i, to)}
            />
            <TextInput
              className="derive-number"
              aria-label={t('matching.derive.widthOf', { n: i + 1 })}
              placeholder={t('matching.derive.width')}
              inputMode="numeric"
              value={(draft.widths[i] ?? 0) === 0 ? '' : String(draft.widths[i])}
              onChange={(event) => widen(i, Math.min(40, Math.max(0, wholeOf(event.currentTarget.value) ?? 0)))}
            />
            <IconButton label={t('matching.derive.drop', { n: i + 1 })} className="is-sm" onClick={() => drop(i)}>
              <IconX size={14} stroke={1.5} />
            </IconButton>
          </div>
        ))}
        {free !== undefined && draft.from.length < 20 && (
          <Button small onClick={() => onChange({ from: [...draft.from, free] })}>
            <IconPlus size={13} stroke={1.5} aria-hidden />
            {t('matching.derive.add')}
          </Button>
        )}
      </div>
      <TextInput
        className="derive-short"
        label={t('matching.derive.between')}
        placeholder={t('matching.derive.nothing')}
        value={draft.separator}
        maxLength={20}
        onChange={(event) => onChange({ separator: event.currentTarget.value })}
      />
    </>
  );
}

function Cut({ table, draft, onChange }: Props) {
  const { t } = useWords();
  const number = (label: string, value: number | null, take: (value: number | null) => void) => (
    <TextInput
      label={label}
      inputMode="numeric"
      value={value === null ? '' : String(value)}
      onChange={(event) => take(wholeOf(event.currentTarget.value))}
    />
  );
  return (
    <>
      <FieldSelect
        table={table}
        label={t('matching.fields.source')}
        value={draft.from[0] ?? null}
        onChange={(field) => onChange({ from: [field] })}
      />
      <div className="seg" role="group" aria-label={t('matching.derive.cut')}>
        {(['part', 'piece'] as const).map((cut) => (
          <button key={cut} type="button" aria-pressed={cut === draft.cut} onClick={() => onChange({ cut })}>
            {t(`matching.derive.cutBy.${cut}`)}
          </button>
        ))}
      </div>
      <div className="two">
        {draft.cut === 'part' ? (
          <>
            <TextInput
              label={t('matching.derive.separator')}
              value={draft.separator}
              maxLength={20}
              onChange={(event) => onChange({ separator: event.currentTarget.value })}
            />
            {number(t('matching.derive.part'), draft.part, (part) => onChange({ part: part ?? 1 }))}
          </>
        ) : (
          <>
            {number(t('matching.derive.start'), draft.start, (start) => onChange({ start: Math.max(1, start ?? 1) }))}
            {number(t('matching.derive.length'), draft.length, (length) =>
              onChange({ length: length === null || length < 1 ? null : length }),
            )}
          </>
        )}
      </div>
    </>
  );
}

function Constant({ draft, onChange }: Props) {
  const { t } = useWords();
  return (
    <TextInput
      label={t('matching.derive.value')}
      value={draft.value}
      maxLength={2000}
      onChange={(event) => onChange({ value: event.currentTarget.value })}
    />
  );
}

const OTHERWISE: readonly Otherwise[] = ['fault', 'keep', 'blank'];

function LookUp({ table, draft, onChange }: Props) {
  const { t } = useWords();
  const choose = (field: string) =>
    onChange({ from: [field], ...(draft.list.trim() === '' ? { list: linesFor(table, field) } : {}) });
  return (
    <>
      <div className="two">
        <FieldSelect
          table={table}
          label={t('matching.fields.source')}
          value={draft.from[0] ?? null}
          onChange={choose}
        />
        <Select
          label={t('matching.derive.otherwise')}
          data={OTHERWISE.map((value) => ({ value, label: t(`matching.derive.other.${value}`) }))}
          value={draft.otherwise}
          allowDeselect={false}
          onChange={(value) => onChange({ otherwise: OTHERWISE.find((one) => one === value) ?? 'fault' })}
        />
      </div>
      <Textarea
        classNames={{ input: 'derive-list' }}
        label={t('matching.derive.list')}
        description={t('matching.derive.listHint')}
        autosize
        minRows={4}
        maxRows={10}
        spellCheck={false}
        value={draft.list}
        onChange={(event) => onChange({ list: event.currentTarget.value })}
      />
    </>
  );
}
