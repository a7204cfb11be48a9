import { FormatError } from './format.ts';
import type { DeliveredFile, Doubt, FileGroup } from './format.ts';
import { openZip } from './zip.ts';

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

/** Extension in lower case, without dot, and the path before it. `x.shp.xml` is metadata: extension `shp.xml`. */
export function splitName(name: string): { base: string; extension: string } {
  const parts = /^(.*?[^/])\.((?:shp\.)?[^./]+)$/i.exec(name);
  return parts ? { base: parts[1] ?? name, extension: (parts[2] ?? '').toLowerCase() } : { base: name, extension: '' };
}

const isHidden = (name: string): boolean =>
  name.split('/').some((step) => step === '__MACOSX' || (step.startsWith('.') && step !== '.' && step !== '..')) ||
  /(^|\/)(thumbs\.db|desktop\.ini|~\$[^/]*)$/i.test(name);

/**
 * Groups the files of a delivery: sidecars of any letter case join their shapefile, archives are unpacked (one level), hidden
 * files and what macOS adds are dropped. `extensions` are those that open a group of their own (xlsx, csv, …).
 */
export function groupFiles(files: readonly DeliveredFile[], extensions: ReadonlySet<string> = OWN): Grouped {
  const doubts: Doubt[] = [];
  const plain = files
    .flatMap((file) => (isHidden(file.name) ? [] : unpack(file, doubts)))
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

const isZip = (file: DeliveredFile): boolean => /\.zip$/i.test(file.name);

function unpack(file: DeliveredFile, doubts: Doubt[]): DeliveredFile[] {
  if (!isZip(file)) return [file];
  const report = (error: unknown): void => {
    if (!(error instanceof FormatError)) throw error;
    doubts.push({
      code: error.code,
      message: `${file.name}: ${error.message}`,
      data: { file: file.name, ...error.data },
    });
  };
  const folder = splitName(file.name).base;
  const found: DeliveredFile[] = [];
  try {
    for (const entry of openZip(file.bytes).entries) {
      const name = `${folder}/${entry.name}`;
      if (isHidden(name)) continue;
      if (isZip({ ...file, name }))
        doubts.push({
          code: 'zip-nested',
          message: `${name} is an archive within an archive; it was not opened. Unpack it and bring in its files.`,
          data: { file: name },
        });
      else
        try {
          found.push({ name, bytes: entry.open() });
        } catch (error) {
          report(error);
        }
    }
  } catch (error) {
    report(error);
  }
  return found;
}
