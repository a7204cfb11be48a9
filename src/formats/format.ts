import type { Shape } from '../model/geometry/types.ts';
import type { Vocabulary } from './encoding/vocabulary.ts';

/** Random access to the bytes of one delivered file. `slice` clamps to the file and never throws for a short read. */
export interface ByteSource {
  readonly size: number;
  slice(start: number, end: number): Uint8Array;
}

/** One file of a delivery. `name` is its path within the delivery, '/'-separated, as decoded text. */
export interface DeliveredFile {
  name: string;
  bytes: ByteSource;
}

/** Files that are read together: a `.shp` with its sidecars (any letter case), or a single workbook, csv, … */
export interface FileGroup {
  /** Base name without extension, as shown to a person. */
  name: string;
  /** Lower-case extension without dot → file. */
  files: ReadonlyMap<string, DeliveredFile>;
}

/** Something a person should know about a table before using it. Words live in the interface; this carries ids and data. */
export interface Doubt {
  code: string;
  message: string;
  data?: Record<string, unknown>;
}

/** Which text encoding the bytes are in, and why. `confidence` ≥ 0.8 means "would be used without asking". */
export interface EncodingEvidence {
  /** 'UTF-8' | 'GB18030' | 'GBK' | 'Big5' | 'UTF-16LE' | 'UTF-16BE' | … or null where the format has no encoding (xlsx, gpkg). */
  name: string | null;
  confidence: number;
  /** Plain facts in order of weight: {code: 'cpg-claims'|'ldid-claims'|'claim-contradicted'|'claim-unproven'|'all-ascii'|
   * 'decodes'|'does-not-decode'|'known-words'|'text-model'|'bom'|'given', data}. */
  evidence: { code: string; data: Record<string, unknown> }[];
  /** The same non-ASCII samples decoded under each candidate, for a person to judge. */
  candidates: { name: string; score: number; samples: string[] }[];
}

export type FieldType = 'text' | 'integer' | 'real' | 'date' | 'boolean';
export interface SourceField {
  name: string;
  type: FieldType;
  /** Bytes (dbf) or characters; absent where the format has no limit. */
  length?: number;
  /** Up to five distinct non-blank values, as text. */
  samples: string[];
}

export type GeometryKind = 'point' | 'multipoint' | 'line' | 'polygon' | 'mixed' | 'none';

export interface TableInfo {
  /** The file a person would name: 'BJ0103.shp', '权属清单.xlsx'. */
  file: string;
  /** Table, layer or sheet name. */
  name: string;
  format: string;
  geometry: GeometryKind;
  /** Live rows; deleted ones are counted apart and never delivered. */
  rows: number;
  deletedRows: number;
  encoding: EncodingEvidence;
  /** Text of the `.prj`, or the WKT / 'EPSG:n' the file itself states; null where nothing is stated. */
  crsStated: string | null;
  /** [minX,minY,maxX,maxY] of the coordinates as delivered, null without geometry. */
  extent: [number, number, number, number] | null;
  fields: SourceField[];
  doubts: Doubt[];
  /** Sheets and csv only: the 0-based row the header was found in, -1 for none; to be given back as `ReadOptions.headerRow`. */
  headerRow?: number;
  /** Workbooks only: days are counted from 1904. */
  date1904?: boolean;
}

/** One live row as delivered. `values` holds every field as text, exactly as written (numbers by their digits), null for blank. */
export interface SourceRow {
  /** 1-based place a person can find again: dbf record number, sheet row number, csv line number, feature number, primary key. */
  row: number;
  values: Record<string, string | null>;
  shape: Shape | null;
  /** Delivered Z / M values in order of the positions, where the file has them. */
  z?: number[];
  m?: number[];
  /** Cells that could not be read as they stand: {field, code, message}. The row still comes. `tail`: bytes of half a character, hexadecimal. */
  faults?: { field: string | null; code: string; message: string; tail?: string }[];
}

export interface ReadOptions {
  /** The person's word on the encoding; overrules all evidence. */
  encoding?: string;
  /** Names of the district; text that holds them reads right. Only looked at while the encoding is decided. */
  vocabulary?: Vocabulary;
  /** 0-based row of the header in a sheet or csv, or -1 for "no header"; guessed where absent. */
  headerRow?: number;
  /** Rows a block; default 2000. */
  blockRows?: number;
}

/** What stands above the rows of a sheet or csv: titles and headings as they are, blank rows too, and cells merged there (0-based, inclusive). */
export interface TableHead {
  rows: (string | null)[][];
  merges: { top: number; left: number; bottom: number; right: number }[];
}

export interface SourceTable {
  info: TableInfo;
  /** Sheets and csv with a header only. */
  head?: TableHead;
  /** Live rows in file order, in blocks, so that a caller can report progress, stop, and keep memory bounded. */
  blocks(options?: ReadOptions): AsyncIterable<SourceRow[]>;
  /** Sheets and csv: the same table with its header in another row (0-based), -1 for none. */
  reheaded?(headerRow: number): SourceTable;
}

/** An input that cannot be used. `code` is stable; `message` says what, where and what to do, in English. */
export class FormatError extends Error {
  readonly code: string;
  readonly data: Record<string, unknown>;
  constructor(code: string, message: string, data: Record<string, unknown> = {}) {
    super(message);
    this.name = 'FormatError';
    this.code = code;
    this.data = data;
  }
}

export interface WriteField {
  /** Machine name (dbf, gpkg, geojson key). */
  name: string;
  /** Heading a person reads (xlsx, csv). */
  title: string;
  type: FieldType;
  length?: number;
}
export interface WriteRow {
  values: Record<string, string | number | null>;
  shape: Shape | null;
}
export interface WriteTable {
  name: string;
  geometry: 'point' | 'line' | 'polygon' | 'none';
  fields: WriteField[];
  /** CRS of the shapes: 'EPSG:n' or null, its ESRI WKT for a `.prj`, and whether it is geographic (degrees). */
  crs: { code: string | null; wkt: string; geographic: boolean } | null;
  rows: Iterable<WriteRow>;
}
export interface WriteOptions {
  /** 'gbk' | 'utf-8'; formats without a choice ignore it. */
  encoding?: 'gbk' | 'utf-8';
}
export interface WriteResult {
  /** Absolute paths of every file written. */
  files: string[];
  rows: number;
  /** Values the format could not hold in full (too long, not in the encoding): never silent. */
  losses: { row: number; field: string; code: string; value: string }[];
}

export interface Format {
  id: 'shapefile' | 'workbook' | 'csv' | 'geojson' | 'geopackage' | 'kml';
  /** Lower-case extensions (without dot) that start a group of this format. */
  extensions: string[];
  /** Looks at a group and returns its tables with their evidence. Throws FormatError when unusable. Must be bounded in time and memory for any bytes. */
  open(group: FileGroup, options?: ReadOptions): Promise<SourceTable[]>;
  /** Writes one table to `path` (a file path with the format's main extension). The caller writes beside and renames. */
  write?(table: WriteTable, path: string, options?: WriteOptions): Promise<WriteResult>;
}

/** Identity, for inference and one place to look for what a format is. */
export function defineFormat<T extends Format>(format: T): T {
  return format;
}
