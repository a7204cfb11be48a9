import type { ComponentDetail } from '../../../api/component.ts';
import type { CellValue } from '../../../model/component.ts';
import type { Finding } from '../../../model/finding.ts';
import { useClasses } from '../../app/classes.ts';
import { useQueryOf } from '../../app/engine.ts';
import { valueWords } from '../../words/cell.ts';
import { useWords } from '../../words/index.ts';
import { columnName } from '../../words/revision.ts';

/** The components of a finding: two of them side by side, one of them by what matters. */
export function Compare({ finding }: { finding: Finding }) {
  const parts = finding.features.filter((one) => one.layer === 'component');
  const a = useQueryOf('component.get', parts[0] === undefined ? null : { id: parts[0].id }, { keep: true }).data;
  const b = useQueryOf('component.get', parts[1] === undefined ? null : { id: parts[1].id }, { keep: true }).data;
  if (parts.length === 0) return <Areas finding={finding} />;
  if (a === undefined || a.id !== parts[0]?.id) return null;
  return <Table a={a} b={b !== undefined && b.id === parts[1]?.id ? b : null} marked={finding.data['column']} />;
}

const ROWS = [
  'code',
  'name',
  'batch',
  'phase',
  'accuracy',
  'state',
  'supervisor',
  'owner',
  'maintainer',
  'responsible',
  'specification',
  'surveyed_on',
  'changed_on',
  'photo',
] as const;
const ROLE_ROWS: ReadonlySet<string> = new Set(['supervisor', 'owner', 'maintainer', 'responsible']);

/** As the table of components shows it: a registered unit's name, else what was surveyed. */
function valueAt(detail: ComponentDetail, row: string): string {
  if (row === 'batch') return detail.names['batch_name'] ?? '';
  if (ROLE_ROWS.has(row)) return detail.names[`${row}_name`] ?? text(detail.cells[`${row}_text`]);
  const value = detail.cells[row] ?? null;
  return value === null || value === '' ? '' : valueWords(row, value);
}
const text = (value: CellValue | undefined): string => (value === null || value === undefined ? '' : String(value));

function Table({ a, b, marked }: { a: ComponentDetail; b: ComponentDetail | null; marked: unknown }) {
  const { t, language } = useWords();
  const rows = ROWS.map((row) => ({ row, first: valueAt(a, row), second: b === null ? '' : valueAt(b, row) })).filter(
    (one) => one.first !== '' || one.second !== '' || isMarked(one.row, marked),
  );
  const differing = rows.filter((one) => b !== null && one.first !== one.second);
  const name = (row: string) =>
    row === 'batch'
      ? t('checks.batch')
      : ROLE_ROWS.has(row)
        ? columnName(`${row}_id`, language)
        : row === 'code'
          ? t('checks.head.code')
          : row === 'name'
            ? t('checks.head.name')
            : row === 'state'
              ? t('components.facetName.state')
              : columnName(row, language);
  const { wordOf } = useClasses();
  const shown = (row: string, value: string) => (row === 'name' ? (wordOf(value) ?? '') : value);
  const cell = (row: string, value: string) => (
    <td className={row === 'code' ? 'code' : undefined} title={value}>
      {value === '' ? <span className="t3">{t('values.blank')}</span> : shown(row, value)}
    </td>
  );
  return (
    <section className="sect">
      <h3>
        {b === null ? t('checks.feature') : t('checks.compare')}
        <span className="end">{b === null ? '' : t('checks.differs', { count: differing.length })}</span>
      </h3>
      <table className={b === null ? 'cmp is-one' : 'cmp'}>
        {b !== null && (
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t('piles.head.column')}</span>
              </th>
              <th scope="col">{t('checks.letter.first')}</th>
              <th scope="col">{t('checks.letter.second')}</th>
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map(({ row, first, second }) => (
            <tr key={row} className={(b !== null && first !== second) || isMarked(row, marked) ? 'is-diff' : undefined}>
              <th scope="row" title={name(row)}>
                {name(row)}
              </th>
              {cell(row, first)}
              {b !== null && cell(row, second)}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The row a finding speaks of, where it is about one column. */
function isMarked(row: string, marked: unknown): boolean {
  return marked === row || marked === `${row}_id` || marked === `${row}_text`;
}

/** Grids and other areas by their codes. */
function Areas({ finding }: { finding: Finding }) {
  const { t } = useWords();
  const layer = finding.features[0]?.layer;
  const ids = finding.features.filter((one) => one.layer === layer).map((one) => one.id);
  const { data } = useQueryOf('map.features', layer === undefined ? null : { layer, ids: ids.slice(0, 2000) });
  if (data === undefined) return null;
  return (
    <section className="sect">
      <h3>
        {t('checks.grids')}
        <span className="end">{data.length}</span>
      </h3>
      <ul>
        {data.map((one) => (
          <li key={one.id} className="code chk-grid">
            {one.code}
          </li>
        ))}
      </ul>
    </section>
  );
}
