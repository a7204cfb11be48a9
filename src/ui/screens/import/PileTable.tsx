import { useVirtualizer } from '@tanstack/react-virtual';
import { IconCheck, IconFilterOff, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { BatchInfo, Decision, Pile } from '../../../api/delivery.ts';
import { Button } from '../../kit/Button.tsx';
import { EmptyState, ErrorNote } from '../../kit/notes.tsx';
import { useWords } from '../../words/index.ts';
import { cellName } from './batch-words.ts';
import { PileRow } from './PileRow.tsx';
import { isFiltered, NO_FILTER, type BatchRows, type PileFilter } from './use-batch-rows.ts';
import { selectsOf, useDecide } from './use-decide.ts';
import { usePileKeys } from './use-pile-keys.ts';

interface PileTableProps {
  batch: BatchInfo;
  pile: Pile;
  filter: PileFilter;
  onFilter: (filter: PileFilter) => void;
  rows: BatchRows;
  chosen: number;
  onChoose: (index: number) => void;
}

const ROW = 28;

/** The rows of a pile: cell by cell where something differs, one line each elsewhere. */
export function PileTable(props: PileTableProps) {
  const { batch, pile, filter, rows } = props;
  const { t } = useWords();
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const tick = (id: number) =>
    setTicked((now) => (now.has(id) ? new Set([...now].filter((one) => one !== id)) : new Set([...now, id])));
  return (
    <section className="col grow" aria-label={t(`piles.pile.${pile}`)}>
      <PileToolbar
        batch={batch}
        pile={pile}
        filter={filter}
        total={rows.total ?? 0}
        ticked={ticked}
        onDone={() => setTicked(new Set())}
      />
      {rows.error !== null && (
        <div className="bar-note">
          <ErrorNote error={rows.error} />
        </div>
      )}
      <DiffGrid {...props} ticked={ticked} onTick={tick} />
    </section>
  );
}

interface DiffGridProps extends PileTableProps {
  ticked: ReadonlySet<number>;
  onTick: (id: number) => void;
}

/** Rows are as high as they have cells; those that are seen are fetched. */
function useSeenRows(rows: BatchRows, scroller: RefObject<HTMLDivElement | null>, compared: boolean) {
  const virtual = useVirtualizer({
    count: rows.total ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (compared ? ROW * Math.max(1, rows.rowAt(index)?.cells.length ?? 2) : ROW),
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, (items.at(-1)?.index ?? 0) + 1];
  const { onSeen } = rows;
  useEffect(() => onSeen(first, last), [first, last, onSeen]);
  return { virtual, items };
}

function DiffGrid({ batch, pile, filter, onFilter, rows, chosen, onChoose, ticked, onTick }: DiffGridProps) {
  const { t } = useWords();
  const { decide, closed } = useDecide(batch);
  const scroller = useRef<HTMLDivElement>(null);
  const total = rows.total ?? 0;
  const row = rows.rowAt(chosen);
  const compared = pile === 'changed';
  const { virtual, items } = useSeenRows(rows, scroller, compared);
  const decideOne = (id: number, column: string | null, decision: Decision) => {
    if (!closed) decide([{ rows: [id], ...(column === null ? {} : { column }) }], decision);
  };
  const go = (index: number) => {
    onChoose(index);
    virtual.scrollToIndex(index);
  };
  const cells = compared ? (row?.cells.length ?? 0) : 0;
  const keys = usePileKeys({ row, chosen, total, cells, go, tick: onTick, decide: decideOne });
  return (
    <div
      ref={scroller}
      className={compared ? 'scroll grow diff' : 'scroll grow diff is-flat'}
      role="grid"
      tabIndex={0}
      aria-label={t('piles.rowsKeys', { pile: t(`piles.pile.${pile}`) })}
      aria-rowcount={total + 1}
      aria-activedescendant={row === undefined ? undefined : `row-${row.id}`}
      data-grid=""
      onKeyDown={keys.onKeyDown}
      onClick={keys.onClick}
    >
      <DiffHead pile={pile} />
      <div className="diff-body" role="presentation" style={{ blockSize: virtual.getTotalSize() }}>
        {items.map((item) => (
          <PileRow
            key={item.key}
            measure={virtual.measureElement}
            index={item.index}
            top={item.start}
            row={rows.rowAt(item.index)}
            as={batch.as}
            pile={pile}
            selected={item.index === chosen}
            cell={item.index === chosen ? keys.cell : null}
            ticked={ticked.has(rows.rowAt(item.index)?.id ?? -1)}
            closed={closed}
            onTick={onTick}
            onDecide={decideOne}
          />
        ))}
      </div>
      {rows.total === 0 && <Empty batch={batch} pile={pile} filter={filter} onFilter={onFilter} />}
    </div>
  );
}

function DiffHead({ pile }: { pile: Pile }) {
  const { t } = useWords();
  const heads =
    pile === 'changed'
      ? (['code', 'column', 'was', 'now', 'look', 'decision'] as const)
      : (['code', 'class', pile === 'gone' ? 'becomes' : 'gist', 'source', 'why', 'decision'] as const);
  return (
    <div className="diff-head" role="row" aria-rowindex={1}>
      <span role="columnheader">
        <span className="visually-hidden">{t('piles.head.tick')}</span>
      </span>
      {heads.map((head) => (
        <span key={head} role="columnheader">
          {t(`piles.head.${head}`)}
        </span>
      ))}
    </div>
  );
}

function Empty({ batch, pile, filter, onFilter }: Pick<PileTableProps, 'batch' | 'pile' | 'filter' | 'onFilter'>) {
  const { t } = useWords();
  const name = t(`piles.pile.${pile}`);
  if (!isFiltered(filter))
    return <EmptyState title={t('piles.emptyPile', { pile: name })} about={t(`piles.emptyPileAbout.${pile}`)} />;
  return (
    <EmptyState
      title={t('piles.emptyFiltered')}
      about={t('piles.emptyFilteredAbout', { pile: name, count: batch.piles[pile] })}
    >
      <Button onClick={() => onFilter(NO_FILTER)}>
        <IconFilterOff size={14} stroke={1.5} aria-hidden />
        {t('components.filter.clear')}
      </Button>
    </EmptyState>
  );
}

interface PileToolbarProps {
  batch: BatchInfo;
  pile: Pile;
  filter: PileFilter;
  total: number;
  ticked: ReadonlySet<number>;
  onDone: () => void;
}

/** Decides what is ticked, a whole column, a class, or the pile: whatever is the narrowest. */
function PileToolbar({ batch, pile, filter, total, ticked, onDone }: PileToolbarProps) {
  const { decide, closed } = useDecide(batch);
  const { t, language } = useWords();
  const names = filter.column.map((column) => cellName(batch.as, column, language)).join(t('evidence.comma'));
  const byDecision = filter.decision.length > 0;
  const what =
    ticked.size > 0
      ? t('piles.what.ticked', { count: ticked.size })
      : names !== ''
        ? t('piles.what.column', { names })
        : t('piles.what.all', { count: total });
  const why = closed
    ? t('piles.closed')
    : byDecision && ticked.size === 0
      ? t('piles.notByDecision')
      : total === 0
        ? t('piles.emptyFiltered')
        : null;
  const act = (decision: Decision) => {
    decide(ticked.size > 0 ? [{ rows: [...ticked] }] : selectsOf(pile, filter), decision);
    onDone();
  };
  return (
    <div className="toolbar" role="toolbar" aria-label={t(`piles.pile.${pile}`)}>
      <h2 className="h2">{t(`piles.pile.${pile}`)}</h2>
      <span className="sm t2 cut">
        {isFiltered(filter)
          ? t('piles.shownOf', { shown: total, total: batch.piles[pile] })
          : t('importing.rows', { rows: total })}
      </span>
      <span className="end" />
      {pile !== 'same' && (
        <>
          <Button small disabledBecause={why} onClick={() => act('accept')}>
            <IconCheck size={13} stroke={1.5} aria-hidden />
            {t('piles.acceptWhat', { what })}
          </Button>
          <Button small disabledBecause={why} onClick={() => act('reject')}>
            <IconX size={13} stroke={1.5} aria-hidden />
            {t('piles.rejectWhat')}
          </Button>
          <Button small look="bare" disabledBecause={why} onClick={() => act('pending')}>
            {t('piles.decision.pending')}
          </Button>
        </>
      )}
    </div>
  );
}
