import type { ViewInfo } from '../../api/component.ts';
import type { Filter, Sort } from '../../model/filter.ts';
import { componentDetail, mixedCells } from '../../project/queries/detail.ts';
import { componentFacets } from '../../project/queries/facets.ts';
import { gridByCode, gridDetail, gridNetwork } from '../../project/queries/grids.ts';
import { placeOf } from '../../project/queries/place.ts';
import { revisionNow, type FilterLayer } from '../../project/queries/reader.ts';
import { rowsById } from '../../project/queries/rows.ts';
import type { LaneContext } from '../lanes/context.ts';
import type { ReadHandlers } from '../lanes/handlers.ts';
import { lonLatOf, readerOf, viewsOf } from './reading.ts';

function openView(ctx: LaneContext, layer: FilterLayer, filter: Filter | null, sort: Sort[]): ViewInfo {
  const views = viewsOf(ctx);
  const view = views.open(readerOf(ctx), layer, filter, sort);
  ctx.shareView(view.viewId, views.ids(view.viewId));
  return view;
}

function pageOf(ctx: LaneContext, layer: FilterLayer, input: { viewId: string; offset: number; limit: number }) {
  const { db } = ctx.project;
  const ids = viewsOf(ctx).page(input.viewId, input.offset, input.limit);
  return { rows: rowsById(db, layer, ids), revision: revisionNow(db) };
}

type ComponentReads = Pick<
  ReadHandlers,
  | 'component.view'
  | 'component.rows'
  | 'component.position'
  | 'component.ids'
  | 'component.facets'
  | 'component.get'
  | 'component.mixed'
  | 'component.place'
>;

export const componentReads: ComponentReads = {
  'component.view': (ctx, { filter, sort }) => openView(ctx, 'component', filter, sort),
  'component.rows': (ctx, input) => pageOf(ctx, 'component', input),
  'component.position': (ctx, { viewId, id }) => ({ index: viewsOf(ctx).position(viewId, id) }),
  'component.ids': (ctx, { viewId, offset, limit }) => ({ ids: viewsOf(ctx).page(viewId, offset, limit) }),
  'component.facets': (ctx, { filter, columns }) => ({
    facets: componentFacets(readerOf(ctx), viewsOf(ctx).columns.component, filter, columns),
  }),
  'component.get': (ctx, { id }) => {
    const detail = componentDetail(readerOf(ctx), id);
    return { ...detail, lonLat: detail.at === null ? null : lonLatOf(ctx, detail.at) };
  },
  'component.mixed': (ctx, { ids }) => mixedCells(readerOf(ctx), ids),
  'component.place': (ctx, { at, classCode }) => placeOf(readerOf(ctx), at, classCode ?? null),
};

type GridReads = Pick<
  ReadHandlers,
  'grid.view' | 'grid.rows' | 'grid.position' | 'grid.ids' | 'grid.get' | 'grid.byCode' | 'grid.network'
>;

export const gridReads: GridReads = {
  'grid.view': (ctx, { filter, sort }) => openView(ctx, 'unit_grid', filter, sort),
  'grid.rows': (ctx, input) => pageOf(ctx, 'unit_grid', input),
  'grid.position': (ctx, { viewId, id }) => ({ index: viewsOf(ctx).position(viewId, id) }),
  'grid.ids': (ctx, { viewId, offset, limit }) => ({ ids: viewsOf(ctx).page(viewId, offset, limit) }),
  'grid.get': (ctx, { id }) => gridDetail(readerOf(ctx), id),
  'grid.byCode': (ctx, { code }) => gridByCode(readerOf(ctx), code),
  'grid.network': (ctx, { bbox }) => gridNetwork(readerOf(ctx), bbox),
};
