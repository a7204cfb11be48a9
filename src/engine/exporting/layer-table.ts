import type { WriteRow, WriteTable } from '../../formats/format.ts';
import type { LayerName } from '../../model/component.ts';
import { crsInfo, transformer } from '../../model/geometry/crs.ts';
import type { Position, Shape } from '../../model/geometry/types.ts';
import { exportRows, type ExportRow } from '../../project/export-rows.ts';
import { projectCrs } from '../handlers/reading.ts';
import type { LaneContext } from '../lanes/context.ts';
import type { ExportField } from './fields.ts';

export type Geometry = 'point' | 'line' | 'polygon';
const PAGE = 1000;

export interface LayerExport {
  layer: LayerName;
  ids: readonly number[];
  fields: readonly ExportField[];
  /** 'EPSG:n'; null = the project's own. */
  crs: string | null;
}

/**
 * A layer as a table to be written, read page by page as the writer asks. `only` keeps the features of one geometry: points that have no
 * line or area, lines, areas; without it every component is the shape it has if `whole`, else its point.
 */
export function layerTable(
  ctx: LaneContext,
  wanted: LayerExport,
  geometry: Geometry,
  how: { only: boolean; whole: boolean },
): WriteTable {
  const own = projectCrs(ctx.project.info()).code;
  const crs = crsInfo(wanted.crs ?? own);
  const place = wanted.crs === null || wanted.crs === own ? null : transformer(own, wanted.crs);
  return {
    name: wanted.layer,
    geometry,
    fields: wanted.fields.map(({ value: _, ...field }) => field),
    crs: { code: crs.epsg === null ? null : crs.code, wkt: crs.wktEsri, geographic: crs.geographic },
    rows: rows(ctx, wanted, geometry, how, place),
  };
}

function* rows(
  ctx: LaneContext,
  { layer, ids, fields }: LayerExport,
  geometry: Geometry,
  how: { only: boolean; whole: boolean },
  place: ((x: number, y: number) => Position) | null,
): Generator<WriteRow> {
  for (let from = 0; from < ids.length; from += PAGE) {
    ctx.checkCancel();
    ctx.progress('writing', from, ids.length);
    for (const row of exportRows(ctx.project.db, layer, ids.slice(from, from + PAGE))) {
      const own = how.only || how.whole ? (row.shape ?? row.geometry) : row.geometry;
      if (how.only && geometryOf(row) !== geometry) continue;
      yield {
        values: Object.fromEntries(fields.map((field) => [field.name, field.value(row)])),
        shape: own === null || place === null ? own : placed(own, place),
      };
    }
  }
  ctx.progress('writing', ids.length, ids.length);
}

/** Which of the three files a feature belongs to; one without any place goes with the points. */
function geometryOf(row: ExportRow): Geometry {
  const type = (row.shape ?? row.geometry)?.type;
  if (type === 'MultiLineString') return 'line';
  return type === 'MultiPolygon' ? 'polygon' : 'point';
}

function placed(shape: Shape, place: (x: number, y: number) => Position): Shape {
  const at = ([x, y]: Position): Position => place(x, y);
  switch (shape.type) {
    case 'Point':
      return { type: 'Point', coordinates: at(shape.coordinates) };
    case 'MultiPoint':
      return { type: 'MultiPoint', coordinates: shape.coordinates.map(at) };
    case 'MultiLineString':
      return { type: 'MultiLineString', coordinates: shape.coordinates.map((line) => line.map(at)) };
    case 'MultiPolygon':
      return { type: 'MultiPolygon', coordinates: shape.coordinates.map((rings) => rings.map((ring) => ring.map(at))) };
  }
}
