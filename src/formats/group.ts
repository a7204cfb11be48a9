import type { DeliveredFile, Doubt, FileGroup } from './format.ts';
import { isHidden, splitName } from './names.ts';
import { unpack } from './unpack.ts';

/** Extensions that belong to a shapefile besides `.shp` and `.dbf`; those not read are kept with it all the same. */
const SIDECARS = ['shx', 'prj', 'cpg', 'cst', 'dbt', 'fpt', 'qix', 'qpj', 'sbn', 'sbx', 'qmd', 'mshp', 'idm', 'ind'];
const SHAPEFILE = new Set(['shp', 'dbf', ...SIDECARS]);

export interface Grouped {
  groups: FileGroup[];
  /** Files that belong to no group: photos, documents, unknown extensions, sidecars without their file. */
  others: DeliveredFile[];
  /** What could not be unpacked, by file. */
  doubts: Doubt[];
}

/** Extensions that open a group of their own. */
const OWN = new Set([
  'xlsx',
  'xlsm',
  'xls',
  'csv',
  'tsv',
  'txt',
  'geojson',
  'json',
  'geojsonl',
  'ndjson',
  'gpkg',
  'kml',
  'kmz',
]);

/**
 * Groups the files of a delivery: sidecars of any letter case join their shapefile, archives are unpacked (and archives within them), hidden
 * files and what macOS adds are dropped. `extensions` are those that open a group of their own (xlsx, csv, …).
 */
export function groupFiles(files: readonly DeliveredFile[], extensions: ReadonlySet<string> = OWN): Grouped {
  const doubts: Doubt[] = [];
  const isPart = (extension: string): boolean => SHAPEFILE.has(extension) || extensions.has(extension);
  const plain = files
    .flatMap((file) => (isHidden(file.name) ? [] : unpack(file, isPart, doubts)))
    .filter(({ name }) => !isHidden(name));
  const groups: FileGroup[] = [];
  const others: DeliveredFile[] = [];
  const sets = new Map<string, Map<string, DeliveredFile>>();
  for (const file of plain) {
    const { base, extension } = splitName(file.name);
    if (extension === 'shp.xml' || SHAPEFILE.has(extension)) {
      const key = base.toLowerCase();
      const set = sets.get(key) ?? new Map<string, DeliveredFile>();
      sets.set(key, set);
      // Two files that differ in letter case only: the first stays, the second is shown apart.
      if (set.has(extension)) others.push(file);
      else set.set(extension, file);
    } else if (extensions.has(extension)) groups.push({ name: base, files: new Map([[extension, file]]) });
    else others.push(file);
  }
  for (const set of sets.values()) {
    const main = set.get('shp') ?? set.get('dbf');
    if (main) groups.push({ name: splitName(main.name).base, files: set });
    else others.push(...set.values());
  }
  return { groups: groups.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)), others, doubts };
}
