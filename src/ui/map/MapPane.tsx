import { useEffect, useRef } from 'react';
import { action, useActions } from '../app/actions.ts';
import { useClient, useQueryOf } from '../app/engine.ts';
import { useSelection } from '../app/stores/selection.ts';
import { useSession } from '../app/stores/session.ts';
import { useTool } from '../app/stores/tool.ts';
import { useView } from '../app/stores/view.ts';
import { useWords } from '../words/index.ts';
import { mapCommands, setCurrentMap } from './commands.ts';
import { Legend } from './Legend.tsx';
import type { Highlighted } from './layers/highlight.ts';
import { MapTools } from './MapTools.tsx';
import type { MapView } from './MapView.ts';
import { ScaleBar } from './ScaleBar.tsx';
import { useShade } from './shade.ts';
import { useSketch } from './sketch.ts';
import { toolMaker } from './tools/maker.ts';
import { nodeActions } from './node-actions.ts';
import { NodePanel } from './NodePanel.tsx';
import { Note, ToolHint } from './ToolHint.tsx';
import { useEpochs } from './use-epochs.ts';
import { useExtent, useMapInstance } from './use-map-view.ts';

export { mapCommands } from './commands.ts';

/** The frame of the map: it fills the slot it is carried to, and lives as long as the project is open. */
export function MapPane() {
  const { t } = useWords();
  const target = useRef<HTMLDivElement>(null);
  const view = useMapInstance(target);
  useExtent(view, target);
  useContents(view);
  useShownSelection(view);
  useToolInHand(view);
  useMapKeys(view);
  return (
    <section className="map" aria-label={t('map.title')}>
      <div ref={target} className="map-canvas" tabIndex={0} role="application" aria-label={t('map.title')} />
      <MapTools />
      <Legend />
      <ScaleBar />
      <NodePanel network={() => view?.tool?.network ?? null} />
      <ToolHint />
      <Note />
    </section>
  );
}

/** What is drawn, from the stores and the engine's answers. */
function useContents(view: MapView | null): void {
  const client = useClient();
  const theme = useSession((s) => s.theme);
  const screen = useSession((s) => s.screen);
  const viewId = useView((s) => s.viewId);
  const filtered = useView((s) => s.shown !== s.total);
  const shade = useShade((s) => s.shade);
  const outline = useQueryOf('map.outline', {}).data;
  const classes = useQueryOf('class.list', {}).data;
  useEpochs(view);
  useEffect(() => {
    setCurrentMap(view, client);
    return () => setCurrentMap(null, client);
  }, [view, client]);
  useEffect(() => view?.setTheme(theme), [view, theme]);
  useEffect(() => view?.setView(filtered ? viewId : null), [view, viewId, filtered]);
  useEffect(() => view?.setShade(screen === 'overview' ? shade : null), [view, shade, screen]);
  useEffect(() => view?.setDensity(screen !== 'overview' && screen !== 'grids'), [view, screen]);
  useSketched(view);
  useEffect(() => {
    if (outline !== undefined) view?.setOutline(outline);
  }, [view, outline]);
  useEffect(() => {
    if (classes !== undefined) view?.setClasses(classes.map((one) => one.name));
  }, [view, classes]);
}

function useSketched(view: MapView | null): void {
  const groups = useSketch((s) => s.groups);
  const ties = useSketch((s) => s.ties);
  const pointed = useSketch((s) => s.pointed);
  const move = useSketch((s) => s.move);
  const covered = useSketch((s) => s.covered);
  useEffect(
    () => view?.showSketch({ groups, ties, pointed, move, covered }),
    [view, groups, ties, pointed, move, covered],
  );
}

const MOST_SHOWN = 2000;

function useShownSelection(view: MapView | null): void {
  const layer = useSelection((s) => s.layer);
  const ids = useSelection((s) => s.ids);
  const primary = useSelection((s) => s.primary);
  const zoomAsked = useSelection((s) => s.zoomAsked);
  const features = useQueryOf('map.features', ids.length === 0 ? null : { layer, ids: ids.slice(0, MOST_SHOWN) }, {
    keep: false,
  });
  const around = useGridAround(layer === 'component' && ids.length === 1 ? primary : null);
  useEffect(() => {
    if (ids.length === 0) view?.showSelection(layer, [], null);
    else if (features.data !== undefined) view?.showSelection(layer, features.data, primary, around);
  }, [view, layer, ids, primary, features.data, around]);
  const seen = useRef(zoomAsked);
  useEffect(() => {
    if (view === null || zoomAsked === seen.current) return;
    seen.current = zoomAsked;
    const now = useSelection.getState();
    mapCommands.zoomTo({ layer: now.layer, ids: now.ids });
  }, [view, zoomAsked]);
}

/** The grid a component stands in; null for none. */
function useGridAround(component: number | null): Highlighted | null {
  const detail = useQueryOf('component.get', component === null ? null : { id: component }).data;
  const code = detail?.names['grid_code'] ?? null;
  const grid = useQueryOf('grid.byCode', code === null ? null : { code }).data?.id ?? null;
  const found = useQueryOf('map.features', grid === null ? null : { layer: 'unit_grid', ids: [grid] }).data;
  return grid === null ? null : (found?.[0] ?? null);
}

/** On the grid screen the hand edits the network without a mode to switch on; elsewhere the tool in the store is used. */
function useToolInHand(view: MapView | null): void {
  const tool = useTool((s) => s.tool);
  const screen = useSession((s) => s.screen);
  const readOnly = useSession((s) => s.project?.readOnly !== null);
  useEffect(() => {
    view?.setTool(toolMaker(tool, screen === 'grids' && !readOnly));
    return () => view?.setTool(null);
  }, [view, tool, screen, readOnly]);
}

function useMapKeys(view: MapView | null): void {
  useEffect(() => {
    if (view === null) return undefined;
    const measuring = () => useTool.getState().tool.id === 'measure';
    return useActions.getState().add([
      ...nodeActions(() => view.tool?.network ?? null),
      action({ id: 'map.in', key: '+ =', words: 'map.zoomIn', group: 'map', perform: () => view.zoomBy(1) }),
      action({ id: 'map.out', key: '-', words: 'map.zoomOut', group: 'map', perform: () => view.zoomBy(-1) }),
      action({ id: 'map.fit', key: '0', words: 'map.fit', group: 'map', perform: () => view.fit() }),
      action({
        id: 'map.end',
        key: 'Enter',
        words: 'map.measureLength',
        group: 'map',
        available: measuring,
        perform: () => view.tool?.key?.('Enter'),
      }),
      action({
        id: 'map.back',
        key: 'Backspace',
        words: 'map.measureArea',
        group: 'map',
        available: measuring,
        perform: () => view.tool?.key?.('Backspace'),
      }),
    ]);
  }, [view]);
}
