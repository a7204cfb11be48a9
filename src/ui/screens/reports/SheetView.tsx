import type { ReportSheet } from '../../../api/work.ts';
import { CLARITIES, type Clarity } from '../../../model/component.ts';
import { ClarityShape } from '../../kit/Shapes.tsx';
import { count, ratePercent, useWords, type Language } from '../../words/index.ts';
import { openComponents } from '../overview/doors.ts';
import { titleOf } from './titles.ts';

type Column = ReportSheet['columns'][number];
type Row = ReportSheet['rows'][number];

const NUMBERS = new Set<Column['kind']>(['integer', 'percent', 'area']);
const isClarity = (key: string): key is Clarity => CLARITIES.some((one) => one === key);

/** One sheet as a table; figures that count components lead to them. */
export function SheetView({ sheet, language }: { sheet: ReportSheet; language: Language }) {
  const { t } = useWords();
  if (sheet.rows.length === 0) return <p className="sm t3 sheet-note">{t('reports.nothing')}</p>;
  return (
    <>
      <table className={sheet.id === 'cover' ? 'sheet-table is-cover' : 'sheet-table'}>
        <caption className="visually-hidden">{titleOf(sheet, language)}</caption>
        <thead>
          <tr>
            {sheet.columns.map((column) => (
              <th key={column.key} scope="col" className={NUMBERS.has(column.kind) ? 'num' : undefined}>
                <span className="sheet-th">
                  {isClarity(column.key) && <ClarityShape clarity={column.key} size={11} />}
                  {language === 'zh' ? column.zh : column.en}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {numbered(sheet.rows).map(({ key, row }) => (
            <tr key={key} className={row.strong === true ? 'is-strong' : undefined}>
              {sheet.columns.map((column) => (
                <Cell key={column.key} sheet={sheet} row={row} column={column} language={language} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {sheet.total > sheet.rows.length && (
        <p className="sm t3 sheet-note">{t('reports.shownRows', { shown: sheet.rows.length, total: sheet.total })}</p>
      )}
    </>
  );
}

/** Sheets are lists: a row is known by its place. */
function numbered(rows: ReportSheet['rows']): { key: number; row: ReportSheet['rows'][number] }[] {
  return rows.map((row, key) => ({ key, row }));
}

function figure(value: string | number | null | undefined, kind: Column['kind']): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'number') return value;
  if (kind === 'percent') return `${ratePercent(value)} %`;
  if (kind === 'area') return value.toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return count(value);
}

/** What a row is about: its first text. */
function nameOf({ cells }: Row, columns: readonly Column[]): string {
  const named = columns.find((column) => column.kind === 'text') ?? columns[0];
  return named === undefined ? '' : figure(cells[named.key], named.kind);
}

interface CellProps {
  sheet: ReportSheet;
  row: Row;
  column: Column;
  language: Language;
}

function Cell({ sheet, row, column, language }: CellProps) {
  const { t } = useWords();
  const value = row.cells[column.key] ?? null;
  const text = figure(value, column.kind);
  const door = row.doors?.[column.key];
  const classes = [NUMBERS.has(column.kind) ? 'num' : '', column.kind === 'code' ? 'code' : ''];
  const className = classes.filter((one) => one !== '').join(' ') || undefined;
  if (door === undefined || typeof value !== 'number' || value === 0) {
    return <td className={value === 0 ? `${className ?? ''} is-zero` : className}>{text}</td>;
  }
  const head = language === 'zh' ? column.zh : column.en;
  const open = () =>
    openComponents([
      {
        kind: 'door',
        id: 'report',
        words: 'reports.door',
        values: { sheet: titleOf(sheet, language), row: nameOf(row, sheet.columns), column: head },
        filter: door,
      },
    ]);
  return (
    <td className={className}>
      <button type="button" className="link" title={t('reports.doorTitle', { count: value })} onClick={open}>
        {text}
      </button>
    </td>
  );
}
