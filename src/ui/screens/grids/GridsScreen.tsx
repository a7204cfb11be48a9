import { useEffect, useRef } from 'react';
import { MapSlot } from '../../app/MapSlot.tsx';
import { useGridEdit } from '../../app/stores/grid-edit.ts';
import { MapAbove } from '../../kit/MapAbove.tsx';
import { useGridDesk, type GridList } from './desk.ts';
import { FaultList } from './FaultList.tsx';
import { GridTable } from './GridTable.tsx';
import { MovedList } from './MovedList.tsx';
import { useGridActions } from './use-grid-actions.ts';

/** The tiling on the map, where it is edited by hand; below the grids, what an edit moves along, or what is wrong with the tiling. */
export function GridsScreen() {
  const below = useRef<HTMLDivElement>(null);
  const list = useShownList();
  useGridActions(below);
  return (
    <MapAbove map={<MapSlot />}>
      <div className="col grow" ref={below}>
        {list === 'table' && <GridTable />}
        {list === 'moved' && <MovedList />}
        {list === 'faults' && <FaultList />}
      </div>
    </MapAbove>
  );
}

/** While a node is held its consequences are shown; after an edit that moved components they stay until put aside. */
function useShownList(): GridList {
  const list = useGridDesk((s) => s.list);
  const held = useGridEdit((s) => s.preview !== null);
  const done = useGridEdit((s) => s.done);
  useEffect(() => {
    if (done !== null) useGridDesk.getState().set({ list: done.rehomed.length > 0 ? 'moved' : 'table' });
  }, [done]);
  if (held) return 'moved';
  return list === 'moved' && done === null ? 'table' : list;
}
