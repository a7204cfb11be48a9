import { CONFIRMATIONS, KNOWN_STATES, type CellValue, type Column } from '../../model/component.ts';
import { valueWords } from '../words/cell.ts';
import { useWords } from '../words/index.ts';
import { ChoiceEdit } from './ChoiceEdit.tsx';
import { halfWidth, isoDate } from './half-width.ts';
import { TextEdit, type EditGo } from './TextEdit.tsx';
import { UnitPicker } from './UnitPicker.tsx';

const CHOICES: Record<string, readonly string[]> = {
  state: KNOWN_STATES,
  confirmation: CONFIRMATIONS,
  accuracy: ['A', 'B', 'C'],
};
/** Columns that must hold a value. */
const NEVER_BLANK = new Set(['confirmation']);

interface FieldEditProps {
  column: Column;
  label: string;
  value: CellValue;
  /** Text to begin a unit's search with. */
  begin?: string;
  onDone: (value: CellValue, go: EditGo) => void;
  onCancel: () => void;
}

/** The editor that fits a column: a list, a unit search, a date, a code or plain text. */
export function FieldEdit({ column, label, value, begin, onDone, onCancel }: FieldEditProps) {
  const { t } = useWords();
  const text = value === null ? '' : String(value);
  if (column.kind === 'unit') {
    return (
      <UnitPicker
        label={label}
        {...(begin === undefined ? {} : { begin })}
        blank={t('values.blank')}
        onDone={(unit) => onDone(unit?.id ?? null, 'stay')}
        onCancel={onCancel}
      />
    );
  }
  if (column.kind === 'choice') {
    const known = CHOICES[column.name] ?? [];
    const all = text === '' || known.includes(text) ? known : [...known, text];
    return (
      <ChoiceEdit
        label={label}
        value={text === '' ? null : text}
        choices={all.map((one) => ({ value: one, name: valueWords(column.name, one) }))}
        {...(NEVER_BLANK.has(column.name) ? {} : { blank: t('values.blank') })}
        onDone={(chosen) => onDone(chosen, 'stay')}
        onCancel={onCancel}
      />
    );
  }
  const isDate = column.kind === 'date';
  const isCode = column.kind === 'code';
  return (
    <TextEdit
      label={label}
      value={text}
      code={isCode}
      {...(isDate ? { placeholder: '2026-09-01' } : {})}
      check={(typed) => (isDate && typed.trim() !== '' && isoDate(typed) === null ? t('components.badDate') : null)}
      onDone={(typed, go) => onDone(accepted(typed, column), go)}
      onCancel={onCancel}
    />
  );
}

/** Blank text is no value; codes and dates in the form they are kept in. */
function accepted(typed: string, column: Column): CellValue {
  const text = typed.trim();
  if (text === '') return null;
  if (column.kind === 'date') return isoDate(text);
  return column.kind === 'code' ? halfWidth(text) : text;
}
