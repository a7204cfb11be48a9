import type { Bbox } from '../../model/geometry/types.ts';
import { isTooSparse } from '../bounds.ts';
import { addSample } from '../field-names.ts';
import { FormatError } from '../format.ts';
import type { Doubt, GeometryKind, SourceField } from '../format.ts';
import { stretch } from '../shapefile/shp-read.ts';
import { beginReading, kmlFeatures, readingDoubts } from './source.ts';
import type { KmlSource, KmlSpan } from './source.ts';
import type { KmlFeature, KmlFolder, KmlValue } from './placemarks.ts';

const MOST_FIELDS = 4096;
/** Every table is found by going through the text before it: so many bytes are gone through at most, ... */
const MOST_SKIPPED = 1024 * 1024 * 1024;
/** ... and so many taken apart, where a document is not well-formed and has to be read whole for every table. */
const MOST_PARSED = 64 * 1024 * 1024;
const ROOTS = new Set(['kml', 'Document', 'Folder', 'Placemark', 'GroundOverlay', 'NetworkLinkControl']);

/** A folder with placemarks in it, as the first pass found it. */
export interface Layer {
  folders: Set<number>;
  /** Where its placemarks lie; null where the whole document has to be read for them. */
  span: KmlSpan | null;
  name: string;
  rows: number;
  /** Values of all its placemarks. */
  filled: number;
  fields: Map<string, { from: KmlValue['from']; name: string; field: SourceField }>;
  kinds: Set<GeometryKind>;
  extent: Bbox;
}

/** A layer without anything in it yet. */
export const newLayer = (name: string): Layer => ({
  folders: new Set(),
  span: null,
  name,
  rows: 0,
  filled: 0,
  fields: new Map(),
  kinds: new Set(),
  extent: [Infinity, Infinity, -Infinity, -Infinity],
});

/** One pass over the whole document. */
export function survey(
  source: KmlSource,
  encoding: string,
): { layers: Layer[]; folders: KmlFolder[]; doubts: Doubt[] } {
  const reading = beginReading();
  const { reader } = reading;
  const byFolder = new Map<number, Layer>();
  let placemarks = 0;
  for (const feature of kmlFeatures(source, encoding, reading)) {
    placemarks++;
    const layer = byFolder.get(feature.folder) ?? newLayer('');
    byFolder.set(feature.folder, layer);
    layer.folders.add(feature.folder);
    layer.span = { from: layer.span?.from ?? feature.from, to: feature.to };
    count(feature, layer, source.file);
  }
  if (reader.root === null || !ROOTS.has(reader.root))
    throw new FormatError('not-kml', `${source.file} is not KML, whatever its name says. Export it again.`, {
      file: source.file,
    });
  const first = ({ folders: [id = 0] }: Layer): number => id;
  const found = [...byFolder.values()].toSorted((a, b) => first(a) - first(b));
  const whole = reading.faults.count > 0 || reader.hasOldSchemas;
  if (whole) for (const layer of found) layer.span = null;
  const budget = whole ? MOST_PARSED : MOST_SKIPPED;
  const layers = together(found, Math.max(1, Math.floor(budget / (source.bytes.size + 1))));
  for (const layer of layers) {
    layer.name = reader.folders[first(layer)]?.name ?? '';
    for (const { from, name, field } of layer.fields.values())
      if (from === 'data') field.type = reader.types.get(name) ?? 'text';
  }
  return { layers, folders: reader.folders, doubts: readingDoubts(reading, source.file, placemarks) };
}

/** Folders that would cost too many passes over the document share the last table. */
function together(layers: Layer[], most: number): Layer[] {
  if (layers.length <= most) return layers;
  const kept = layers.slice(0, most);
  const shared = kept.at(-1);
  if (!shared) return layers;
  shared.span = null;
  for (const layer of layers.slice(most)) {
    for (const folder of layer.folders) shared.folders.add(folder);
    for (const [key, field] of layer.fields) if (!shared.fields.has(key)) shared.fields.set(key, field);
    for (const kind of layer.kinds) shared.kinds.add(kind);
    const [left, bottom, right, top] = layer.extent;
    if (layer.kinds.size > 0) {
      stretch(shared.extent, [left, bottom]);
      stretch(shared.extent, [right, top]);
    }
    shared.rows += layer.rows;
    shared.filled += layer.filled;
  }
  return kept;
}

function count(feature: KmlFeature, layer: Layer, file: string): void {
  layer.rows++;
  layer.filled += feature.values.length;
  if (isTooSparse(layer.fields.size, layer.rows, layer.filled))
    throw new FormatError('too-many-fields', `${file} has values of its own in nearly every placemark.`, { file });
  if (feature.shape.shape) {
    layer.kinds.add(feature.shape.kind);
    stretch(layer.extent, feature.shape.shape.coordinates);
  }
  for (const { from, name, text } of feature.values) {
    const key = `${from}:${name}`;
    let known = layer.fields.get(key);
    if (!known) {
      if (layer.fields.size >= MOST_FIELDS)
        throw new FormatError('too-many-fields', `${file} has more than ${MOST_FIELDS} different values.`, { file });
      known = { from, name, field: { name, type: 'text', samples: [] } };
      layer.fields.set(key, known);
    }
    addSample(known.field, text);
  }
}
