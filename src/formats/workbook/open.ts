import { FormatError } from '../format.ts';
import type { ByteSource, Doubt, EncodingEvidence, FileGroup, ReadOptions, SourceTable } from '../format.ts';
import { openGrid } from '../grid/open-grid.ts';
import type { Merge } from '../grid/rows.ts';
import { openZip } from '../zip.ts';
import { kindOfText, openHtml, openText, openXmlSpreadsheet } from './disguised.ts';
import { readParts } from './parts.ts';
import { sheetRows } from './sheet.ts';
import { readAs, sheetDoubts, toAsync } from './sheets.ts';
import { readXlsBook } from './xls/book.ts';
import { CompoundFile } from './xls/compound.ts';
import { xlsRows } from './xls/rows.ts';

const NO_ENCODING: EncodingEvidence = { name: null, confidence: 1, evidence: [], candidates: [] };

/**
 * Opens a workbook by what it is, whatever its name says: xlsx, xls, an XML spreadsheet, a page of tables, delimited text.
 * Every sheet with something in it is a table.
 * @throws FormatError 'empty' | 'protected' | 'xls-too-old' | 'mislabelled' | 'not-a-workbook' | 'workbook-damaged' | 'zip-…'
 */
export async function openWorkbook(group: FileGroup, options: ReadOptions = {}): Promise<SourceTable[]> {
  const [[extension, delivered] = []] = group.files;
  if (!delivered) throw new FormatError('empty', `${group.name} has no file.`, { file: group.name });
  const file = delivered.name.split('/').at(-1) ?? delivered.name;
  const { bytes } = delivered;
  if (bytes.size === 0) throw new FormatError('empty', `${file} is empty. Ask for the file again.`, { file });
  const tables = await openByContent(group, bytes, file, extension === 'xls', options);
  const filled = tables.filter(({ info }) => info.rows > 0 || info.fields.length > 0);
  const [first] = filled;
  if (!first) return tables.slice(0, 1);
  const empty = tables.filter((table) => !filled.includes(table)).map(({ info }) => info.name);
  if (empty.length > 0)
    first.info.doubts.push({
      code: 'empty-sheets',
      message: `Sheets with nothing in them were left out: ${empty.join(', ')}.`,
      data: { sheets: empty },
    });
  return filled;
}

async function openByContent(
  group: FileGroup,
  bytes: ByteSource,
  file: string,
  isXls: boolean,
  options: ReadOptions,
): Promise<SourceTable[]> {
  const head = Buffer.from(bytes.slice(0, 8)).toString('latin1');
  const name = group.name.split('/').at(-1) ?? group.name;
  if (head.startsWith('PK')) return await openXlsx(bytes, file, isXls, options);
  if (head.startsWith('\xd0\xcf\x11\xe0'))
    return await openXls(compoundStream(bytes, file), file, name, !isXls, options);
  if (isBiff(bytes.slice(0, 4))) return await openXls(bytes, file, name, !isXls, options);
  switch (kindOfText(bytes)) {
    case 'html':
      return await openHtml(bytes, file, name, options);
    case 'xml':
      return await openXmlSpreadsheet(bytes, file, options);
    case 'text':
      return await openText(bytes, group, options);
    case null:
      throw new FormatError(
        'mislabelled',
        `${file} is not an Excel workbook, whatever its name says. Save it as xlsx.`,
        { file },
      );
  }
}

/** Records without a container around them, as simple exporters write: the first one begins a workbook or sheet. */
const isBiff = ([type, version, length, high]: Uint8Array): boolean =>
  type === 0x09 && [0, 2, 4, 8].includes(version ?? 1) && (length ?? 0) >= 4 && (length ?? 0) <= 16 && high === 0;

async function openXlsx(
  bytes: ByteSource,
  file: string,
  disguised: boolean,
  options: ReadOptions,
): Promise<SourceTable[]> {
  const book = readParts(openZip(bytes).entries, file);
  const general: Doubt[] = disguised ? [readAs(file, 'xlsx')] : [];
  if (book.missing.length > 0)
    general.push({
      code: 'sheets-missing',
      message: `${file} lists sheets that are not in it: ${book.missing.join(', ')}. Open it in Excel or WPS and save it again.`,
      data: { file, sheets: book.missing, names: book.missing.join(', ') },
    });
  const tables: SourceTable[] = [];
  for (const sheet of book.sheets) {
    const merges: Merge[] = [];
    tables.push(
      await openGrid(
        {
          file,
          name: sheet.name,
          format: 'workbook',
          encoding: NO_ENCODING,
          doubts: [...general, ...sheetDoubts(sheet, file)],
          date1904: book.date1904,
          rows: () => toAsync(sheetRows(sheet, book, merges)),
          merges: () => merges,
        },
        options,
      ),
    );
  }
  return tables;
}

/** The stream of an encrypted workbook, as its directory spells it (MS-OFFCRYPTO 2.3.4). */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');
const CHUNK = 1 << 20;

/** Looked for in the bytes themselves: the container of a protected file may be damaged, and a person is told the first thing first. */
function isProtected(source: ByteSource): boolean {
  for (let at = 0; at < source.size; at += CHUNK) {
    const bytes = source.slice(at, at + CHUNK + ENCRYPTED.length);
    if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(ENCRYPTED)) return true;
  }
  return false;
}

/** The stream of records of an old workbook. Excel 95 and 97 in one file: the later one is whole. */
function compoundStream(bytes: ByteSource, file: string): ByteSource {
  const found = workbookStream(bytes, file);
  if (!(found instanceof FormatError)) return found;
  throw isProtected(bytes)
    ? new FormatError(
        'protected',
        `${file} is protected by a password. Open it, remove the password and save it again.`,
        { file },
      )
    : found;
}

function workbookStream(bytes: ByteSource, file: string): ByteSource | FormatError {
  try {
    const compound = new CompoundFile(bytes, file);
    const stream = compound.stream('Workbook') ?? compound.stream('Book');
    if (stream) return stream;
    const message = compound.has('WordDocument')
      ? `${file} is a Word document, whatever its name says. Save its table as xlsx.`
      : `${file} holds no workbook, or is damaged. Open it in Excel or WPS and save it as xlsx.`;
    return new FormatError('not-a-workbook', message, { file });
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
}

async function openXls(
  stream: ByteSource,
  file: string,
  name: string,
  disguised: boolean,
  options: ReadOptions,
): Promise<SourceTable[]> {
  const book = readXlsBook(stream, file, name, options);
  if (book.sheets.length === 0)
    throw new FormatError(
      'workbook-damaged',
      `${file} is damaged: none of its sheets could be found. Open it in Excel or WPS and save it again.`,
      { file },
    );
  const tables: SourceTable[] = [];
  for (const sheet of book.sheets) {
    const merges: Merge[] = [];
    tables.push(
      await openGrid(
        {
          file,
          name: sheet.name,
          format: 'workbook',
          encoding: book.encoding,
          doubts: [...(disguised ? [readAs(file, 'xls')] : []), ...sheetDoubts(sheet, file)],
          date1904: book.date1904,
          rows: (given) => toAsync(xlsRows(sheet, book, given ?? book.encoding.name ?? 'UTF-8', merges)),
          merges: () => merges,
        },
        options,
      ),
    );
  }
  return tables;
}
