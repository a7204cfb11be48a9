import type { TableRow } from '../../../api/component.ts';
import { COMPONENT_COLUMNS, ROLES, type CellValue, type Column, type Role } from '../../../model/component.ts';
import { FieldEdit } from '../../kit/FieldEdit.tsx';
import type { EditControl, GridColumn } from '../../kit/grid/types.ts';
import { ClarityShape } from '../../kit/Shapes.tsx';
import { ClassSymbolMark } from '../../kit/Symbol.tsx';
import { markOf, valueWords } from '../../words/cell.ts';
import type { Language, Translate } from '../../words/index.ts';
import { columnName } from '../../words/revision.ts';

export interface ColumnWords {
  t: Translate;
  language: Language;
  classNameOf: (scheme: string | null, code: string | null, zh: string | null) => string | null;
  commit: (row: TableRow, column: string, value: CellValue) => void;
  isSelected: (id: number) => boolean;
  readOnly: boolean;
}

const WIDTHS: Record<string, number> = {
  name: 112,
  supervisor_id: 110,
  owner_id: 118,
  maintainer_id: 130,
  responsible_id: 148,
  state: 52,
  changed_on: 86,
  surveyed_on: 88,
  address: 200,
  street_code: 96,
  community_code: 128,
  grid_id: 132,
  confirmation: 80,
};
const USUAL_WIDTH = 112;
/** Columns that stand for a role, by name. */
const ROLE_OF = new Map<string, Role>(ROLES.map((role) => [`${role}_id`, role]));
/** A name stands for an id or code. */
const NAME_OF: Record<string, string> = {
  grid_id: 'grid_code',
  street_code: 'street_name',
  community_code: 'community_name',
  batch_id: 'batch_name',
};
/** Columns a person may choose; texts as surveyed and source columns come last. */
export const CHOOSABLE: readonly Column[] = COMPONENT_COLUMNS.filter(
  (column) => !['code', 'clarity', 'extra', 'replaces_id'].includes(column.name),
);

const text = (value: CellValue | undefined): string => (value === null || value === undefined ? '' : String(value));

/** What stands in a cell, as text. */
export function cellText(row: TableRow, name: string, words: Pick<ColumnWords, 'classNameOf'>): string {
  const { cells, names } = row;
  if (name === 'name')
    return words.classNameOf(text(cells['scheme']), text(cells['class_code']), text(cells['name'])) ?? '';
  const role = ROLE_OF.get(name);
  if (role !== undefined) return names[`${role}_name`] ?? text(cells[`${role}_text`]);
  const named = NAME_OF[name];
  if (named !== undefined && names[named] != null) return names[named];
  const value = cells[name] ?? null;
  return value === null || value === '' ? '' : valueWords(name, value);
}

/** Frozen: tick, clarity, code; then those chosen. */
export function tableColumns(shown: readonly string[], words: ColumnWords): GridColumn<TableRow>[] {
  const { t } = words;
  const chosen = shown.flatMap((name) => COMPONENT_COLUMNS.find((one) => one.name === name) ?? []);
  return [
    {
      id: 'tick',
      head: '',
      label: t('components.tick'),
      width: 32,
      frozen: true,
      text: () => '',
      cell: (row) => (
        <input
          type="checkbox"
          className="ck"
          tabIndex={-1}
          readOnly
          checked={words.isSelected(row.id)}
          aria-label={text(row.cells['code'])}
        />
      ),
    },
    {
      id: 'clarity',
      head: '',
      label: t('components.facetName.clarity'),
      width: 24,
      frozen: true,
      className: 'is-mark',
      text: (row) => t(`values.clarity.${markOf(row.cells)}`),
      cell: (row) => <ClarityShape clarity={markOf(row.cells)} label={t(`values.clarity.${markOf(row.cells)}`)} />,
    },
    {
      id: 'code',
      head: words.language === 'zh' ? '标识码' : 'Code',
      width: 134,
      frozen: true,
      className: 'code',
      sortable: true,
      text: (row) => text(row.cells['code']),
      cell: (row) => <span>{text(row.cells['code'])}</span>,
    },
    ...chosen.map((column) => dataColumn(column, words)),
  ];
}

function dataColumn(column: Column, words: ColumnWords): GridColumn<TableRow> {
  const { t, language, readOnly } = words;
  const role = ROLE_OF.get(column.name);
  const unregistered = (row: TableRow) =>
    role !== undefined && row.names[`${role}_name`] == null && text(row.cells[`${role}_text`]) !== '';
  const base: GridColumn<TableRow> = {
    id: column.name,
    head: headOf(column, language),
    width: widthOf(column.name, language),
    sortable: true,
    text: (row) =>
      unregistered(row)
        ? t('components.unregisteredWhy', { text: cellText(row, column.name, words) })
        : cellText(row, column.name, words),
    tone: (row) => (cellText(row, column.name, words) === '' ? 'blank' : null),
    cell: (row) => (
      <>
        {column.name === 'name' && <ClassSymbolMark className={row.names['class_name'] ?? text(row.cells['name'])} />}
        <span>{cellText(row, column.name, words) || t('values.blank')}</span>
        {unregistered(row) && <span className="tag is-ask">{t('components.unregistered')}</span>}
      </>
    ),
    ...(column.kind === 'date' ? { align: 'end' as const } : {}),
    ...(column.kind === 'code' && NAME_OF[column.name] === undefined ? { className: 'code' } : {}),
    ...(column.name === 'grid_id' ? { className: 'code' } : {}),
  };
  if (!column.editable || readOnly) return base;
  return {
    ...base,
    editor: (row, edit: EditControl) => (
      <FieldEdit
        column={column}
        label={`${columnName(column.name, language)} ${text(row.cells['code'])}`}
        value={row.cells[column.name] ?? null}
        {...(unregistered(row) ? { begin: cellText(row, column.name, words) } : {})}
        onDone={(value, go) => {
          words.commit(row, column.name, value);
          edit.done(go);
        }}
        onCancel={() => edit.done()}
      />
    ),
  };
}

/** English needs more room for a state. */
function widthOf(name: string, language: Language): number {
  return name === 'state' && language === 'en' ? 84 : (WIDTHS[name] ?? USUAL_WIDTH);
}

/** Headings in the table are shorter than the standard's where that is no loss. */
const SHORT_ZH: Record<string, string> = {
  name: '部件名称',
  state: '状态',
  street_code: '街道（镇）',
  community_code: '社区（村）',
  grid_id: '单元网格',
};
const SHORT_EN: Record<string, string> = {
  name: 'Name',
  responsible_id: 'Responsible',
  street_code: 'Street',
  community_code: 'Community',
  changed_on: 'Changed',
  surveyed_on: 'Surveyed',
};

export function headOf(column: Column, language: Language): string {
  return (language === 'zh' ? SHORT_ZH : SHORT_EN)[column.name] ?? (language === 'zh' ? column.zh : column.en);
}
