import Feature from 'ol/Feature.js';
import { fromExtent } from 'ol/geom/Polygon.js';
import type { LayerName } from '../../../model/component.ts';
import type { Position } from '../../../model/geometry/types.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { useSession } from '../../app/stores/session.ts';
import { NEAR } from '../scale.ts';
import type { MapTool, PointerAt, ToolRoom } from './tool.ts';

const REACH_PIXELS = 9;
const MOST = 100_000;

/** Click selects what is under the pointer, Shift adds to it, a drag with Shift selects all in a box. */
export function selectTool(room: ToolRoom): MapTool {
  let from: Position | null = null;
  const box = (to: Position): [number, number, number, number] | null =>
    from === null
      ? null
      : [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1])];
  return {
    enter: () => room.setCursor(''),
    exit: () => {
      from = null;
      room.sheet.clear();
    },
    move: ({ at }) => {
      const found = room.points.nearest(at, room.resolution(), REACH_PIXELS * room.resolution());
      room.setCursor(found === null || room.resolution() > NEAR.dots ? '' : 'pointer');
    },
    down: ({ at, shift }) => {
      if (!shift) return false;
      from = at;
      return true;
    },
    drag: ({ at }) => {
      const extent = box(at);
      room.sheet.clear();
      if (extent !== null) room.sheet.addFeature(new Feature({ geometry: fromExtent(extent), role: 'box' }));
    },
    up: (pointer) => {
      const extent = box(pointer.at);
      from = null;
      room.sheet.clear();
      const least = 4 * room.resolution();
      if (extent === null) return;
      if (extent[2] - extent[0] < least && extent[3] - extent[1] < least) void pick(room, pointer);
      else void pickBox(room, extent);
    },
    click: (pointer) => {
      if (!pointer.shift) void pick(room, pointer);
    },
  };
}

/** Which layers a click may mean, by screen and scale. */
function layersNow(resolution: number): LayerName[] {
  const { screen } = useSession.getState();
  if (screen === 'overview' && resolution > NEAR.dots / 2) return ['street'];
  if (screen === 'grids') return ['unit_grid'];
  return resolution > NEAR.dots ? ['street'] : ['component', 'unit_grid'];
}

async function pick(room: ToolRoom, { at, shift }: PointerAt): Promise<void> {
  const resolution = room.resolution();
  const hits = await room.client.call('map.hit', {
    at,
    tolerance: REACH_PIXELS * resolution,
    layers: layersNow(resolution),
    viewId: room.viewId(),
  });
  const { select, toggle, clear } = useSelection.getState();
  const hit = hits.find((one) => one.layer === 'component') ?? hits[0];
  if (hit === undefined) {
    if (!shift) clear();
  } else if (shift) toggle(hit.layer, hit.id);
  else select(hit.layer, [hit.id]);
}

async function pickBox(room: ToolRoom, bbox: [number, number, number, number]): Promise<void> {
  const layer = useSession.getState().screen === 'grids' ? 'unit_grid' : 'component';
  const { ids } = await room.client.call('map.inBox', { bbox, layer, viewId: room.viewId(), limit: MOST });
  useSelection.getState().select(layer, ids);
}
