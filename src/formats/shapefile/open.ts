import { setImmediate } from 'node:timers/promises';
import { addSample } from '../field-names.ts';
import {
  decideEncoding,
  encodingByLabel,
  encodingByLdid,
  EncodingProbe,
  textDecoder,
  ValueDecoder,
} from '../encoding/index.ts';
import type { EncodingClaim } from '../encoding/index.ts';
import { FormatError } from '../format.ts';
import type { Doubt, FileGroup, ReadOptions, SourceField, SourceRow, SourceTable, TableInfo } from '../format.ts';
import { readDbfHeader } from './dbf-header.ts';
import { MemoFile } from './dbf-memo.ts';
import { DbfTable, fieldType } from './dbf-read.ts';
import { ShapeTable } from './shp-read.ts';

const BLOCK_ROWS = 2000;
const SAMPLE_ROWS = 2000;
/** Text of a `.prj` or `.cpg` read at most. */
const MAX_SIDECAR = 65_536;

interface Parts {
  file: string;
  dbf: DbfTable | null;
  shapes: ShapeTable | null;
  doubts: Doubt[];
}

/**
 * Opens a shapefile, or a table alone. A missing or broken half is a doubt as long as the other half can be read.
 * @throws FormatError of the half that could not be read when nothing is left.
 */
export function openShapefile(group: FileGroup, options: ReadOptions = {}): SourceTable {
  const parts = openParts(group);
  const { dbf, shapes, doubts } = parts;
  const stated = dbf ? claims(group, dbf.header.ldid) : [];
  const given = options.encoding;
  const probe = new EncodingProbe([
    ...stated.map(({ name }) => name),
    given === undefined ? null : encodingByLabel(given),
  ]);
  const deleted = dbf?.probe(probe).deleted ?? 0;
  const encoding = decideEncoding(probe, stated, { given, vocabulary: options.vocabulary });
  const summary = shapes?.summary() ?? null;
  const records = dbf?.header.records ?? 0;
  if (dbf && shapes && shapes.count !== records)
    doubts.push({
      code: 'count-mismatch',
      message: `${parts.file} has ${shapes.count} shapes but ${records} records; the rows beyond come with what they have.`,
      data: { file: parts.file, shapes: shapes.count, records },
    });
  if (summary && summary.damaged > 0)
    doubts.push({
      code: 'shapes-damaged',
      message: `${summary.damaged} shapes of ${parts.file} could not be read; their rows come without a shape.`,
      data: { file: parts.file, shapes: summary.damaged },
    });
  const info: TableInfo = {
    file: parts.file,
    name: group.name.split('/').at(-1) ?? group.name,
    format: 'shapefile',
    geometry: summary?.kind ?? 'none',
    rows: Math.max(records, shapes?.count ?? 0) - deleted,
    deletedRows: deleted,
    encoding,
    crsStated: sidecarText(group, 'prj'),
    extent: summary?.extent ?? null,
    fields: describeFields(dbf, encoding.name ?? 'GB18030'),
    doubts,
  };
  return { info, blocks: (read) => blocks(parts, read?.encoding ?? encoding.name ?? 'GB18030', read?.blockRows) };
}

function openParts(group: FileGroup): Parts {
  const shp = group.files.get('shp');
  const dbf = group.files.get('dbf');
  const file = (shp ?? dbf)?.name.split('/').at(-1) ?? group.name;
  const doubts: Doubt[] = [];
  const attempt = <T>(open: () => T): T | FormatError => {
    try {
      return open();
    } catch (error) {
      if (error instanceof FormatError) return error;
      throw error;
    }
  };
  const shapes = shp && attempt(() => new ShapeTable(shp.bytes, group.files.get('shx')?.bytes ?? null, shp.name));
  const table = dbf && attempt(() => openDbf(group, dbf.name));
  const shapesFailed = shapes instanceof FormatError;
  const tableFailed = table instanceof FormatError;
  if (shapesFailed && (tableFailed || !table)) throw shapes;
  if (tableFailed && !shapes) throw table;
  if (!shp && !dbf) throw new FormatError('no-shapes', `${group.name} has neither a .shp nor a .dbf.`, { file });
  for (const failed of [shapes, table])
    if (failed instanceof FormatError) doubts.push({ code: failed.code, message: failed.message, data: failed.data });
  if (!shp) doubts.push(missing(file, 'shp', 'the table comes without shapes'));
  if (!dbf) doubts.push(missing(file, 'dbf', 'the shapes come without attributes'));
  doubts.push(...missingSidecars(group, file));
  const usableShapes = shapes && !shapesFailed ? shapes : null;
  const usableTable = table && !tableFailed ? table : null;
  doubts.push(...(usableShapes?.doubts ?? []), ...(usableTable?.header.doubts ?? []));
  return { file, shapes: usableShapes, dbf: usableTable, doubts };
}

