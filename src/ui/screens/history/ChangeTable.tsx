import { useMemo, useState } from 'react';
import type { CellChange } from '../../../model/change.ts';
import type { LayerName } from '../../../model/component.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { useSession } from '../../app/stores/session.ts';
import type { GridColumn } from '../../kit/grid/types.ts';
import { VirtualGrid } from '../../kit/grid/VirtualGrid.tsx';
import { EmptyState } from '../../kit/notes.tsx';
import { mapCommands } from '../../map/MapPane.tsx';
import { count, useWords, type Language, type Translate } from '../../words/index.ts';
import { ROW_HEIGHT } from '../grids/GridTable.tsx';
import { changedColumn, featureWords, layerWords } from './change-words.ts';
import { useChangeNames, type ChangeNames } from './names.ts';
import type { RevisionDetail } from './desk.ts';

interface ChangeRow extends CellChange {
  index: number;
}
const ON_MAP = new Set<string>(['component', 'unit_grid', 'street', 'community'] satisfies LayerName[]);
const NOBODY: ReadonlySet<number> = new Set();
const seeNothing = () => undefined;

/** Cell by cell: what it was and what it became. A row leads to what it is about. */
export function ChangeTable({ detail }: { detail: RevisionDetail }) {
  const { t, language } = useWords();
  const names = useChangeNames(detail.changes);
  const rows = useMemo(() => detail.changes.map((change, index): ChangeRow => ({ ...change, index })), [detail]);
  const density = useSession((s) => s.density);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const [at, setAt] = useState<{ revision: number; index: number } | null>(null);
  const on = at?.revision === detail.revision.id ? at.index : null;
  const columns = useMemo(() => changeColumns({ t, language, names }), [t, language, names]);
  const choose = (index: number) => {
    const change = rows[index];
    if (change === undefined) return;
    setAt({ revision: detail.revision.id, index });
    if (ON_MAP.has(change.layer)) useSelection.getState().select(change.layer as LayerName, [change.id]);
  };
  const open = ({ layer, id }: ChangeRow) => {
    if (ON_MAP.has(layer)) mapCommands.zoomTo({ layer: layer as LayerName, ids: [id] });
  };
  const { total } = detail;
  return (
    <>
      <div className="toolbar">
        <h3 className="h2">{t('history.changes')}</h3>
        <span className="sm t2">
          {total > rows.length
            ? t('history.changesShown', { shown: rows.length, total })
            : t('history.changesAll', { count: total })}
        </span>
      </div>
      <VirtualGrid<ChangeRow>
        label={t('history.changes')}
        words={{ all: t('components.all'), resize: t('components.columnWidth') }}
        rows={rows.length}
        rowAt={(index) => rows[index]}
        idOf={(change) => change.index}
        columns={columns}
        widths={widths}
        onResize={(column, width) => setWidths((now) => ({ ...now, [column]: width }))}
        rowHeight={ROW_HEIGHT[density]}
        selected={on === null ? NOBODY : new Set([on])}
        showRow={null}
        onSelect={choose}
        onOpen={open}
        sort={[]}
        onSort={seeNothing}
        onSeen={seeNothing}
        empty={<EmptyState title={t('history.nothing')} />}
      />
    </>
  );
}

interface ChangeColumnWords {
  t: Translate;
  language: Language;
  names: ChangeNames;
}

function changeColumns({ t, language, names }: ChangeColumnWords): GridColumn<ChangeRow>[] {
  const blank = t('values.blank');
  const value = (change: ChangeRow, side: 'was' | 'now') => names.valueOf(change.column, change[side]);
  return [
    {
      id: 'what',
      head: t('history.what'),
      width: 316,
      frozen: true,
      text: (change) => featureWords(change, names),
      cell: (change) => <What change={change} names={names} />,
    },
    {
      id: 'column',
      head: t('history.column'),
      width: 136,
      text: (change) => changedColumn(change, t, language),
      cell: (change) => <span>{changedColumn(change, t, language)}</span>,
    },
    {
      id: 'was',
      head: t('history.was'),
      width: 250,
      text: (change) => value(change, 'was') ?? blank,
      tone: (change) => (value(change, 'was') === null ? 'blank' : null),
      cell: (change) => <Side text={value(change, 'was')} made={change.column === 'id'} side="was" />,
    },
    {
      id: 'now',
      head: t('history.now'),
      width: 260,
      text: (change) => value(change, 'now') ?? blank,
      tone: (change) => (value(change, 'now') === null ? 'blank' : null),
      cell: (change) => <Side text={value(change, 'now')} made={change.column === 'id'} side="now" />,
    },
  ];
}

function What({ change, names }: { change: ChangeRow; names: ChangeNames }) {
  const found = names.featureOf(change.layer, change.id);
  return (
    <>
      <span className="t3 history-layer">{layerWords(change.layer)}</span>
      {found === null && <span className="t2">{count(change.id)}</span>}
      {found !== null && found.code !== '' && <span className="code">{found.code}</span>}
      {found !== null && found.name !== null && <span className="t2">{found.name}</span>}
    </>
  );
}

function Side({ text, made, side }: { text: string | null; made: boolean; side: 'was' | 'now' }) {
  const { t } = useWords();
  // A row made anew has no cells of its own to tell: it is there now and was not.
  if (made) return side === 'was' ? null : <span className="cell-diff is-new">{t('history.made')}</span>;
  if (text === null) return <span>{t('values.blank')}</span>;
  return <span className={side === 'was' ? 'cell-diff is-old' : 'cell-diff is-new'}>{text}</span>;
}
