import { useQueries } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { BatchRow, Decision, Pile } from '../../../api/delivery.ts';
import { useClient } from '../../app/engine.ts';

const PAGE = 100;

export interface PileFilter {
  classCode: readonly string[];
  column: readonly string[];
  decision: readonly Decision[];
  street: readonly string[];
  reason: readonly string[];
}
export const NO_FILTER: PileFilter = { classCode: [], column: [], decision: [], street: [], reason: [] };

export function isFiltered(filter: PileFilter): boolean {
  return Object.values(filter).some((values: readonly string[]) => values.length > 0);
}

export interface BatchRows {
  /** Null until the first page has come. */
  total: number | null;
  rowAt: (index: number) => BatchRow | undefined;
  onSeen: (first: number, last: number) => void;
  error: Error | null;
}

/** Rows of one pile that are seen, page by page; the first page is always asked for, it tells how many there are. */
export function useBatchRows(id: number, pile: Pile, filter: PileFilter): BatchRows {
  const client = useClient();
  const [seen, setSeen] = useState({ first: 0, last: 1 });
  const pages = new Set([0]);
  for (let page = Math.floor(seen.first / PAGE); page * PAGE < seen.last; page += 1) pages.add(page);
  const asked = [...pages];
  const answers = useQueries({
    queries: asked.map((page) => {
      const input = { id, pile, ...given(filter), offset: page * PAGE, limit: PAGE };
      return {
        queryKey: ['batch.rows', input],
        queryFn: ({ signal }: { signal: AbortSignal }) => client.call('batch.rows', input, { signal }),
      };
    }),
  });
  const loaded = new Map<number, BatchRow>();
  for (const [i, answer] of answers.entries()) {
    for (const [at, row] of (answer.data?.rows ?? []).entries()) loaded.set((asked[i] ?? 0) * PAGE + at, row);
  }
  const onSeen = useCallback((first: number, last: number) => {
    setSeen((now) => (now.first === first && now.last === last ? now : { first, last }));
  }, []);
  return {
    total: answers[0]?.data?.total ?? null,
    rowAt: (index) => loaded.get(index),
    onSeen,
    error: answers.find((answer) => answer.error !== null)?.error ?? null,
  };
}

function given(filter: PileFilter) {
  return {
    ...(filter.classCode.length === 0 ? {} : { classCode: [...filter.classCode] }),
    ...(filter.column.length === 0 ? {} : { column: [...filter.column] }),
    ...(filter.decision.length === 0 ? {} : { decision: [...filter.decision] }),
    ...(filter.street.length === 0 ? {} : { street: [...filter.street] }),
    ...(filter.reason.length === 0 ? {} : { reason: [...filter.reason] }),
  };
}
