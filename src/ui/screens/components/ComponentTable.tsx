import { useCallback, useMemo } from 'react';
import type { TableRow } from '../../../api/component.ts';
import { useCellEdit } from '../../app/cell-edit.ts';
import { useClasses } from '../../app/classes.ts';
import { useClient, useQueryOf } from '../../app/engine.ts';
import { useColumns } from '../../app/stores/columns.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { useSession } from '../../app/stores/session.ts';
import { useView } from '../../app/stores/view.ts';
import { tellFailure } from '../../app/tell.ts';
import { useRows } from '../../kit/grid/use-rows.ts';
import type { SelectMode } from '../../kit/grid/types.ts';
import { VirtualGrid } from '../../kit/grid/VirtualGrid.tsx';
import { ErrorNote } from '../../kit/notes.tsx';
import { useWords } from '../../words/index.ts';
import { tableColumns } from './columns.tsx';
import { EmptyTable } from './EmptyTable.tsx';
import { nextSort } from './sort.ts';
import { mapCommands } from '../../map/MapPane.tsx';

const ROW_HEIGHT = { compact: 24, regular: 28, relaxed: 34 } as const;
const NOBODY: ReadonlySet<number> = new Set();

/** All components that pass the filter, as many as there are. */
export function ComponentTable() {
  const { t } = useWords();
  const { viewId, shown, error, sort, setSort } = useView();
  const rows = useRows('component', viewId, shown);
  const density = useSession((s) => s.density);
  const { widths, setWidth } = useColumns();
  const columns = useTableColumns();
  const selected = useSelection((s) => (s.layer === 'component' ? s.set : NOBODY));
  const showRow = useRowOfSelection(viewId);
  const choose = useChoose(viewId, rows.rowAt);
  const failed = error ?? rows.error;
  return (
    <>
      {failed !== null && (
        <div className="bar-note">
          <ErrorNote error={failed} />
        </div>
      )}
      <VirtualGrid<TableRow>
        label={t('components.table')}
        words={{ all: t('components.all'), resize: t('components.columnWidth') }}
        rows={shown}
        rowAt={rows.rowAt}
        idOf={(row) => row.id}
        columns={columns}
        widths={widths}
        onResize={setWidth}
        rowHeight={ROW_HEIGHT[density]}
        selected={selected}
        showRow={showRow}
        onSelect={choose.one}
        onSelectAll={choose.all}
        onOpen={(row) => mapCommands.zoomTo({ layer: 'component', ids: [row.id] })}
        sort={sort}
        onSort={(column) => setSort(nextSort(sort, column))}
        onSeen={rows.onSeen}
        empty={<EmptyTable />}
      />
    </>
  );
}

function useTableColumns() {
  const { t, language } = useWords();
  const commit = useCellEdit('component');
  const { nameOf } = useClasses();
  const shown = useColumns((s) => s.shown);
  const selected = useSelection((s) => s.set);
  const readOnly = useSession((s) => s.project?.readOnly != null);
  return useMemo(
    () =>
      tableColumns(shown, { t, language, classNameOf: nameOf, commit, isSelected: (id) => selected.has(id), readOnly }),
    [shown, t, language, nameOf, commit, selected, readOnly],
  );
}

/** The row to show when something else chose it; null when the filter leaves it out. */
function useRowOfSelection(viewId: string | null): number | null {
  const layer = useSelection((s) => s.layer);
  const primary = useSelection((s) => s.primary);
  const asked = viewId === null || primary === null || layer !== 'component' ? null : { viewId, id: primary };
  const { data } = useQueryOf('component.position', asked);
  return asked === null ? null : (data?.index ?? null);
}

/** Rows by index become a selection by id; ranges reach beyond what is on the screen. */
function useChoose(viewId: string | null, rowAt: (index: number) => TableRow | undefined) {
  const client = useClient();
  const select = useSelection((s) => s.select);
  const toggle = useSelection((s) => s.toggle);
  const clear = useSelection((s) => s.clear);
  const shown = useView((s) => s.shown);
  const one = useCallback(
    (index: number, mode: SelectMode, from: number) => {
      const row = rowAt(index);
      if (mode === 'toggle' && row !== undefined) return toggle('component', row.id);
      if (mode === 'only' && row !== undefined) return select('component', [row.id]);
      if (viewId === null || mode !== 'range') return undefined;
      const [first, last] = [Math.min(index, from), Math.max(index, from)];
      return void client
        .call('component.ids', { viewId, offset: first, limit: last - first + 1 })
        .then(({ ids }) => select('component', ids, row === undefined ? {} : { primary: row.id }), tellFailure);
    },
    [client, rowAt, select, toggle, viewId],
  );
  const all = useCallback(() => {
    if (viewId === null || shown === 0) return;
    if (useSelection.getState().ids.length >= shown) return clear();
    client
      .call('component.ids', { viewId, offset: 0, limit: Math.min(shown, 1_000_000) })
      .then(({ ids }) => select('component', ids), tellFailure);
  }, [client, clear, select, shown, viewId]);
  return { one, all };
}
