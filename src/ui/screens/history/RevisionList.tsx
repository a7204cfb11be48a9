import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useMemo, useRef, type KeyboardEvent } from 'react';
import type { RevisionInfo } from '../../../model/change.ts';
import { useWords, type Language, type Translate } from '../../words/index.ts';
import { revisionWords } from '../../words/revision.ts';
import { dayOf, linesOf } from './days.ts';
import { useHistoryDesk } from './desk.ts';
import type { useRevisions } from './use-revisions.ts';

const DAY_HEIGHT = 30;
const LINE_HEIGHT = 48;
/** Lines before the end at which the next page is asked for. */
const AHEAD = 20;

interface RevisionListProps {
  list: ReturnType<typeof useRevisions>;
  chosen: number | null;
  width: number;
}

/** Every change in plain words, by day; arrows move from one to the next. */
export function RevisionList({ list, chosen, width }: RevisionListProps) {
  const { t, language } = useWords();
  const base = useId();
  const lines = useMemo(() => linesOf(list.revisions), [list.revisions]);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (lines[at]?.kind === 'day' ? DAY_HEIGHT : LINE_HEIGHT),
    getItemKey: (at) => lines[at]?.key ?? at,
    overscan: 12,
  });
  const items = rows.getVirtualItems();
  useNextPage(list, (items.at(-1)?.index ?? 0) >= lines.length - AHEAD);
  const onKeyDown = useListKeys(list.revisions, chosen, (id) => {
    rows.scrollToIndex(lines.findIndex((line) => line.kind === 'revision' && line.revision.id === id));
  });
  return (
    <section className="facets history-list" style={{ inlineSize: width }} aria-label={t('history.list')}>
      <div className="toolbar">
        <h2 className="h2">{t('history.list')}</h2>
        {list.total !== null && <span className="end sm t3">{t('history.total', { count: list.total })}</span>}
      </div>
      <div
        ref={scroller}
        className="scroll grow is-inset"
        role="listbox"
        tabIndex={0}
        data-grid=""
        aria-label={t('history.list')}
        aria-activedescendant={chosen === null ? undefined : `${base}${chosen}`}
        onKeyDown={onKeyDown}
      >
        <div className="history-space" role="presentation" style={{ blockSize: rows.getTotalSize() }}>
          {items.map((item) => {
            const line = lines[item.index];
            const style = { transform: `translateY(${item.start}px)`, blockSize: item.size };
            if (line === undefined) return null;
            return line.kind === 'day' ? (
              <p key={item.key} className="history-day cap" aria-hidden="true" style={style}>
                {dayWords(line.at, t, language)}
              </p>
            ) : (
              <RevisionLine
                key={item.key}
                id={`${base}${line.revision.id}`}
                revision={line.revision}
                on={line.revision.id === chosen}
                style={style}
              />
            );
          })}
        </div>
      </div>
    </section>
  );
}

/** Asks for the next page as the end comes near. */
function useNextPage(
  { hasNextPage, isFetchingNextPage, fetchNextPage }: RevisionListProps['list'],
  near: boolean,
): void {
  useEffect(() => {
    if (near && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [near, hasNextPage, isFetchingNextPage, fetchNextPage]);
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

function useListKeys(revisions: readonly RevisionInfo[], chosen: number | null, show: (id: number) => void) {
  const look = useHistoryDesk((s) => s.look);
  return (event: KeyboardEvent) => {
    const at = revisions.findIndex((one) => one.id === chosen);
    const step = STEPS[event.key];
    const to =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? revisions.length - 1
          : step === undefined
            ? null
            : Math.min(revisions.length - 1, Math.max(0, at + step));
    const next = to === null ? undefined : revisions[to];
    if (next === undefined) return;
    event.preventDefault();
    look(next.id);
    show(next.id);
  };
}

/** 'Today', 'Yesterday', or the day itself. */
function dayWords(iso: string, t: Translate, language: Language): string {
  const day = dayOf(iso);
  const now = new Date();
  const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (day === dayOf(now.toISOString())) return t('history.today');
  if (day === dayOf(before.toISOString())) return t('history.yesterday');
  const year = new Date(iso).getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const };
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    ...year,
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  }).format(new Date(iso));
}

interface RevisionLineProps {
  id: string;
  revision: RevisionInfo;
  on: boolean;
  style: { transform: string; blockSize: number };
}

function RevisionLine({ id, revision, on, style }: RevisionLineProps) {
  const { t, language } = useWords();
  const look = useHistoryDesk((s) => s.look);
  const undone = revision.undoneBy !== null;
  const words = revisionWords(revision, language);
  const classes = [
    'history-line',
    on ? 'is-sel' : '',
    undone ? 'is-undone' : '',
    revision.undoOf === null ? '' : 'is-back',
  ];
  return (
    <div
      id={id}
      role="option"
      aria-selected={on}
      className={classes.filter((one) => one !== '').join(' ')}
      style={style}
      title={words}
      tabIndex={-1}
      onClick={() => look(revision.id)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') look(revision.id);
      }}
    >
      <i aria-hidden="true" />
      <span className="history-what cut">{words}</span>
      <span className="history-when">{timeOf(revision.at)}</span>
      <span className="history-who cut">
        {[
          revision.command === 'foreign' ? t('history.foreign') : revision.person,
          revision.rows > 0 ? t('history.rows', { count: revision.rows }) : '',
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </span>
      {undone && <span className="history-mark">{t('history.undoneBy')}</span>}
    </div>
  );
}

function timeOf(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime())
    ? ''
    : `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}
