import { setImmediate } from 'node:timers/promises';
import { blockRows } from '../bounds.ts';
import { uniqueNames } from '../field-names.ts';
import { FormatError } from '../format.ts';
import type { Doubt, FieldType, FileGroup, ReadOptions, SourceField } from '../format.ts';
import type { SourceRow, SourceTable } from '../format.ts';
import { newLayer, survey } from './layers.ts';
import type { Layer } from './layers.ts';
import { beginReading, kmlFeatures, kmlSources } from './source.ts';
import type { KmlSource } from './source.ts';
import { OWN_FIELDS } from './placemarks.ts';
import type { KmlFeature, KmlFolder } from './placemarks.ts';

/** Characters of a block, so that a block of large placemarks is a short one. */
const BLOCK_TEXT = 16 * 1024 * 1024;
/** Column that names the folder where folders share a table. */
const FOLDER = 'own:Folder';

/**
 * Opens a kml or kmz: every folder or document that holds placemarks itself is a table.
 * @throws FormatError 'empty' | 'not-kml' | 'xml-doctype' | 'xml-too-deep' | 'feature-too-large' | 'too-many-…' | 'zip-…'
 */
export function openKml(group: FileGroup, options: ReadOptions = {}): SourceTable[] {
  const [delivered] = group.files.values();
  if (!delivered) throw new FormatError('empty', `${group.name} has no file.`, { file: group.name });
  const file = delivered.name.split('/').at(-1) ?? delivered.name;
  const name = group.name.split('/').at(-1) ?? group.name;
  const sources = kmlSources(delivered.bytes, file, name, options);
  const tables = sources.flatMap((source) => openSource(source));
  const filled = tables.filter(({ info }) => info.rows > 0);
  const used = filled.length > 0 ? filled : tables.slice(0, 1);
  const names = uniqueNames(
    used.map(({ info }) => info.name),
    () => name,
  );
  used.forEach((table, i) => {
    table.info.name = names[i] ?? table.info.name;
  });
  return used;
}

function openSource(source: KmlSource): SourceTable[] {
  const encoding = source.encoding.name ?? 'UTF-8';
  const { layers, folders, doubts } = survey(source, encoding);
  if (layers.length === 0) layers.push(newLayer(folders[1]?.name || source.name));
  return layers.map((layer, i) => {
    const named = { ...layer, name: layer.name === '' ? source.name : layer.name };
    return tableOf(source, encoding, named, i === 0 ? doubts : [], folders);
  });
}

const OWN_TYPES: Record<string, FieldType> = {
  tessellate: 'integer',
  extrude: 'integer',
  visibility: 'integer',
  drawOrder: 'integer',
};

interface Column {
  /** As `KmlValue`: from and name. */
  key: string;
  field: SourceField;
}

/** KML's own fields first, always all of them, then what the placemarks bring. */
function columnsOf(layer: Layer): Column[] {
  const own = OWN_FIELDS.map((name): [string, SourceField] => [
    `own:${name}`,
    { name, type: OWN_TYPES[name] ?? 'text', samples: layer.fields.get(`own:${name}`)?.field.samples ?? [] },
  ]);
  const fixed = new Map(own);
  if (layer.folders.size > 1) fixed.set(FOLDER, { name: 'Folder', type: 'text', samples: [] });
  const brought = [...layer.fields].filter(([key]) => !fixed.has(key)).map(([key, { field }]) => ({ key, field }));
  const columns = [...[...fixed].map(([key, field]) => ({ key, field })), ...brought];
  const names = uniqueNames(
    columns.map(({ field }) => field.name),
    (i) => `field_${i + 1}`,
  );
  return columns.map(({ key, field }, i) => ({ key, field: { ...field, name: names[i] ?? field.name } }));
}

function tableOf(
  source: KmlSource,
  encoding: string,
  layer: Layer,
  doubts: Doubt[],
  folders: KmlFolder[],
): SourceTable {
  const columns = columnsOf(layer);
  const [only] = layer.kinds;
  const fromDescription = columns.filter(({ key }) => key.startsWith('description:')).map(({ field }) => field.name);
  const own: Doubt[] = [...doubts];
  if (layer.rows === 0) own.push({ code: 'empty-table', message: 'There is nothing in this table.' });
  if (fromDescription.length > 0)
    own.push({
      code: 'fields-from-description',
      message: `${fromDescription.length} fields were taken out of tables in the descriptions.`,
      data: { fields: fromDescription, count: fromDescription.length },
    });
  if (layer.folders.size > 1)
    own.push({
      code: 'folders-together',
      message: `${layer.folders.size} folders share this table; the field "Folder" tells them apart.`,
      data: { folders: layer.folders.size },
    });
  return {
    info: {
      file: source.file,
      name: layer.name,
      format: 'kml',
      geometry: layer.kinds.size > 1 ? 'mixed' : (only ?? 'none'),
      rows: layer.rows,
      deletedRows: 0,
      encoding: source.encoding,
      crsStated: 'EPSG:4326',
      extent: layer.kinds.size > 0 ? layer.extent : null,
      fields: columns.map(({ field }) => field),
      doubts: own,
    },
    blocks: (read) => blocks(source, read?.encoding ?? encoding, layer, columns, folders, read?.blockRows),
  };
}

async function* blocks(
  source: KmlSource,
  encoding: string,
  layer: Layer,
  columns: Column[],
  folders: KmlFolder[],
  askedRows: number | undefined,
): AsyncGenerator<SourceRow[]> {
  const most = blockRows(columns.length, askedRows);
  let block: SourceRow[] = [];
  let weight = 0;
  let number = 0;
  // Another encoding puts every character elsewhere: then the whole document is read.
  const span = encoding === (source.encoding.name ?? 'UTF-8') ? layer.span : null;
  for (const feature of kmlFeatures(source, encoding, beginReading(), span ?? undefined)) {
    if (span ? feature.folder !== 0 : !layer.folders.has(feature.folder)) continue;
    block.push(toRow(feature, ++number, columns, folders));
    weight += feature.weight;
    if (block.length < most && weight < BLOCK_TEXT) continue;
    yield block;
    block = [];
    weight = 0;
    await setImmediate();
  }
  if (block.length > 0) yield block;
}

function toRow(feature: KmlFeature, number: number, columns: Column[], folders: KmlFolder[]): SourceRow {
  const given = new Map(feature.values.map(({ from, name, text }) => [`${from}:${name}`, text]));
  const values: SourceRow['values'] = {};
  for (const { key, field } of columns) values[field.name] = given.get(key) ?? null;
  if (columns.some(({ key }) => key === FOLDER)) values['Folder'] = folderPath(feature.folder, folders) || null;
  const row: SourceRow = { row: number, values, shape: feature.shape.shape };
  if (feature.shape.z) row.z = feature.shape.z;
  if (feature.problem) row.faults = [{ field: null, ...feature.problem }];
  return row;
}

/** Names of the folders a placemark lies in, outermost first. */
function folderPath(id: number, folders: readonly KmlFolder[]): string {
  const folder = folders[id];
  if (!folder || id === 0) return '';
  const above = folderPath(folder.parent, folders);
  return above === '' ? folder.name : `${above}/${folder.name}`;
}
