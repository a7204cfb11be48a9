import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useClient } from '../../app/engine.ts';

const PAGE = 200;

/** All revisions, latest first, a page at a time as the list is scrolled. */
export function useRevisions() {
  const client = useClient();
  const query = useInfiniteQuery({
    queryKey: ['history.list', { limit: PAGE, pages: true }],
    queryFn: ({ pageParam, signal }) => client.call('history.list', { offset: pageParam, limit: PAGE }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((sum, page) => sum + page.revisions.length, 0);
      return loaded < last.total ? loaded : undefined;
    },
  });
  const { data } = query;
  const revisions = useMemo(() => data?.pages.flatMap((page) => page.revisions) ?? [], [data]);
  return { ...query, revisions, total: data?.pages[0]?.total ?? null };
}
