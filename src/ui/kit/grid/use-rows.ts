import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TableRow } from '../../../api/component.ts';
import { GewuError } from '../../../api/error.ts';
import { useClient } from '../../app/engine.ts';

const PAGE = 100;
/** Dragging the bar through a long table passes hundreds of pages: only where it rests is asked for. */
const REST_MS = 70;

export interface Rows {
  rowAt: (index: number) => TableRow | undefined;
  onSeen: (first: number, last: number) => void;
  error: Error | null;
}

/**
 * The rows of a view that are seen, page by page. While a newer view's pages are on their way the rows of the one before stay in their places,
 * so that an edit does not make the table flicker.
 */
export function useRows(layer: 'component' | 'grid', viewId: string | null, rows: number): Rows {
  const client = useClient();
  const queries = useQueryClient();
  const [seen, setSeen] = useState({ first: 0, last: 1 });
  const before = useRef(new Map<number, TableRow>());
  const pages: number[] = [];
  for (let page = Math.floor(seen.first / PAGE); page * PAGE < Math.min(rows, seen.last); page += 1) pages.push(page);
  const method = `${layer}.rows` as const;
  const answers = useQueries({
    queries: pages.map((page) => {
      const input = { viewId: viewId ?? '', offset: page * PAGE, limit: PAGE };
      return {
        queryKey: [method, input],
        queryFn: ({ signal }: { signal: AbortSignal }) => client.call(method, input, { signal }),
        enabled: viewId !== null,
        staleTime: Number.POSITIVE_INFINITY,
      };
    }),
  });
  const loaded = new Map<number, TableRow>();
  for (const [i, answer] of answers.entries()) {
    const page = pages[i] ?? 0;
    for (const [at, row] of (answer.data?.rows ?? []).entries()) loaded.set(page * PAGE + at, row);
  }
  useEffect(() => {
    if (loaded.size > 0) before.current = loaded;
  });
  const error = answers.find((answer) => answer.error !== null)?.error ?? null;
  const gone = error instanceof GewuError && error.code === 'view-gone';
  useEffect(() => {
    if (gone) void queries.invalidateQueries({ queryKey: [`${layer}.view`] });
  }, [gone, layer, queries]);
  const rowAt = (index: number) => loaded.get(index) ?? before.current.get(index);
  const onSeen = useRested(setSeen);
  return { rowAt, onSeen, error: gone ? null : error };
}

/** Goes along with scrolling at once, after a jump when the place has not moved for a moment. */
function useRested(show: (seen: { first: number; last: number }) => void): Rows['onSeen'] {
  const place = useRef({ first: 0, timer: 0 });
  useEffect(() => () => window.clearTimeout(place.current.timer), []);
  return useCallback(
    (first: number, last: number) => {
      const jump = Math.abs(first - place.current.first);
      window.clearTimeout(place.current.timer);
      place.current.first = first;
      if (jump <= PAGE) show({ first, last });
      else place.current.timer = window.setTimeout(() => show({ first, last }), REST_MS);
    },
    [show],
  );
}
