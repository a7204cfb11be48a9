import { useGridEdit } from '../../app/stores/grid-edit.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { Inspector } from '../../inspector/Inspector.tsx';
import { EditCard } from './EditCard.tsx';

/** The edit being made or just made; when something else is selected, that. */
export function GridSide() {
  const held = useGridEdit((s) => s.preview !== null);
  const done = useGridEdit((s) => s.done);
  const layer = useSelection((s) => s.layer);
  const ids = useSelection((s) => s.ids);
  const selectsEdited =
    done !== null && layer === 'unit_grid' && ids.length === done.reshaped.length && ids.length > 1
      ? done.reshaped.every((grid) => ids.includes(grid.id))
      : false;
  return held || selectsEdited ? <EditCard /> : <Inspector />;
}
