import type { TableRow } from '../../../api/component.ts';
import { UNIT_GRID_COLUMNS, type CellValue, type Column } from '../../../model/component.ts';
import { FieldEdit } from '../../kit/FieldEdit.tsx';
import type { EditControl, GridColumn } from '../../kit/grid/types.ts';
import { SeverityIcon } from '../../kit/Shapes.tsx';
import { valueWords } from '../../words/cell.ts';
import { count, type Language, type Translate } from '../../words/index.ts';
import { gridHead } from './grid-heads.ts';
import { tickColumn } from './tick-column.tsx';

export interface GridColumnWords {
  t: Translate;
  language: Language;
  commit: (row: TableRow, column: string, value: CellValue) => void;
  isSelected: (id: number) => boolean;
  readOnly: boolean;
}

const SHOWN: readonly (readonly [name: string, width: number])[] = [
  ['name', 112],
  ['street_code', 104],
  ['community_code', 136],
  ['area_m2', 84],
  ['components', 92],
  ['responsible_id', 152],
  ['land_use', 148],
  ['level', 72],
  ['started_on', 88],
  ['ended_on', 88],
  ['status', 64],
  ['note', 160],
];
/** A name stands for an id or code. */
const NAME_OF: Record<string, string> = {
  street_code: 'street_name',
  community_code: 'community_name',
  responsible_id: 'responsible_name',
};
const COUNTED = new Set(['area_m2', 'components']);

const text = (value: CellValue | undefined): string => (value === null || value === undefined ? '' : String(value));

function cellText(row: TableRow, name: string): string {
  const value = row.cells[name];
  if (name === 'components') return count(Number(row.names['components'] ?? 0));
  if (name === 'area_m2') return typeof value === 'number' ? count(Math.round(value)) : '';
  const named = NAME_OF[name];
  if (named !== undefined) return row.names[named] ?? text(value);
  if (name === 'status') return valueWords('status', value ?? 'active');
  return text(value);
}

/** Frozen: tick, findings, code; then what a grid is, in the standard's order. */
export function gridColumns(words: GridColumnWords): GridColumn<TableRow>[] {
  const { t } = words;
  return [
    tickColumn(
      t('components.tick'),
      (row) => words.isSelected(row.id),
      (row) => text(row.cells['code']),
    ),
    {
      id: 'severity',
      head: '',
      label: t('grids.issues'),
      width: 24,
      frozen: true,
      className: 'is-mark',
      text: (row) => (row.severity === null ? '' : t(`values.severity.${row.severity}`)),
      cell: (row) =>
        row.severity !== null && (
          <SeverityIcon severity={row.severity} size={14} label={t(`values.severity.${row.severity}`)} />
        ),
    },
    {
      id: 'code',
      head: t('grids.code'),
      width: 132,
      frozen: true,
      className: 'code',
      sortable: true,
      text: (row) => text(row.cells['code']),
      tone: (row) => (row.cells['status'] === 'retired' ? 'blank' : null),
      cell: (row) => <span>{text(row.cells['code'])}</span>,
    },
    ...SHOWN.map(([name, width]) => dataColumn(name, width, words)),
  ];
}

function dataColumn(name: string, width: number, words: GridColumnWords): GridColumn<TableRow> {
  const { t, language, readOnly } = words;
  const column: Column | undefined = UNIT_GRID_COLUMNS.find((one) => one.name === name);
  const base: GridColumn<TableRow> = {
    id: name,
    head:
      column === undefined ? t('grids.components') : name === 'area_m2' ? t('grids.area') : gridHead(column, language),
    width,
    sortable: column !== undefined,
    text: (row) => cellText(row, name),
    tone: (row) => (cellText(row, name) === '' || row.cells['status'] === 'retired' ? 'blank' : null),
    cell: (row) => <span>{cellText(row, name) || t('values.blank')}</span>,
    ...(COUNTED.has(name) || column?.kind === 'date' ? { align: 'end' as const } : {}),
  };
  if (column === undefined || !column.editable || readOnly) return base;
  return {
    ...base,
    lockedBecause: (row) => (row.cells['status'] === 'retired' ? t('inspector.grid.retired') : null),
    editor: (row, edit: EditControl) => (
      <FieldEdit
        column={column}
        label={`${gridHead(column, language)} ${text(row.cells['code'])}`}
        value={row.cells[name] ?? null}
        onDone={(value, go) => {
          words.commit(row, name, value);
          edit.done(go);
        }}
        onCancel={() => edit.done()}
      />
    ),
  };
}
