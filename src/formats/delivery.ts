import { csvFormat } from './csv/index.ts';
import { FormatError } from './format.ts';
import type { DeliveredFile, Doubt, FileGroup, Format, ReadOptions, SourceTable } from './format.ts';
import { geojsonFormat } from './geojson/index.ts';
import { groupFiles } from './group.ts';
import { kmlFormat } from './kml/index.ts';
import { shapefileFormat } from './shapefile/index.ts';
import { workbookFormat } from './workbook/index.ts';

/** Formats this room reads and writes by itself. GeoPackage joins through `OpenOptions.extra` (see geopackage.ts). */
const formats: readonly Format[] = [shapefileFormat, workbookFormat, csvFormat, geojsonFormat, kmlFormat];

export interface OpenOptions extends ReadOptions {
  /** Formats in addition to `formats`; an extension they name is theirs. */
  extra?: readonly Format[];
}

/** A table, and the files it was read from (for hashes and for keeping the originals). */
export interface OpenedTable extends SourceTable {
  group: FileGroup;
}

export interface OpenedDelivery {
  tables: OpenedTable[];
  /** One for each file or group that cannot be used: `data.file` names it. */
  doubts: Doubt[];
  /** Files that are no tables: photos, documents. */
  others: DeliveredFile[];
}

/**
 * Opens everything in a delivery. A group that cannot be used becomes a doubt and never keeps the rest from opening; this
 * throws only for faults of the program or the disk.
 */
export async function openDelivery(
  files: readonly DeliveredFile[],
  options: OpenOptions = {},
): Promise<OpenedDelivery> {
  const { extra = [], ...read } = options;
  const byExtension = new Map<string, Format>();
  for (const format of [...formats, ...extra])
    for (const extension of format.extensions) byExtension.set(extension, format);
  const { groups, others, doubts } = groupFiles(files, new Set(byExtension.keys()));
  const tables: OpenedTable[] = [];
  for (const group of groups) {
    const format = [...group.files.keys()].map((extension) => byExtension.get(extension)).find((found) => found);
    try {
      const opened = (await format?.open(group, read)) ?? [];
      tables.push(...opened.map((table) => Object.assign(table, { group })));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      const file = fileOf(group);
      doubts.push({ code: error.code, message: `${file}: ${error.message}`, data: { ...error.data, file } });
    }
  }
  tellApart(tables);
  return { tables, doubts, others };
}

/** Tables of one name from files of one name, in different folders: they are called by the way to their file, so that each can be spoken of. */
function tellApart(tables: readonly OpenedTable[]): void {
  const same = Map.groupBy(tables, ({ info }) => `${info.file}\n${info.name}`);
  for (const group of same.values())
    if (group.length > 1) for (const table of group) table.info.file = fileOf(table.group);
}

const fileOf = (group: FileGroup): string => {
  const [first] = group.files.values();
  return (group.files.get('shp') ?? group.files.get('dbf') ?? first)?.name ?? group.name;
};
