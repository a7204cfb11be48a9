import { FormatError } from './format.ts';
import type { ByteSource, Format, ReadOptions, SourceTable } from './format.ts';

/** Reads GeoPackages. It is handed in from where SQLite is known, since this room knows none. */
export interface GeoPackageReader {
  /**
   * Opens the layers and attribute tables of a GeoPackage.
   * @throws FormatError when the file is none or cannot be read.
   */
  open(file: { name: string; bytes: ByteSource }, options?: ReadOptions): Promise<SourceTable[]>;
}

const SIGNATURE = 'SQLite format 3\0';

/** The GeoPackage format around a reader. Files that do not begin as a database are refused before it sees them. */
export function makeGeopackageFormat(reader: GeoPackageReader, write?: NonNullable<Format['write']>): Format {
  return {
    id: 'geopackage',
    extensions: ['gpkg'],
    open: async (group, options) => {
      const [file] = group.files.values();
      if (!file) throw new FormatError('empty', `${group.name} has no file.`, { file: group.name });
      const head = String.fromCharCode(...file.bytes.slice(0, SIGNATURE.length));
      if (head !== SIGNATURE)
        throw new FormatError(
          file.bytes.size === 0 ? 'empty' : 'mislabelled',
          file.bytes.size === 0
            ? `${file.name} is empty. Ask for the file again.`
            : `${file.name} is not a GeoPackage, whatever its name says. Ask for the file again.`,
          { file: file.name },
        );
      return reader.open(file, options);
    },
    ...(write ? { write } : {}),
  };
}
