import { decideEncoding, encodingByLabel, EncodingProbe, ValueDecoder } from '../../encoding/index.ts';
import { FormatError } from '../../format.ts';
import type { ByteSource, EncodingEvidence, ReadOptions } from '../../format.ts';
import { isDateFormat } from '../dates.ts';
import { Records, TYPE } from './records.ts';
import type { BiffRecord } from './records.ts';
import { RecordReader } from './strings.ts';

const BIFF8 = 0x0600;
const GLOBALS = 0x0005;
const WORKSHEET = 0x0010;
const MOST_SHEETS = 1000;
const MOST_STYLES = 70_000;
/** Characters of all shared strings together. */
const MOST_SHARED = 96 * 1024 * 1024;
const NO_ENCODING: EncodingEvidence = { name: null, confidence: 1, evidence: [], candidates: [] };

export interface XlsSheet {
  name: string;
  hidden: boolean;
  /** Where its records lie in the stream. */
  from: number;
  to: number;
}

/** What an old workbook says outside its sheets. */
export interface XlsBook {
  stream: ByteSource;
  /** BIFF8 keeps Unicode, BIFF5 bytes in some encoding. */
  unicode: boolean;
  sheets: XlsSheet[];
  shared: string[];
  /** By cell style index: does it show a date? */
  dateStyles: boolean[];
  date1904: boolean;
  encoding: EncodingEvidence;
}

interface Globals {
  styles: number[];
  formats: Map<number, string | Uint8Array>;
  sheets: { name: string | Uint8Array; hidden: boolean; kind: number; at: number }[];
  shared: string[];
  codepage: number | null;
  date1904: boolean;
}

/**
 * Reads the workbook part of a stream of BIFF5 or BIFF8 records. `fallback` names the sheet of a stream that has no such part,
 * as simple exporters write it.
 * @throws FormatError 'protected' | 'xls-too-old' | 'not-a-workbook' | 'workbook-too-large'
 */
export function readXlsBook(stream: ByteSource, file: string, fallback: string, options: ReadOptions): XlsBook {
  const records = new Records(stream);
  const bof = records.next();
  if (bof && [0x0009, 0x0209, 0x0409].includes(bof.type))
    throw new FormatError(
      'xls-too-old',
      `${file} is in the format of Excel 4 or older. Open it in Excel or LibreOffice and save it as xlsx.`,
      { file },
    );
  if (bof?.type !== TYPE.bof || bof.data.byteLength < 4)
    throw new FormatError('not-a-workbook', `${file} is no Excel workbook. Save it as xlsx and try again.`, { file });
  const unicode = bof.data.getUint16(0, true) === BIFF8;
  const hasGlobals = bof.data.getUint16(2, true) === GLOBALS;
  const globals: Globals = { styles: [], formats: new Map(), sheets: [], shared: [], codepage: null, date1904: false };
  if (hasGlobals) readGlobals(records, globals, unicode, file);
  else globals.sheets.push({ name: fallback, hidden: false, kind: 0, at: 0 });
  const encoding = unicode ? NO_ENCODING : evidence(stream, globals, options);
  const decoder = new ValueDecoder(encoding.name ?? 'UTF-8');
  const text = (value: string | Uint8Array): string => (typeof value === 'string' ? value : decoder.decode(value).text);
  const starts = [...new Set(globals.sheets.map(({ at }) => at))].toSorted((a, b) => a - b);
  const end = (at: number): number => starts[starts.indexOf(at) + 1] ?? stream.size;
  const taken = new Set<number>();
  const sheets = globals.sheets
    .filter(({ kind, at }) => kind === 0 && !taken.has(at) && taken.add(at))
    .map(({ name, hidden, at }, i) => ({ name: text(name).trim() || `Sheet${i + 1}`, hidden, from: at, to: end(at) }))
    .filter(({ from }) => isSheet(stream, from));
  return {
    stream,
    unicode,
    sheets,
    shared: globals.shared,
    dateStyles: globals.styles.map((id) => {
      const code = globals.formats.get(id);
      return isDateFormat(id, code === undefined ? undefined : text(code));
    }),
    date1904: globals.date1904,
    encoding,
  };
}

