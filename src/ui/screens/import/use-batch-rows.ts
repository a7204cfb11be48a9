import { useQueries } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { BatchRow, Decision, Pile } from '../../../api/delivery.ts';
import { useClient } from '../../app/engine.ts';

export const PAGE = 100;

export interface PileFilter {
  classCode: readonly string[];
  column: readonly string[];
  decision: readonly Decision[];
}
export const NO_FILTER: PileFilter = { classCode: [], column: [], decision: [] };

export function isFiltered(filter: PileFilter): boolean {
  return filter.classCode.length + filter.column.length + filter.decision.length > 0;
}

export interface BatchRows {
  /** Null until the first page has come. */
  total: number | null;
  rowAt: (index: number) => BatchRow | undefined;
  onSeen: (first: number, last: number) => void;
  error: Error | null;
}

/** Rows of one pile that are seen, page by page; while an answer is on its way the one before stays in its place. */
export function useBatchRows(id: number, pile: Pile, filter: PileFilter): BatchRows {
  const client = useClient();
  const [seen, setSeen] = useState({ first: 0, last: 1 });
  const before = useRef<{ key: string; rows: Map<number, BatchRow>; total: number | null }>({
    key: '',
    rows: new Map(),
    total: null,
  });
  const pages: number[] = [];
  for (let page = Math.floor(seen.first / PAGE); page * PAGE < Math.max(1, seen.last); page += 1) pages.push(page);
  const answers = useQueries({
    queries: pages.map((page) => {
      const input = { id, pile, ...given(filter), offset: page * PAGE, limit: PAGE };
      return {
        queryKey: ['batch.rows', input],
        queryFn: ({ signal }: { signal: AbortSignal }) => client.call('batch.rows', input, { signal }),
      };
    }),
  });
  const key = JSON.stringify([id, pile, filter]);
  const kept = before.current.key === key ? before.current : { key, rows: new Map<number, BatchRow>(), total: null };
  const loaded = new Map<number, BatchRow>();
  let { total } = kept;
  for (const [i, answer] of answers.entries()) {
    if (answer.data === undefined) continue;
    ({ total } = answer.data);
    for (const [at, row] of answer.data.rows.entries()) loaded.set((pages[i] ?? 0) * PAGE + at, row);
  }
  useEffect(() => {
    before.current = { key, rows: loaded.size > 0 ? loaded : kept.rows, total };
  });
  const onSeen = useCallback((first: number, last: number) => {
    setSeen((now) => (now.first === first && now.last === last ? now : { first, last }));
  }, []);
  return {
    total,
    rowAt: (index) => loaded.get(index) ?? kept.rows.get(index),
    onSeen,
    error: answers.find((answer) => answer.error !== null)?.error ?? null,
  };
}

function given(filter: PileFilter) {
  return {
    ...(filter.classCode.length === 0 ? {} : { classCode: [...filter.classCode] }),
    ...(filter.column.length === 0 ? {} : { column: [...filter.column] }),
    ...(filter.decision.length === 0 ? {} : { decision: [...filter.decision] }),
  };
}
