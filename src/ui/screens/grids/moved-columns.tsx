import { IconArrowRight } from '@tabler/icons-react';
import type { GridColumn } from '../../kit/grid/types.ts';
import { ClarityShape, SeverityIcon } from '../../kit/Shapes.tsx';
import { ClassSymbolMark } from '../../kit/Symbol.tsx';
import { markOf } from '../../words/cell.ts';
import type { Language, Translate } from '../../words/index.ts';
import { cellText } from '../components/columns.tsx';
import { nearEdge, toleranceOf, type MovedRow } from './moved.ts';
import { tickColumn } from './tick-column.tsx';

interface MovedWords {
  t: Translate;
  language: Language;
  classNameOf: (scheme: string | null, code: string | null, zh: string | null) => string | null;
  isSelected: (id: number) => boolean;
}

const cell = ({ row }: MovedRow, name: string): string => String(row?.cells[name] ?? '');

/** What it is, from which grid to which, and how near it stands to the edge. */
export function movedColumns(words: MovedWords): GridColumn<MovedRow>[] {
  const { t, language } = words;
  const nameOf = ({ row }: MovedRow) => (row === null ? '' : cellText(row, 'name', words));
  const clarity = ({ row }: MovedRow) => (row === null ? null : markOf(row.cells));
  return [
    tickColumn(
      t('components.tick'),
      (one) => words.isSelected(one.id),
      (one) => cell(one, 'code'),
    ),
    {
      id: 'clarity',
      head: '',
      label: t('components.facetName.clarity'),
      width: 24,
      frozen: true,
      className: 'is-mark',
      text: (one) => {
        const mark = clarity(one);
        return mark === null ? '' : t(`values.clarity.${mark}`);
      },
      cell: (one) => {
        const mark = clarity(one);
        return mark !== null && <ClarityShape clarity={mark} label={t(`values.clarity.${mark}`)} />;
      },
    },
    {
      id: 'code',
      head: language === 'zh' ? '标识码' : 'Code',
      width: 140,
      frozen: true,
      className: 'code',
      text: (one) => cell(one, 'code'),
      cell: (one) => <span>{cell(one, 'code')}</span>,
    },
    {
      id: 'name',
      head: language === 'zh' ? '部件名称' : 'Name',
      width: 132,
      text: nameOf,
      cell: (one) => (
        <>
          <ClassSymbolMark className={one.row?.names['class_name'] ?? cell(one, 'name')} />
          <span>{nameOf(one)}</span>
        </>
      ),
    },
    ...gridPair(t),
    edgeColumn(t),
    {
      id: 'address',
      head: language === 'zh' ? '位置' : 'Address',
      width: 240,
      text: (one) => cell(one, 'address'),
      tone: (one) => (cell(one, 'address') === '' ? 'blank' : null),
      cell: (one) => <span>{cell(one, 'address') || t('values.blank')}</span>,
    },
  ];
}

function gridPair(t: Translate): GridColumn<MovedRow>[] {
  const outside = t('inspector.field.outside');
  return [
    {
      id: 'from',
      head: t('grids.moved.from'),
      width: 132,
      className: 'code is-old',
      text: (one) => one.from ?? outside,
      cell: (one) => <span>{one.from ?? outside}</span>,
    },
    {
      id: 'arrow',
      head: '',
      label: '→',
      width: 28,
      className: 'is-mark',
      text: () => '',
      cell: () => <IconArrowRight size={14} stroke={1.5} aria-hidden className="t3" />,
    },
    {
      id: 'to',
      head: t('grids.moved.to'),
      width: 132,
      className: 'code',
      text: (one) => one.to ?? outside,
      cell: (one) => <span>{one.to ?? outside}</span>,
    },
  ];
}

function edgeColumn(t: Translate): GridColumn<MovedRow> {
  const metres = (one: MovedRow) => (one.toEdge === null ? '' : `${one.toEdge.toFixed(1)} m`);
  const why = (one: MovedRow) =>
    nearEdge(one)
      ? t('grids.moved.tooNear', { metres: one.toEdge?.toFixed(1) ?? '', accuracy: toleranceOf(one) })
      : metres(one);
  return {
    id: 'toEdge',
    head: t('grids.moved.toEdge'),
    width: 96,
    align: 'end',
    text: why,
    cell: (one) => (
      <>
        {nearEdge(one) && <SeverityIcon severity="warning" size={13} label={why(one)} />}
        <span className={nearEdge(one) ? 'sx-warning' : undefined}>{metres(one)}</span>
      </>
    ),
  };
}
