import { useSession } from '../app/stores/session.ts';
import { useTool, type Tool } from '../app/stores/tool.ts';
import { useWords, type WordKey } from '../words/index.ts';
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
  if (hint === null) return null;
  return (
    <div className="float tool-hint" role="status">
      {t(hint)}
    </div>
  );
}

/** What the tool says where it acts: numbers while dragging, or why it cannot be. */
export function Note() {
  const note = useMapState((s) => s.note);
  if (note === null) return null;
  const [left, top] = note.pixel;
  return (
    <div className={`map-note is-${note.tone}`} role="status" style={{ insetInlineStart: left, insetBlockStart: top }}>
      {note.text}
    </div>
  );
}
