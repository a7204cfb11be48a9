import { FormatError } from '../format.ts';
import type { ByteSource, Doubt, EncodingEvidence, FileGroup, ReadOptions, SourceTable } from '../format.ts';
import { openGrid } from '../grid/open-grid.ts';
import type { Merge } from '../grid/rows.ts';
import { openZip } from '../zip.ts';
import { readParts } from './parts.ts';
import type { SheetPart, WorkbookParts } from './parts.ts';
import { sheetRows } from './sheet.ts';

const NO_ENCODING: EncodingEvidence = { name: null, confidence: 1, evidence: [], candidates: [] };
const CHUNK = 1 << 20;
/** The stream of a protected workbook, as its directory spells it (UTF-16LE; MS-OFFCRYPTO 2.3.4). */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * Opens an xlsx: every sheet with something in it is a table.
 * @throws FormatError 'empty' | 'protected' | 'xls-not-read' | 'mislabelled' | 'not-a-workbook' | 'workbook-damaged' | 'zip-…'
 */
export async function openWorkbook(group: FileGroup, options: ReadOptions = {}): Promise<SourceTable[]> {
  const [delivered] = group.files.values();
  if (!delivered) throw new FormatError('empty', `${group.name} has no file.`, { file: group.name });
  const file = delivered.name.split('/').at(-1) ?? delivered.name;
  refuseOthers(delivered.bytes, file);
  const book = readParts(openZip(delivered.bytes).entries, file);
  const tables: SourceTable[] = [];
  for (const sheet of book.sheets) tables.push(await openSheet(sheet, book, file, options));
  const filled = tables.filter(({ info }) => info.rows > 0 || info.fields.length > 0);
  const [first] = filled;
  if (!first) return tables;
  const empty = tables.filter((table) => !filled.includes(table)).map(({ info }) => info.name);
  if (empty.length > 0)
    first.info.doubts.push({
      code: 'empty-sheets',
      message: `Sheets with nothing in them were left out: ${empty.join(', ')}.`,
      data: { sheets: empty },
    });
  return filled;
}

function openSheet(sheet: SheetPart, book: WorkbookParts, file: string, options: ReadOptions): Promise<SourceTable> {
  const merges: Merge[] = [];
  const hidden: Doubt = { code: 'hidden-sheet', message: `The sheet "${sheet.name}" is hidden in ${file}.` };
  return openGrid(
    {
      file,
      name: sheet.name,
      format: 'workbook',
      encoding: NO_ENCODING,
      doubts: sheet.hidden ? [hidden] : [],
      date1904: book.date1904,
      rows: () => toAsync(sheetRows(sheet, book, merges)),
      merges: () => merges,
    },
    options,
  );
}

async function* toAsync<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

function refuseOthers(source: ByteSource, file: string): void {
  const head = source.slice(0, 8);
  if (source.size === 0) throw new FormatError('empty', `${file} is empty. Ask for the file again.`, { file });
  if (head[0] === 0x50 && head[1] === 0x4b) return;
  if (head[0] !== 0xd0 || head[1] !== 0xcf)
    throw new FormatError('mislabelled', `${file} is not an Excel workbook, whatever its name says. Save it as xlsx.`, {
      file,
    });
  if (holds(source, ENCRYPTED))
    throw new FormatError(
      'protected',
      `${file} is protected by a password. Open it, remove the password and save it again.`,
      {
        file,
      },
    );
  throw new FormatError(
    'xls-not-read',
    `${file} is an old Excel file (xls). Open it in Excel or WPS and save it as xlsx.`,
    {
      file,
    },
  );
}

function holds(source: ByteSource, wanted: Buffer): boolean {
  for (let at = 0; at < source.size; at += CHUNK) {
    const bytes = source.slice(at, at + CHUNK + wanted.length);
    if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(wanted)) return true;
  }
  return false;
}
