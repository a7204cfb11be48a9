import { FormatError } from '../format.ts';
import type { FieldType } from '../format.ts';
import type { ReadShape } from '../placed.ts';
import type { XmlEvent } from '../xml.ts';
import { KmlGeometry } from './geometry.ts';
import { tablePairs } from './html-table.ts';

/** Names of the values KML itself knows, as GDAL calls them; every table has these fields, in this order. */
export const OWN_FIELDS = [
  'Name',
  'description',
  'timestamp',
  'begin',
  'end',
  'altitudeMode',
  'tessellate',
  'extrude',
  'visibility',
  'drawOrder',
  'icon',
] as const;

/** Elements whose text becomes a value, wherever in a placemark they stand. */
const ANYWHERE: Record<string, string> = {
  begin: 'begin',
  end: 'end',
  altitudeMode: 'altitudeMode',
  tessellate: 'tessellate',
  extrude: 'extrude',
};
/** Those that count only as children of the placemark itself. */
const CHILDREN: Record<string, string> = {
  name: 'Name',
  description: 'description',
  visibility: 'visibility',
  drawOrder: 'drawOrder',
  address: 'address',
  phoneNumber: 'phoneNumber',
  snippet: 'Snippet',
  Snippet: 'Snippet',
};
const FEATURES = new Set(['Placemark', 'GroundOverlay']);
const CONTAINERS = new Set(['Document', 'Folder']);
/** Texts kept as they stand, markup and all. */
const MARKUP = new Set(['name', 'description', 'Snippet', 'snippet']);
const MOST_FOLDERS = 10_000;
/** Characters of the values of one placemark. */
const MOST_TEXT = 16 * 1024 * 1024;

const TYPES: Record<string, FieldType> = {
  int: 'integer',
  uint: 'integer',
  short: 'integer',
  ushort: 'integer',
  float: 'real',
  double: 'real',
  bool: 'boolean',
};

/** One value of a placemark: KML's own, out of ExtendedData, or out of a table in the description. */
export interface KmlValue {
  from: 'own' | 'data' | 'description';
  name: string;
  text: string;
}

export interface KmlFeature {
  /** Number of the folder or document it lies in, as `KmlFolder.id`. */
  folder: number;
  values: KmlValue[];
  shape: ReadShape;
  problem: { code: string; message: string } | null;
  /** Characters it was made of. */
  weight: number;
  /** Where in the text it begins and ends, in characters. */
  from: number;
  to: number;
}

/** A folder or document; 0 is what lies outside any. */
export interface KmlFolder {
  id: number;
  name: string;
  parent: number;
}

interface Building {
  geometry: KmlGeometry;
  values: KmlValue[];
  /** What of them is known already: the first word counts. */
  known: Set<string>;
  /** Elements open within the placemark, outermost first. */
  path: string[];
  /** Name of the `Data` or `SimpleData` being read. */
  data: string;
  text: string;
  size: number;
  from: number;
  /** Elements of an old schema (KML 2.0) that are values of their own. */
  schema: ReadonlySet<string> | null;
}

/** Takes placemarks, folders and schemas out of the events of a KML file, one placemark at a time. */
export class KmlReader {
  readonly folders: KmlFolder[] = [{ id: 0, name: '', parent: 0 }];
  /** Types that schemas declare, by field. */
  readonly types = new Map<string, FieldType>();
  links = 0;
  root: string | null = null;
  /** Placemarks begun and not ended: more than none at the end of the file means that it was cut off. */
  get unfinished(): boolean {
    return this.#building !== null || this.#path.length > 0;
  }
  /** Whether placemarks bear names that only a schema of the same document explains. */
  get hasOldSchemas(): boolean {
    return this.#oldSchemas.size > 0;
  }
  readonly #path: string[] = [];
  readonly #inFolders: number[] = [0];
  readonly #oldSchemas = new Map<string, Set<string>>();
  #schema: Set<string> | null = null;
  #text = '';
  #building: Building | null = null;

