import type { ByteSource, Doubt } from '../format.ts';
import { FormatError } from '../format.ts';

/** One column as the header describes it, clamped to the record. */
export interface DbfField {
  /** Raw bytes of the name, still in the table's encoding. */
  name: Uint8Array;
  /** dBASE type letter: C N F D L M I B O Y T V + @ … */
  type: string;
  /** Offset in the record; 0 is the deletion mark. */
  at: number;
  width: number;
  decimals: number;
}

export interface DbfHeader {
  version: number;
  ldid: number;
  start: number;
  stride: number;
  /** Whole records in the file, deleted ones included, never more than the header claims. */
  records: number;
  fields: DbfField[];
  doubts: Doubt[];
}

const FIELD_SIZE = 32;
/** dBASE III+, IV, V, FoxBASE and Visual FoxPro tables, with and without memo. */
const VERSIONS = new Set([
  0x02, 0x03, 0x04, 0x05, 0x07, 0x30, 0x31, 0x32, 0x43, 0x63, 0x7b, 0x83, 0x8b, 0x8c, 0x8e, 0xcb, 0xe5, 0xf5, 0xfb,
]);
const MAX_FIELDS = 2048;

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Reads the header of a dBASE table. Every count in it is checked against the size of the file.
 * @throws FormatError 'dbf-unreadable' when no column can be made out.
 */
export function readDbfHeader(source: ByteSource, file: string): DbfHeader {
  const refuse = (reason: string): FormatError =>
    new FormatError('dbf-unreadable', `${file} is not a readable dBASE table: ${reason}. Ask for the file again.`, {
      file,
      size: source.size,
    });
  if (source.size < FIELD_SIZE + 1) throw refuse(source.size === 0 ? 'it is empty' : 'it ends within its header');
  const head = view(source.slice(0, FIELD_SIZE));
  const version = head.getUint8(0);
  if (!VERSIONS.has(version)) throw refuse('it does not begin as one');
  const claimed = head.getUint32(4, true);
  const statedStart = head.getUint16(8, true);
  const statedStride = head.getUint16(10, true);
  const doubts: Doubt[] = [];
  const { raw, end } = descriptors(source, statedStart);
  if (raw.length === 0) throw refuse('it names no columns');
  const widthSum = raw.reduce((sum, field) => sum + field.width, 1);
  const longSum = raw.reduce((sum, field) => sum + longWidth(field), 1);
  // FoxPro keeps the high byte of a text's width where decimals stand; only then does the record length add up.
  const long = longSum === statedStride && widthSum !== statedStride;
  const sum = long ? longSum : widthSum;
  const stride = statedStride > 1 ? statedStride : sum;
  if (stride !== sum)
    doubts.push({
      code: 'record-length-mismatch',
      message: `The columns of ${file} add up to ${sum} bytes a record, its header says ${stride}.`,
      data: { file, columns: sum, header: stride },
    });
  const start = statedStart >= FIELD_SIZE + 1 && statedStart <= source.size ? statedStart : Math.min(end, source.size);
  if (start !== statedStart)
    doubts.push({
      code: 'header-length-wrong',
      message: `The header of ${file} gives its own length as ${statedStart} bytes, which cannot be.`,
      data: { file, stated: statedStart, used: start },
    });
  const records = countRecords(source, { file, start, stride, claimed }, doubts);
  let at = 1;
  const fields = raw.map((field): DbfField => {
    const wanted = long ? longWidth(field) : field.width;
    const width = Math.max(0, Math.min(wanted, stride - at));
    const clamped = { ...field, at: Math.min(at, stride), width };
    at += wanted;
    return clamped;
  });
  return { version, ldid: head.getUint8(29), start, stride, records, fields, doubts };
}

type RawField = Omit<DbfField, 'at'>;
const longWidth = (field: RawField): number => (field.type === 'C' ? field.width + 256 * field.decimals : field.width);

/** The column descriptions up to the terminator, the stated header length or the end of the file, whichever is first. */
function descriptors(source: ByteSource, statedStart: number): { raw: RawField[]; end: number } {
  const raw: RawField[] = [];
  const limit = statedStart > FIELD_SIZE ? Math.min(statedStart, source.size) : source.size;
  let at = FIELD_SIZE;
  while (raw.length < MAX_FIELDS && at < limit) {
    const bytes = source.slice(at, at + FIELD_SIZE);
    if (bytes[0] === 0x0d || bytes[0] === 0x00 || bytes.length < FIELD_SIZE || at + FIELD_SIZE > limit) break;
    const zero = bytes.indexOf(0);
    const type = String.fromCharCode(bytes[11] ?? 0).toUpperCase();
    const name = bytes.slice(0, zero < 0 || zero > 11 ? 11 : zero);
    if (!/[A-Z0-9+@]/.test(type)) break;
    raw.push({ name, type, width: bytes[16] ?? 0, decimals: bytes[17] ?? 0 });
    at += FIELD_SIZE;
  }
  return { raw, end: at + 1 };
}

function countRecords(
  source: ByteSource,
  { file, start, stride, claimed }: { file: string; start: number; stride: number; claimed: number },
  doubts: Doubt[],
): number {
  const room = source.size - start;
  const whole = Math.floor(room / stride);
  if (claimed > whole) {
    doubts.push({
      code: 'dbf-truncated',
      message: `${file} claims ${claimed} records but holds only ${whole} whole ones; the rest is missing.`,
      data: { file, claimed, whole },
    });
    return whole;
  }
  const beyond = recordsBeyond(source, start + claimed * stride, stride, whole - claimed);
  if (beyond > 0)
    doubts.push({
      code: 'records-beyond-count',
      message: `${file} holds ${beyond} more records behind the ${claimed} its header counts; they were left out.`,
      data: { file, claimed, beyond },
    });
  return claimed;
}

/** Whole records behind the counted ones: each begins with a blank or a deletion mark. */
function recordsBeyond(source: ByteSource, from: number, stride: number, most: number): number {
  let n = 0;
  for (; n < most; n++) {
    const mark = source.slice(from + n * stride, from + n * stride + 1)[0];
    if (mark !== 0x20 && mark !== 0x2a) break;
  }
  return n;
}
