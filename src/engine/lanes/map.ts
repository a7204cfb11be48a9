import { MapIndex } from '../../project/map-index.ts';
import type { ProjectFile } from '../../project/project-file.ts';
import type { LaneContext, LaneRoom } from './context.ts';
import { table, type MapHandlers } from './handlers.ts';
import type { LaneKind } from './lane.ts';

const makeIndex = (project: ProjectFile): MapIndex => new MapIndex({ db: project.db, today: project.today });

/** Views the read lane shared since the last question; the index learns of them when it is asked. */
const NEW_VIEWS = Symbol('views shared');
function newViews(kept: LaneRoom['kept']): Map<string, Int32Array> {
  const known = kept.get(NEW_VIEWS);
  if (known instanceof Map) return known as Map<string, Int32Array>;
  const made = new Map<string, Int32Array>();
  kept.set(NEW_VIEWS, made);
  return made;
}

function indexOf(ctx: LaneContext): MapIndex {
  const index = ctx.held(makeIndex);
  const fresh = newViews(ctx.kept);
  for (const [viewId, ids] of fresh) index.defineView(viewId, ids);
  fresh.clear();
  return index;
}

const handlers: MapHandlers = {
  'map.tile': (ctx, asked) => indexOf(ctx).tile(asked),
  'map.frame': (ctx) => indexOf(ctx).frame(),
  'map.hit': (ctx, asked) => indexOf(ctx).hit(asked),
  'map.inBox': (ctx, asked) => indexOf(ctx).inBox(asked),
  'map.counts': (ctx, asked) => indexOf(ctx).counts(asked),
  'map.features': (ctx, { layer, ids }) => indexOf(ctx).features(layer, ids),
};

export const mapLane: LaneKind = {
  handlers: table(handlers),
  onEvent(room, message) {
    if (message.type === 'view') newViews(room.kept).set(message.viewId, message.ids);
  },
};