  /** Takes one event; gives a placemark when it ends. */
  take(event: XmlEvent): KmlFeature | null {
    if (this.#building) return this.#within(this.#building, event);
    if ('open' in event) this.#opened(event.open, event.attributes, event.at);
    else if ('text' in event) this.#text += this.#path.at(-1) === 'name' ? event.text : '';
    else this.#closed(event.close);
    return null;
  }

  #opened(element: string, attributes: Record<string, string>, at: number): void {
    this.root ??= element;
    const schema = this.#oldSchemas.get(element) ?? null;
    if (FEATURES.has(element) || schema) {
      this.#building = begin(element, schema, at);
      if (attributes['id'] !== undefined) put(this.#building, 'own', 'id', attributes['id']);
      return;
    }
    this.#path.push(element);
    this.#text = '';
    if (CONTAINERS.has(element)) {
      const id = this.folders.length;
      if (id > MOST_FOLDERS) throw new FormatError('too-many-folders', `It has more than ${MOST_FOLDERS} folders.`, {});
      this.folders.push({ id, name: '', parent: this.#inFolders.at(-1) ?? 0 });
      this.#inFolders.push(id);
    } else if (element === 'NetworkLink') this.links++;
    else if (element === 'Schema') {
      this.#schema = new Set();
      const old = attributes['parent'] === 'Placemark' ? attributes['name'] : undefined;
      if (old !== undefined) this.#oldSchemas.set(old, this.#schema);
    } else if (element === 'SimpleField' || element === 'SimpleArrayField') {
      const name = attributes['name'] ?? '';
      this.#schema?.add(name);
      const type = TYPES[attributes['type'] ?? ''] ?? 'text';
      // Two schemas that disagree on a field leave it text.
      this.types.set(name, this.types.has(name) && this.types.get(name) !== type ? 'text' : type);
    }
  }

  #closed(element: string): void {
    const folder = this.folders[this.#inFolders.at(-1) ?? 0];
    if (element === 'name' && folder && CONTAINERS.has(this.#path.at(-2) ?? '') && folder.name === '')
      folder.name = this.#text
        .replaceAll(/[\r\n\t]/g, ' ')
        .trim()
        .slice(0, 200);
    if (this.#path.at(-1) === element) this.#path.pop();
    if (CONTAINERS.has(element) && this.#inFolders.length > 1) this.#inFolders.pop();
    if (element === 'Schema') this.#schema = null;
  }

  #within(building: Building, event: XmlEvent): KmlFeature | null {
    const { path } = building;
    if ('text' in event) {
      building.text += event.text;
      building.size += event.text.length;
      return null;
    }
    if ('open' in event) {
      const markup = path.findIndex((element) => MARKUP.has(element));
      if (markup === 1) building.text += tag(event.open, event.attributes);
      else this.#openedWithin(building, event.open, event.attributes);
      path.push(event.open);
      return null;
    }
    const element = path.pop() ?? '';
    if (path.length === 0) return this.#finish(building, event.at);
    if (path.findIndex((outer) => MARKUP.has(outer)) === 1) {
      if (!ALONE.has(element)) building.text += `</${element}>`;
      return null;
    }
    building.geometry.end(element);
    leaf(building, element, building.text);
    building.text = '';
    return null;
  }

  #openedWithin(building: Building, element: string, attributes: Record<string, string>): void {
    building.text = '';
    building.geometry.begin(element);
    if (['Data', 'SimpleData', 'SimpleArrayData'].includes(element)) building.data = attributes['name'] ?? '';
  }

  #finish(building: Building, to: number): KmlFeature {
    this.#building = null;
    const description = building.values.find(({ name, from }) => from === 'own' && name === 'description');
    for (const [name, value] of (description && tablePairs(description.text)) ?? [])
      if (value !== null) put(building, 'description', name, value);
    const { geometry } = building;
    return {
      folder: this.#inFolders.at(-1) ?? 0,
      values: building.values,
      shape: geometry.finish(),
      problem: geometry.problem,
      weight: building.size,
      from: building.from,
      to,
    };
  }

  /** Characters held for the placemark in progress. */
  get held(): number {
    return this.#building?.size ?? this.#text.length;
  }
}

/** Whether a placemark holds more text than one may. */
export const isTooLarge = (reader: KmlReader): boolean => reader.held > MOST_TEXT;

function begin(element: string, schema: ReadonlySet<string> | null, from: number): Building {
  return {
    geometry: new KmlGeometry(),
    values: [],
    known: new Set(),
    path: [element],
    data: '',
    text: '',
    size: 0,
    from,
    schema,
  };
}

function put(building: Building, from: KmlValue['from'], name: string, text: string): void {
  const key = `${from}:${name}`;
  if (text.trim() === '' || building.known.has(key)) return;
  building.known.add(key);
  building.values.push({ from, name, text });
}

/** Elements of HTML that have no end. */
const ALONE = new Set(['br', 'hr', 'img']);

const tag = (name: string, attributes: Record<string, string>): string =>
  `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${value}"`)
    .join('')}${ALONE.has(name) ? '/' : ''}>`;

/** An element within a placemark has ended: its text, where it is a value. */
function leaf(building: Building, element: string, text: string): void {
  const { path, geometry } = building;
  const parent = path.at(-1) ?? '';
  const child = path.length === 1;
  if (geometry.inside) geometry.word(element, text);
  const own = ANYWHERE[element] ?? (child ? CHILDREN[element] : undefined);
  if (own !== undefined)
    put(building, 'own', own, element === 'name' || element === 'description' ? text : text.trim());
  else if (element === 'when' && parent === 'TimeStamp') put(building, 'own', 'timestamp', text.trim());
  else if (element === 'href' && parent === 'Icon') put(building, 'own', 'icon', text.trim());
  else if (element === 'SimpleData' || (element === 'value' && parent === 'Data'))
    put(building, 'data', building.data, text);
  else if (parent === 'ExtendedData' && element !== 'Data' && element !== 'SchemaData')
    put(building, 'data', element, text);
  else if (child && building.schema?.has(element) === true) put(building, 'data', element, text);
}
