import { createReadStream, createWriteStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Zip, ZipDeflate } from 'fflate';
import type { WriteOptions, WriteResult, WriteRow, WriteTable } from '../../formats/format.ts';
import { csvFormat, geojsonFormat, shapefileFormat, workbookFormat } from '../../formats/index.ts';
import type { Filter } from '../../model/filter.ts';
import { crsInfo, transformer } from '../../model/geometry/crs.ts';
import type { Position, Shape } from '../../model/geometry/types.ts';
import { exportIds, exportRows, type ExportLayer } from '../../project/queries/export-rows.ts';
import type { Reader } from '../../project/queries/reader.ts';
import { writeGpkg } from '../../project/write-gpkg.ts';
import { exportFields, exportValue } from './fields.ts';
import { mapShape } from './shape.ts';

export type ExportFormat = 'shapefile' | 'gpkg' | 'geojson' | 'csv' | 'xlsx';

export interface ExportRequest {
  layer: 'component' | 'unit_grid' | 'street' | 'community';
  format: ExportFormat;
  encoding: 'gbk' | 'utf-8';
  /** CRS the file is to be in; the project's unless given. */
  crs: string;
  projectCrs: string;
  filter: Filter | null;
  profile: '2026' | '2013';
}

export interface ExportJob {
  reader: Reader;
  resources: URL;
  progress: (stage: string, done: number, total: number | null) => void;
  checkCancel: () => void;
}

const EXTENSION: Record<ExportFormat, string> = {
  shapefile: 'shp',
  gpkg: 'gpkg',
  geojson: 'geojson',
  csv: 'csv',
  xlsx: 'xlsx',
};
const GEOMETRY: Record<ExportLayer, WriteTable['geometry']> = {
  component: 'point',
  component_line: 'line',
  component_area: 'polygon',
  unit_grid: 'polygon',
  street: 'polygon',
  community: 'polygon',
};
const BLOCK = 2000;

/**
 * Writes a layer to `out`: a file of that name where it has the format's extension, for shapefiles also a `.zip`; any other path becomes a
 * folder. A shapefile holds one kind of geometry, so lines and areas of components become files of their own beside the points.
 */
export async function writeExport(job: ExportJob, request: ExportRequest, out: string): Promise<WriteResult> {
  const extension = EXTENSION[request.format];
  const zipped = request.format === 'shapefile' && out.toLowerCase().endsWith('.zip');
  const single = !zipped && out.toLowerCase().endsWith(`.${extension}`);
  const folder = single ? path.dirname(out) : zipped ? `${out}.d` : out;
  const base = single ? path.basename(out).slice(0, -extension.length - 1) : request.layer;
  if (!single) mkdirSync(folder, { recursive: true });
  const results: WriteResult[] = [];
  for (const layer of layersOf(job, request)) {
    const name = layer === request.layer ? base : `${base}_${layer.slice('component_'.length)}`;
    results.push(await writeLayer(job, request, layer, path.join(folder, `${name}.${extension}`)));
  }
  if (zipped) {
    await zipFolder(folder, out);
    rmSync(folder, { recursive: true });
  }
  const files = zipped ? [out] : results.flatMap((result) => result.files);
  return {
    files,
    // Rows of the layer: lines and areas lie beside the point of the same component.
    rows: results[0]?.rows ?? 0,
    losses: results.flatMap(({ losses }) => losses),
  };
}

/** Points always; the lines and areas of components only where the format keeps kinds of geometry apart and there are any. */
function layersOf({ reader }: ExportJob, { layer, format, filter }: ExportRequest): ExportLayer[] {
  if (layer !== 'component' || format !== 'shapefile') return [layer];
  const shaped = (['component_line', 'component_area'] as const).filter(
    (one) => exportIds(reader, one, filter).length > 0,
  );
  return [layer, ...shaped];
}

async function writeLayer(
  job: ExportJob,
  request: ExportRequest,
  layer: ExportLayer,
  file: string,
): Promise<WriteResult> {
  const fields = exportFields(job.resources, layer, request.profile);
  const crs = crsInfo(request.crs);
  const table: WriteTable = {
    name: path.basename(file).replace(/\.[^.]*$/u, ''),
    geometry: GEOMETRY[layer],
    fields: fields.map(({ name, title, type, length }) => ({
      name,
      title,
      type,
      ...(length === undefined ? {} : { length }),
    })),
    crs: { code: request.crs, wkt: crs.wktEsri, geographic: crs.geographic },
    rows: rowsOf(job, request, layer, fields),
  };
  const options: WriteOptions = { encoding: request.encoding };
  switch (request.format) {
    case 'shapefile':
      return shapefileFormat.write(table, file, options);
    case 'csv':
      return csvFormat.write(table, file, options);
    case 'geojson':
      return geojsonFormat.write(table, file);
    case 'xlsx':
      return workbookFormat.write(table, file);
    case 'gpkg':
      return writeGpkg({ ...table, crs: { code: request.crs, wkt: crs.wktOgc, geographic: crs.geographic } }, file);
  }
}

function* rowsOf(
  job: ExportJob,
  request: ExportRequest,
  layer: ExportLayer,
  fields: ReturnType<typeof exportFields>,
): Generator<WriteRow> {
  const ids = exportIds(job.reader, layer, request.filter);
  const move = mover(request);
  for (let at = 0; at < ids.length; at += BLOCK) {
    job.checkCancel();
    job.progress('writing', at, ids.length);
    for (const { cells, shape } of exportRows(job.reader, layer, ids.slice(at, at + BLOCK))) {
      const values = Object.fromEntries(fields.map((field) => [field.name, exportValue(field, cells)]));
      yield { values, shape: shape === null ? null : move(shape) };
    }
  }
}

function mover({ crs, projectCrs }: ExportRequest): (shape: Shape) => Shape {
  if (crs === projectCrs) return (shape) => shape;
  const transform = transformer(projectCrs, crs);
  const one = (x: number, y: number): Position => transform(x, y);
  return (shape) => mapShape(shape, one);
}

/** All files of a folder in one archive, names in UTF-8, read in pieces. */
async function zipFolder(folder: string, out: string): Promise<void> {
  const sink = createWriteStream(out);
  const closed = new Promise<void>((resolve, reject) => sink.once('close', resolve).once('error', reject));
  const zip = new Zip((error, chunk, final) => {
    if (error !== null) sink.destroy(error);
    else if (final) sink.end(chunk);
    else sink.write(chunk);
  });
  for (const name of readdirSync(folder).toSorted()) {
    const entry = new ZipDeflate(name, { level: 6 });
    zip.add(entry);
    for await (const chunk of createReadStream(path.join(folder, name))) entry.push(chunk as Uint8Array);
    entry.push(new Uint8Array(0), true);
  }
  zip.end();
  await closed;
}
