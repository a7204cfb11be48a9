import { useMemo } from 'react';
import type { TableRow } from '../../../api/component.ts';
import { useQueryOf } from '../../app/engine.ts';
import { useGridEdit, type Rehomed } from '../../app/stores/grid-edit.ts';
import { MOST_LISTED, nearEdge, type MovedRow } from './moved.ts';

const NONE: readonly number[] = [];
const NOT_MOVED: readonly Rehomed[] = [];

/** The components an edit moves to another grid; those nearest to an edge first, since they are the ones to look at. */
export function useMovedRows(): { rows: readonly MovedRow[]; held: boolean } {
  const preview = useGridEdit((s) => s.preview);
  const done = useGridEdit((s) => s.done);
  const rehomed = (preview ?? done)?.rehomed ?? NOT_MOVED;
  const doneIds = useMemo(() => done?.rehomed.map((one) => one.id) ?? NONE, [done]);
  // While a node is held the rows of all that might move are asked for once, so that the list follows the pointer without waiting.
  const known = useComponents(preview?.near ?? doneIds);
  const rows = useMemo(
    () =>
      rehomed
        .map((one): MovedRow => ({ ...one, row: known.get(one.id) ?? null }))
        .toSorted((a, b) => Number(nearEdge(b)) - Number(nearEdge(a)) || compareCodes(a, b)),
    [rehomed, known],
  );
  return { rows, held: preview !== null };
}

const codeOf = ({ row }: MovedRow): string => String(row?.cells['code'] ?? '');
const compareCodes = (a: MovedRow, b: MovedRow): number => (codeOf(a) < codeOf(b) ? -1 : 1);

function useComponents(near: readonly number[]): ReadonlyMap<number, TableRow> {
  const ids = near.slice(0, MOST_LISTED);
  const view = useQueryOf(
    'component.view',
    ids.length === 0 ? null : { filter: { op: 'ids', ids }, sort: [{ column: 'code', descending: false }] },
    { keep: true },
  ).data;
  const { data } = useQueryOf(
    'component.rows',
    view === undefined ? null : { viewId: view.viewId, offset: 0, limit: MOST_LISTED },
    { keep: true },
  );
  return useMemo(() => new Map(data?.rows.map((row) => [row.id, row])), [data]);
}