const missing = (file: string, extension: string, result: string): Doubt => ({
  code: `${extension}-missing`,
  message: `${file} was delivered without its .${extension}: ${result}. Ask for the missing file.`,
  data: { file },
});

/** What belongs to shapes and can be done without: the index, the coordinate system, the encoding. One doubt for all. */
function missingSidecars(group: FileGroup, file: string): Doubt[] {
  if (!group.files.has('shp')) return [];
  const wanted = group.files.has('dbf') ? ['shx', 'prj', 'cpg'] : ['shx', 'prj'];
  const absent = wanted.filter((extension) => !group.files.has(extension)).map((extension) => `.${extension}`);
  if (absent.length === 0) return [];
  const list = absent.join(', ');
  return [
    {
      code: 'sidecars-missing',
      message: `${file} was delivered without ${list}; what they say is judged by the data instead.`,
      data: { file, missing: list, extensions: absent },
    },
  ];
}

function openDbf(group: FileGroup, name: string): DbfTable {
  const source = group.files.get('dbf')?.bytes;
  if (!source) throw new FormatError('dbf-unreadable', `${name} is missing.`, { file: name });
  const memo = ['dbt', 'fpt'].find((extension) => group.files.has(extension));
  const memoBytes = memo === undefined ? undefined : group.files.get(memo)?.bytes;
  return new DbfTable(source, readDbfHeader(source, name), memo && memoBytes ? new MemoFile(memoBytes, memo) : null);
}

function claims(group: FileGroup, ldid: number): EncodingClaim[] {
  const label = sidecarText(group, 'cpg');
  const driver = `0x${ldid.toString(16).padStart(2, '0').toUpperCase()}`;
  return [
    ...(label === null ? [] : [{ code: 'cpg-claims', label, name: encodingByLabel(label) }]),
    { code: 'ldid-claims', label: driver, name: encodingByLdid(ldid) },
  ];
}

/** Text of a small sidecar; a Chinese name in a `.prj` may be in any encoding, its keywords never are. */
function sidecarText(group: FileGroup, extension: string): string | null {
  const bytes = group.files.get(extension)?.bytes.slice(0, MAX_SIDECAR);
  if (!bytes || bytes.length === 0) return null;
  const utf8 = textDecoder('utf-8').decode(bytes);
  const text = (utf8.includes('\ufffd') ? textDecoder('gb18030').decode(bytes) : utf8).replace(/^\ufeff/, '');
  return text.replaceAll('\0', '').trim() || null;
}

function describeFields(dbf: DbfTable | null, encoding: string): SourceField[] {
  if (!dbf) return [];
  const decoder = new ValueDecoder(encoding);
  const names = dbf.names(decoder);
  const fields = dbf.header.fields.map((field, i): SourceField => {
    return { name: names[i] ?? '', type: fieldType(field), length: field.width, samples: [] };
  });
  let seen = 0;
  for (const record of dbf.records()) {
    if (record.deleted) continue;
    if (++seen > SAMPLE_ROWS) break;
    const values = dbf.values(record, names, decoder, []);
    for (const field of fields) addSample(field, values[field.name] ?? null);
  }
  return fields;
}

async function* blocks(parts: Parts, encoding: string, blockRows = BLOCK_ROWS): AsyncGenerator<SourceRow[]> {
  const size = Math.max(1, blockRows);
  let block: SourceRow[] = [];
  for (const row of rows(parts, new ValueDecoder(encoding))) {
    block.push(row);
    if (block.length < size) continue;
    yield block;
    block = [];
    // Lets timers and messages of the thread through between blocks.
    await setImmediate();
  }
  if (block.length > 0) yield block;
}

function* rows({ dbf, shapes }: Parts, decoder: ValueDecoder): Generator<SourceRow> {
  const names = dbf?.names(decoder) ?? [];
  let next = 0;
  if (dbf)
    for (const record of dbf.records()) {
      next = record.index + 1;
      if (!record.deleted) yield makeRow(record.index, shapes, (faults) => dbf.values(record, names, decoder, faults));
    }
  const blank = Object.fromEntries(names.map((name) => [name, null]));
  for (let index = next; index < (shapes?.count ?? 0); index++)
    yield makeRow(index, shapes, (faults) => {
      if (dbf) faults.push({ field: null, code: 'no-attributes', message: 'This shape has no record in the .dbf.' });
      return { ...blank };
    });
}

type Faults = NonNullable<SourceRow['faults']>;

function makeRow(index: number, shapes: ShapeTable | null, read: (faults: Faults) => SourceRow['values']): SourceRow {
  const faults: Faults = [];
  const row: SourceRow = { row: index + 1, values: read(faults), shape: null };
  if (shapes && index < shapes.count) {
    const record = shapes.read(index);
    row.shape = record.shape;
    if (record.z) row.z = record.z;
    if (record.m) row.m = record.m;
    faults.push(...record.faults);
  }
  if (faults.length > 0) row.faults = faults;
  return row;
}
