import { useLayoutEffect, useRef } from 'react';
import { useGridEdit } from '../app/stores/grid-edit.ts';
import { useMapView } from '../app/stores/map-view.ts';
import { useSelection } from '../app/stores/selection.ts';
import { useSession } from '../app/stores/session.ts';
import { useTool, type Tool } from '../app/stores/tool.ts';
import { Button } from '../kit/Button.tsx';
import { useWords, type WordKey } from '../words/index.ts';
import { mapCommands } from './commands.ts';
import { useMapState } from './map-state.ts';
import { NEAR } from './scale.ts';

function hintOf(tool: Tool, onGrids: boolean, near: boolean): WordKey | null {
  if (tool.id === 'measure') return 'map.measureHint';
  if (tool.id === 'add-component') return 'map.addHint';
  if (tool.id === 'move-component') return 'map.moveHint';
  if (!onGrids && tool.id !== 'edit-nodes') return null;
  return near ? 'map.gridHint' : 'map.gridNearer';
}

/** What the tool in hand expects, at the foot of the map. */
export function ToolHint() {
  const { t } = useWords();
  const tool = useTool((s) => s.tool);
  const onGrids = useSession((s) => s.screen === 'grids');
  const near = useMapState((s) => s.resolution <= NEAR.symbols);
  const hint = hintOf(tool, onGrids, near);
  const held = useGridEdit((s) => s.held !== null);
  if (hint === null || held) return null;
  return (
    <div className="float tool-hint" role="status">
      {t(hint)}
      {hint === 'map.gridNearer' && (
        <Button small look="soft" onClick={zoomToGrids}>
          {t('map.gridZoom')}
        </Button>
      )}
    </div>
  );
}

/** Metres across: a handful of grids, near enough to take hold of their nodes. */
const EDITING_SPAN = 500;

/** The selected grids where there are any, else the middle of what is seen. */
function zoomToGrids(): void {
  const { layer, ids } = useSelection.getState();
  if (layer === 'unit_grid' && ids.length > 0) return mapCommands.zoomTo({ layer, ids });
  const { bbox } = useMapView.getState();
  if (bbox === null) return undefined;
  const [x, y] = [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2];
  const half = EDITING_SPAN / 2;
  return mapCommands.zoomTo([x - half, y - half, x + half, y + half]);
}

/** Between pointer and note. */
const OFFSET = 14;

/** What the tool says where it acts: numbers while dragging, or why it cannot be. Near an edge of the map it turns to the other side. */
export function Note() {
  const note = useMapState((s) => s.note);
  // By keys the panel says it, with the coordinates.
  const byKeys = useGridEdit((s) => s.held !== null);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    const map = element?.offsetParent;
    if (note === null || element === null || map === null || map === undefined) return;
    const [left, top] = note.pixel;
    const turn = (at: number, size: number, most: number) =>
      at + OFFSET + size > most ? at - OFFSET - size : at + OFFSET;
    const x = turn(left, element.offsetWidth, map.clientWidth);
    const y = turn(top, element.offsetHeight, map.clientHeight);
    element.style.transform = `translate(${Math.max(0, x)}px, ${Math.max(0, y)}px)`;
  }, [note]);
  if (note === null) return null;
  return (
    <div ref={box} className={`map-note is-${note.tone}`} role={byKeys ? undefined : 'status'}>
      {note.text}
    </div>
  );
}
