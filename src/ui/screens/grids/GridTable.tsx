import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useMemo, useState } from 'react';
import type { TableRow, ViewInfo } from '../../../api/component.ts';
import { useCellEdit } from '../../app/cell-edit.ts';
import { useClient, useQueryOf } from '../../app/engine.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { useSession } from '../../app/stores/session.ts';
import { tellFailure } from '../../app/tell.ts';
import { Button } from '../../kit/Button.tsx';
import type { SelectMode } from '../../kit/grid/types.ts';
import { useRows } from '../../kit/grid/use-rows.ts';
import { VirtualGrid } from '../../kit/grid/VirtualGrid.tsx';
import { EmptyState, ErrorNote } from '../../kit/notes.tsx';
import { mapCommands } from '../../map/MapPane.tsx';
import { useWords } from '../../words/index.ts';
import { nextSort } from '../components/sort.ts';
import { gridColumns } from './columns.tsx';
import { gridFilter, NO_CONDITIONS, useGridDesk } from './desk.ts';
import { GridToolbar } from './GridToolbar.tsx';

export const ROW_HEIGHT = { compact: 24, regular: 28, relaxed: 34 } as const;
const NOBODY: ReadonlySet<number> = new Set();
const TYPING_PAUSE_MS = 180;

/** All grids that meet the conditions. */
export function GridTable() {
  const { t } = useWords();
  const { sort, set } = useGridDesk();
  const view = useGridView();
  const viewId = view.data?.viewId ?? null;
  const shown = view.data?.shown ?? 0;
  const rows = useRows('grid', viewId, shown);
  const density = useSession((s) => s.density);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const columns = useColumns();
  const selected = useSelection((s) => (s.layer === 'unit_grid' ? s.set : NOBODY));
  const showRow = useRowOfSelection(viewId);
  const choose = useChoose(view.data, rows.rowAt);
  const failed = view.error ?? rows.error;
  return (
    <>
      <GridToolbar view={view.data} />
      {failed !== null && (
        <div className="bar-note">
          <ErrorNote error={failed} onRetry={() => void view.refetch()} />
        </div>
      )}
      <VirtualGrid<TableRow>
        label={t('grids.table')}
        words={{ all: t('components.all'), resize: t('components.columnWidth') }}
        rows={shown}
        rowAt={rows.rowAt}
        idOf={(row) => row.id}
        columns={columns}
        widths={widths}
        onResize={(column, width) => setWidths((now) => ({ ...now, [column]: width }))}
        rowHeight={ROW_HEIGHT[density]}
        selected={selected}
        showRow={showRow}
        onSelect={choose.one}
        onSelectAll={choose.all}
        onOpen={(row) => mapCommands.zoomTo({ layer: 'unit_grid', ids: [row.id] })}
        sort={sort}
        onSort={(column) => set({ sort: nextSort(sort, column) })}
        onSeen={rows.onSeen}
        empty={view.data === undefined ? null : <Empty total={view.data.total} />}
      />
    </>
  );
}

function useGridView() {
  const { status, street, community, text: typed, sort } = useGridDesk();
  const [text] = useDebouncedValue(typed, TYPING_PAUSE_MS);
  const filter = gridFilter({ status, street, community, text });
  return useQueryOf('grid.view', { filter, sort: [...sort] }, { keep: true });
}

function Empty({ total }: { total: number }) {
  const { t } = useWords();
  const set = useGridDesk((s) => s.set);
  const go = useSession((s) => s.go);
  if (total > 0) {
    return (
      <EmptyState title={t('grids.empty.title')} about={t('grids.empty.about', { total })}>
        <Button onClick={() => set(NO_CONDITIONS)}>{t('grids.empty.clear')}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t('grids.none.title')} about={t('grids.none.about')}>
      <Button look="main" onClick={() => go('import')}>
        {t('grids.none.go')}
      </Button>
    </EmptyState>
  );
}

function useColumns() {
  const { t, language } = useWords();
  const commit = useCellEdit('grid');
  const selected = useSelection((s) => (s.layer === 'unit_grid' ? s.set : NOBODY));
  const readOnly = useSession((s) => s.project?.readOnly != null);
  return useMemo(
    () => gridColumns({ t, language, commit, isSelected: (id) => selected.has(id), readOnly }),
    [t, language, commit, selected, readOnly],
  );
}

/** The row to show when something else chose it; null when the conditions leave it out. */
function useRowOfSelection(viewId: string | null): number | null {
  const layer = useSelection((s) => s.layer);
  const primary = useSelection((s) => s.primary);
  const asked = viewId === null || primary === null || layer !== 'unit_grid' ? null : { viewId, id: primary };
  const { data } = useQueryOf('grid.position', asked);
  return asked === null ? null : (data?.index ?? null);
}

/** Rows by index become a selection by id; ranges reach beyond what is on the screen. */
function useChoose(view: ViewInfo | undefined, rowAt: (index: number) => TableRow | undefined) {
  const client = useClient();
  const viewId = view?.viewId ?? null;
  const shown = view?.shown ?? 0;
  const range = useCallback(
    (offset: number, limit: number, primary?: number) => {
      if (viewId === null || limit === 0) return;
      const { select } = useSelection.getState();
      client
        .call('grid.ids', { viewId, offset, limit })
        .then(({ ids }) => select('unit_grid', ids, primary === undefined ? {} : { primary }), tellFailure);
    },
    [client, viewId],
  );
  const one = useCallback(
    (index: number, mode: SelectMode, from: number) => {
      const row = rowAt(index);
      const { select, toggle } = useSelection.getState();
      if (mode === 'range') range(Math.min(index, from), Math.abs(index - from) + 1, row?.id);
      else if (row !== undefined && mode === 'toggle') toggle('unit_grid', row.id);
      else if (row !== undefined) select('unit_grid', [row.id]);
    },
    [range, rowAt],
  );
  const all = useCallback(() => {
    const { layer, ids, clear } = useSelection.getState();
    if (layer === 'unit_grid' && ids.length >= shown) clear();
    else range(0, shown);
  }, [range, shown]);
  return { one, all };
}
