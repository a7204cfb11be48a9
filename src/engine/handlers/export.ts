import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Input } from '../../api/contract.ts';
import { GewuError } from '../../api/error.ts';
import type { WriteResult, WriteTable } from '../../formats/format.ts';
import { csvFormat, geojsonFormat, shapefileFormat, workbookFormat } from '../../formats/index.ts';
import { parseFilter } from '../../model/filter-text.ts';
import { exportIds, shapeKinds, withSnapshot } from '../../project/export-rows.ts';
import { writeGpkg } from '../../project/write-gpkg.ts';
import { exportFields } from '../exporting/fields.ts';
import { layerTable, type Geometry, type LayerExport } from '../exporting/layer-table.ts';
import { zipFiles } from '../exporting/zip.ts';
import type { LaneContext } from '../lanes/context.ts';
import type { AsideHandlers } from '../lanes/handlers.ts';
import { writeTo } from '../write-to.ts';
import { projectCrs, readerOf } from './reading.ts';

type Ask = Input<'export.write'>;
type Writer = (table: WriteTable, path: string, options: { encoding?: 'gbk' | 'utf-8' }) => Promise<WriteResult>;
/** Losses told one by one; beyond that the first ones say enough. */
const TOLD_LOSSES = 1000;
/** GeoJSON is longitude and latitude (RFC 7946) unless another system is asked for. */
const LON_LAT = 'EPSG:4490';

export const exportAside: Pick<AsideHandlers, 'export.write'> = {
  'export.write': (ctx, ask) => withSnapshot(ctx.project, () => exportLayer(ctx, ask)),
};

function exportLayer(ctx: LaneContext, ask: Ask) {
  const filter = ask.filter ?? (ask.where === undefined ? null : parseFilter(ask.where));
  const lonLatByDefault = ask.format === 'geojson' && projectCrs(ctx.project.info()).shiftKnown;
  const wanted: LayerExport = {
    layer: ask.layer,
    ids: exportIds(readerOf(ctx), ask.layer, filter),
    fields: exportFields(ask.layer, ask.format, ask.profile ?? null),
    crs: ask.crs ?? (lonLatByDefault ? LON_LAT : null),
  };
  return writeTo(ctx, ask.target, async (file) => {
    const done =
      ask.format === 'shapefile' ? await shapefiles(ctx, ask, wanted, file) : await single(ctx, ask, wanted, file);
    return { ...done, losses: done.losses.slice(0, TOLD_LOSSES) };
  });
}

async function single(ctx: LaneContext, ask: Ask, wanted: LayerExport, file: string): Promise<WriteResult> {
  const geometry = ask.layer === 'component' ? 'point' : 'polygon';
  const table = layerTable(ctx, wanted, geometry, { only: false, whole: ask.format === 'geojson' });
  if (ask.format !== 'gpkg') return writerOf(ask.format)(table, file, {});
  const done = await writeGpkg(table, file);
  return { ...done, losses: [] };
}

/** One shapefile for each geometry there is. `.shp` names the first of them, `.zip` packs them, anything else is a folder. */
async function shapefiles(ctx: LaneContext, ask: Ask, wanted: LayerExport, file: string): Promise<WriteResult> {
  const extension = path.extname(file).toLowerCase();
  const stem = extension === '.shp' || extension === '.zip' ? path.basename(file, path.extname(file)) : wanted.layer;
  const folder = extension === '.shp' ? path.dirname(file) : extension === '.zip' ? `${file}.parts` : file;
  mkdirSync(folder, { recursive: true });
  const kinds = geometriesOf(ctx, wanted);
  const result: WriteResult = { files: [], rows: 0, losses: [] };
  for (const [at, geometry] of kinds.entries()) {
    const table = layerTable(ctx, wanted, geometry, { only: wanted.layer === 'component', whole: true });
    const name = at === 0 ? stem : `${stem}_${geometry}`;
    const written = await writerOf('shapefile')(table, path.join(folder, `${name}.shp`), {
      encoding: ask.encoding ?? 'utf-8',
    });
    result.files.push(...written.files);
    result.rows += written.rows;
    result.losses.push(...written.losses);
    await ctx.breathe();
  }
  if (extension !== '.zip') return result;
  zipFiles(result.files, file);
  rmSync(folder, { recursive: true });
  return { ...result, files: [file] };
}

function geometriesOf(ctx: LaneContext, { layer, ids }: LayerExport): Geometry[] {
  if (layer !== 'component') return ['polygon'];
  const counts = shapeKinds(ctx.project.db, ids);
  const there = (['point', 'line', 'polygon'] as const).filter((kind) => counts[kind] > 0);
  return there.length === 0 ? ['point'] : there;
}

const FORMATS = { shapefile: shapefileFormat, csv: csvFormat, geojson: geojsonFormat, xlsx: workbookFormat };

function writerOf(format: keyof typeof FORMATS): Writer {
  const { write } = FORMATS[format];
  if (write === undefined) throw new GewuError('refused', `Gewu does not write ${format}.`, { format });
  return write;
}
