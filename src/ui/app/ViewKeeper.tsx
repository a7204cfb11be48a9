import { useEffect } from 'react';
import { useQueryOf } from './engine.ts';
import { toFilter, useFilter } from './stores/filter.ts';
import { useView } from './stores/view.ts';
import { useDebouncedValue } from '@mantine/hooks';

const TYPING_PAUSE_MS = 180;

/** Keeps the one view of components true to filter and sort; map, table and counts read it from the store. */
export function ViewKeeper() {
  const conditions = useFilter((s) => s.conditions);
  const typed = useFilter((s) => s.text);
  const [text] = useDebouncedValue(typed, TYPING_PAUSE_MS);
  const sort = useView((s) => s.sort);
  const setView = useView((s) => s.setView);
  const view = useQueryOf(
    'component.view',
    { filter: toFilter({ conditions, text }), sort: [...sort] },
    { keep: true },
  );
  const { data, isFetching, error } = view;
  useEffect(() => setView({ loading: isFetching, error }), [isFetching, error, setView]);
  useEffect(() => {
    if (data !== undefined)
      setView({ viewId: data.viewId, shown: data.shown, total: data.total, revision: data.revision });
  }, [data, setView]);
  return null;
}
