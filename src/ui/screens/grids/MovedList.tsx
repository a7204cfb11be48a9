import { IconX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useClasses } from '../../app/classes.ts';
import { useGridEdit } from '../../app/stores/grid-edit.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { useSession } from '../../app/stores/session.ts';
import { IconButton } from '../../kit/IconButton.tsx';
import { EmptyState } from '../../kit/notes.tsx';
import type { SelectMode } from '../../kit/grid/types.ts';
import { VirtualGrid } from '../../kit/grid/VirtualGrid.tsx';
import { mapCommands } from '../../map/MapPane.tsx';
import { useWords } from '../../words/index.ts';
import { ROW_HEIGHT } from './GridTable.tsx';
import { ListSwitch } from './ListSwitch.tsx';
import { movedColumns } from './moved-columns.tsx';
import type { MovedRow } from './moved.ts';
import { useEditRevision } from './use-edit-revision.ts';
import { useMovedRows } from './use-moved-rows.ts';

const NOBODY: ReadonlySet<number> = new Set();
const seeNothing = () => undefined;

/** Components that come to stand in another grid: as the node is dragged, and after. */
export function MovedList() {
  const { t } = useWords();
  const { rows, held } = useMovedRows();
  const refusal = useGridEdit((s) => s.preview?.refusal ?? null);
  const density = useSession((s) => s.density);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const columns = useMovedColumns();
  const selected = useSelection((s) => (s.layer === 'component' ? s.set : NOBODY));
  return (
    <>
      <MovedHead moved={rows.length} held={held} refused={refusal !== null} />
      <VirtualGrid<MovedRow>
        label={t('grids.moved.title')}
        words={{ all: t('components.all'), resize: t('components.columnWidth') }}
        rows={rows.length}
        rowAt={(index) => rows[index]}
        idOf={(one) => one.id}
        columns={columns}
        widths={widths}
        onResize={(column, width) => setWidths((now) => ({ ...now, [column]: width }))}
        rowHeight={ROW_HEIGHT[density]}
        selected={selected}
        showRow={null}
        onSelect={(index, mode, from) => choose(rows, index, mode, from)}
        onSelectAll={() => useSelection.getState().select('component', idsOf(rows))}
        onOpen={(one) => mapCommands.zoomTo({ layer: 'component', ids: [one.id] })}
        sort={[]}
        onSort={seeNothing}
        onSeen={seeNothing}
        empty={
          refusal === null ? (
            <EmptyState title={t('grids.moved.none.title')} about={t('grids.moved.none.about')} />
          ) : (
            <EmptyState title={t('grids.edit.refused')} about={refusal} />
          )
        }
      />
    </>
  );
}

function MovedHead({ moved, held, refused }: { moved: number; held: boolean; refused: boolean }) {
  const { t } = useWords();
  const putAside = useGridEdit((s) => s.putAside);
  const undone = useEditRevision()?.undoneBy != null;
  const done = undone ? 'grids.moved.undone' : 'grids.moved.done';
  const about = refused ? 'grids.moved.refused' : held ? 'grids.moved.preview' : done;
  return (
    <div className="toolbar">
      {held ? <h2 className="h2">{t('grids.moved.title')}</h2> : <ListSwitch on="moved" />}
      {held && <span className="sm t2">{t('grids.moved.count', { count: moved })}</span>}
      <span className="end sm t3 cut">{t(about)}</span>
      {!held && (
        <IconButton label={t('grids.moved.close')} keys="Esc" onClick={putAside}>
          <IconX size={16} stroke={1.5} />
        </IconButton>
      )}
    </div>
  );
}

function useMovedColumns() {
  const { t, language } = useWords();
  const { nameOf } = useClasses();
  const selected = useSelection((s) => (s.layer === 'component' ? s.set : NOBODY));
  return useMemo(
    () => movedColumns({ t, language, classNameOf: nameOf, isSelected: (id) => selected.has(id) }),
    [t, language, nameOf, selected],
  );
}

const idsOf = (rows: readonly MovedRow[]): number[] => rows.map((one) => one.id);

function choose(rows: readonly MovedRow[], index: number, mode: SelectMode, from: number): void {
  const one = rows[index];
  if (one === undefined) return;
  const { select, toggle } = useSelection.getState();
  if (mode === 'toggle') toggle('component', one.id);
  else if (mode === 'only') select('component', [one.id]);
  else select('component', idsOf(rows.slice(Math.min(index, from), Math.max(index, from) + 1)), { primary: one.id });
}