/** Whether a worksheet begins here; charts and macros do not count, whatever the list of sheets says. */
function isSheet(stream: ByteSource, at: number): boolean {
  const bof = new Records(stream, at).next();
  if (bof?.type !== TYPE.bof || bof.data.byteLength < 4) return false;
  const kind = bof.data.getUint16(2, true);
  return kind === WORKSHEET || kind === 0;
}

function readGlobals(records: Records, globals: Globals, unicode: boolean, file: string): void {
  for (let record = records.next(); record && record.type !== TYPE.eof; record = records.next()) {
    const { data } = record;
    if (record.type === TYPE.filepass)
      throw new FormatError(
        'protected',
        `${file} is protected by a password. Open it, remove the password and save it again.`,
        { file },
      );
    if (record.type === TYPE.sst) readShared(record, records, globals.shared, file);
    else if (record.type === TYPE.boundSheet) addSheet(record, records, globals, unicode);
    else if (data.byteLength < 2) continue;
    else if (record.type === TYPE.date1904) globals.date1904 = data.getUint16(0, true) === 1;
    else if (record.type === TYPE.codepage) globals.codepage = data.getUint16(0, true);
    else if (record.type === TYPE.format) {
      const reader = new RecordReader(data, records, 2);
      const id = data.getUint16(0, true);
      globals.formats.set(id, unicode ? (reader.unicode(2) ?? '') : reader.bytes(1));
    } else if (record.type === TYPE.xf && data.byteLength >= 4 && globals.styles.length < MOST_STYLES)
      globals.styles.push(data.getUint16(2, true));
  }
}

function addSheet({ data }: BiffRecord, records: Records, globals: Globals, unicode: boolean): void {
  if (data.byteLength < 7 || globals.sheets.length >= MOST_SHEETS) return;
  const at = data.getUint32(0, true);
  const hidden = (data.getUint8(4) & 3) !== 0;
  const kind = data.getUint8(5);
  const reader = new RecordReader(data, records, 6);
  globals.sheets.push({ name: unicode ? (reader.unicode(1) ?? '') : reader.bytes(1), hidden, kind, at });
}

/** Shared strings; how many there are is a claim, how many come is the truth. */
function readShared({ data }: BiffRecord, records: Records, shared: string[], file: string): void {
  if (data.byteLength < 8) return;
  const claimed = data.getUint32(4, true);
  const reader = new RecordReader(data, records, 8);
  let total = 0;
  for (let i = 0; i < claimed; i++) {
    const text = reader.unicode(2);
    if (text === null) return;
    shared.push(text);
    total += text.length + 16;
    if (total > MOST_SHARED)
      throw new FormatError(
        'workbook-too-large',
        'The workbook holds more text than can be read at once. Deliver it as csv.',
        { file },
      );
  }
}

/** Which encoding the texts of a BIFF5 workbook are in: its code page is a claim, all its texts are the evidence. */
function evidence(stream: ByteSource, globals: Globals, options: ReadOptions): EncodingEvidence {
  const label = globals.codepage === null ? null : pageLabel(globals.codepage);
  const name = label === null ? null : encodingByLabel(label);
  const probe = new EncodingProbe([name, options.encoding === undefined ? null : encodingByLabel(options.encoding)]);
  for (const sheet of globals.sheets) if (typeof sheet.name !== 'string') probe.add(sheet.name, false);
  const records = new Records(stream);
  for (let record = records.next(); record; record = records.next()) {
    const at = record.type === TYPE.string ? 0 : record.type === TYPE.label || record.type === TYPE.rString ? 6 : -1;
    if (at >= 0) probe.add(new RecordReader(record.data, records, at).bytes(2), false);
  }
  const claims = label === null ? [] : [{ code: 'codepage-claims', label, name }];
  return decideEncoding(probe, claims, { given: options.encoding, vocabulary: options.vocabulary });
}

/** Excel's number of a code page as a label; it has numbers of its own for two of them. */
const pageLabel = (page: number): string =>
  page === 0x8000 ? 'macintosh' : page === 0x8001 ? 'windows-1252' : String(page);
