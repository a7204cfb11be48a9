import { useVirtualizer } from '@tanstack/react-virtual';
import { IconCheck, IconFilterOff, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { BatchInfo, Decision, Pile } from '../../../api/delivery.ts';
import { Button } from '../../kit/Button.tsx';
import { EmptyState, ErrorNote } from '../../kit/notes.tsx';
import { useWords } from '../../words/index.ts';
import { cellName } from './batch-words.ts';
import { PileRow } from './PileRow.tsx';
import { isFiltered, NO_FILTER, type BatchRows, type PileFilter } from './use-batch-rows.ts';
import { selectsOf, useDecide } from './use-decide.ts';

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
export function PileTable({ batch, pile, filter, onFilter, rows, chosen, onChoose }: PileTableProps) {
  const { t } = useWords();
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const [cell, setCell] = useState<number | null>(null);
  const { decide, closed } = useDecide(batch);
  const scroller = useRef<HTMLDivElement>(null);
  const total = rows.total ?? 0;
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (pile === 'changed' ? ROW * Math.max(1, rows.rowAt(index)?.cells.length ?? 2) : ROW),
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, (items.at(-1)?.index ?? 0) + 1];
  const { onSeen } = rows;
  useEffect(() => onSeen(Math.min(first, chosen), Math.max(last, chosen + 1)), [first, last, chosen, onSeen]);
  const go = (index: number) => {
    const next = Math.max(0, Math.min(total - 1, index));
    setCell(null);
    onChoose(next);
    virtual.scrollToIndex(next);
  };
  const row = rows.rowAt(chosen);
  const tick = (id: number) =>
    setTicked((now) => (now.has(id) ? new Set([...now].filter((one) => one !== id)) : new Set([...now, id])));
  const decideActive = (decision: Decision) => {
    if (row === undefined || closed) return;
    const column = cell === null ? undefined : row.cells[cell]?.column;
    decide([{ rows: [row.id], ...(column === undefined ? {} : { column }) }], decision);
    if (cell === null) go(chosen + 1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const cells = pile === 'changed' ? (row?.cells.length ?? 0) : 0;
    const acts: Record<string, () => void> = {
      ArrowDown: () => go(chosen + 1),
      ArrowUp: () => go(chosen - 1),
      PageDown: () => go(chosen + 10),
      PageUp: () => go(chosen - 10),
      Home: () => go(0),
      End: () => go(total - 1),
      ArrowRight: () => setCell((now) => (cells === 0 ? null : Math.min(cells - 1, (now ?? -1) + 1))),
      ArrowLeft: () => setCell((now) => (now === null || now === 0 ? null : now - 1)),
      ' ': () => row !== undefined && tick(row.id),
      a: () => decideActive('accept'),
      r: () => decideActive('reject'),
      p: () => decideActive('pending'),
    };
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <section className="col grow" aria-label={t(`piles.pile.${pile}`)}>
      <PileToolbar
        batch={batch}
        pile={pile}
        filter={filter}
        total={total}
        ticked={ticked}
        closed={closed}
        decide={decide}
        onDone={() => setTicked(new Set())}
      />
      {rows.error !== null && (
        <div className="bar-note">
          <ErrorNote error={rows.error} />
        </div>
      )}
      <div
        ref={scroller}
        className={pile === 'changed' ? 'scroll grow diff' : 'scroll grow diff is-flat'}
        role="grid"
        tabIndex={0}
        aria-label={t('piles.rowsKeys', { pile: t(`piles.pile.${pile}`) })}
        aria-rowcount={total + 1}
        aria-activedescendant={row === undefined ? undefined : `row-${row.id}`}
        data-grid=""
        onKeyDown={onKeyDown}
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
              cell={item.index === chosen ? cell : null}
              ticked={ticked.has(rows.rowAt(item.index)?.id ?? -1)}
              closed={closed}
              onTick={tick}
              onChoose={() => {
                setCell(null);
                onChoose(item.index);
              }}
              onDecide={(id, column, decision) =>
                decide([{ rows: [id], ...(column === null ? {} : { column }) }], decision)
              }
            />
          ))}
        </div>
        {rows.total === 0 && <Empty batch={batch} pile={pile} filter={filter} onFilter={onFilter} />}
      </div>
    </section>
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
  closed: boolean;
  decide: ReturnType<typeof useDecide>['decide'];
  onDone: () => void;
}

/** Decides what is ticked, a whole column, a class, or the pile: whatever is the narrowest. */
function PileToolbar({ batch, pile, filter, total, ticked, closed, decide, onDone }: PileToolbarProps) {
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
