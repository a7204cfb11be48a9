import { plainDecimal } from '../decimal.ts';
import type { EncodingProbe, ValueDecoder } from '../encoding/index.ts';
import type { ByteSource, FieldType, SourceRow } from '../format.ts';
import { uniqueNames } from '../field-names.ts';
import type { DbfField, DbfHeader } from './dbf-header.ts';
import type { MemoFile } from './dbf-memo.ts';

type Fault = NonNullable<SourceRow['faults']>[number];

const SPACE = 0x20;
const DELETED = 0x2a;
const READ_BYTES = 1 << 20;
const TEXT_TYPES = new Set(['C', 'V']);
const MEMO_TYPES = new Set(['M']);

/** A value's bytes without the blanks and NULs it is padded with behind. */
function unpadded(record: Uint8Array, field: DbfField): Uint8Array {
  let end = Math.min(field.at + field.width, record.length);
  while (end > field.at && ((record[end - 1] ?? 0) === SPACE || (record[end - 1] ?? 0) === 0)) end--;
  return record.subarray(field.at, end);
}

const latin = (bytes: Uint8Array): string => {
  let characters = '';
  for (const byte of bytes) characters += String.fromCharCode(byte);
  return characters;
};

/** One record as it lies in the file. */
export interface DbfRecord {
  /** 0-based among all records, deleted ones included. */
  index: number;
  deleted: boolean;
  bytes: Uint8Array;
}

/** The table of a shapefile. Nothing is decoded until asked. */
export class DbfTable {
  readonly header: DbfHeader;
  readonly #source: ByteSource;
  readonly #memo: MemoFile | null;

  constructor(source: ByteSource, header: DbfHeader, memo: MemoFile | null) {
    this.#source = source;
    this.header = header;
    this.#memo = memo;
  }

  /** All whole records in file order. The bytes are valid until the next one is taken. */
  *records(): Generator<DbfRecord> {
    const { start, stride, records } = this.header;
    const step = Math.max(1, Math.floor(READ_BYTES / stride));
    for (let from = 0; from < records; from += step) {
      const many = Math.min(step, records - from);
      const bytes = this.#source.slice(start + from * stride, start + (from + many) * stride);
      for (let i = 0; (i + 1) * stride <= bytes.length && i < many; i++) {
        const record = bytes.subarray(i * stride, (i + 1) * stride);
        yield { index: from + i, deleted: record[0] === DELETED, bytes: record };
      }
    }
  }

  /** Shows every name and text value to the probe and counts deleted records. */
  probe(probe: EncodingProbe): { deleted: number } {
    const texts = this.header.fields.filter(({ type }) => TEXT_TYPES.has(type));
    const memos = this.header.fields.filter(({ type }) => MEMO_TYPES.has(type));
    for (const { name } of this.header.fields) probe.add(name, name.length >= 10);
    let deleted = 0;
    for (const record of this.records()) {
      if (record.deleted) {
        deleted++;
        continue;
      }
      for (const field of texts) {
        const bytes = unpadded(record.bytes, field);
        if (bytes.length > 0) probe.add(bytes, bytes.length >= field.width);
      }
      for (const field of memos) {
        const bytes = this.#memoBytes(record.bytes, field);
        if (bytes) probe.add(bytes, false);
      }
    }
    return { deleted };
  }

  /** Field names under an encoding, made unique. */
  names(decoder: ValueDecoder): string[] {
    const names = this.header.fields.map(({ name }) => decoder.decode(name).text.trim());
    return uniqueNames(names, (i) => `FIELD_${i + 1}`);
  }

  /** The values of a record as text, keyed by `names`; what could not be read goes to `faults`. */
  values(record: DbfRecord, names: readonly string[], decoder: ValueDecoder, faults: Fault[]): SourceRow['values'] {
    const values: SourceRow['values'] = {};
    this.header.fields.forEach((field, i) => {
      const name = names[i] ?? '';
      const fault: AddFault = (code, message, tail) => {
        faults.push({ field: name, code, message, ...(tail === undefined ? {} : { tail }) });
      };
      values[name] = this.#value(record.bytes, field, decoder, fault);
    });
    return values;
  }

  #value(record: Uint8Array, field: DbfField, decoder: ValueDecoder, fault: AddFault): string | null {
    const bytes = unpadded(record, field);
    switch (field.type) {
      case 'C':
      case 'V':
        return text(bytes, decoder, fault);
      case 'N':
      case 'F':
        return number(latin(bytes), fault);
      case 'D':
        return date(latin(bytes), decoder, bytes, fault);
      case 'L':
        return flag(latin(bytes));
      case 'M':
        return this.#memoText(record, field, decoder, fault);
      default:
        return binary(record.subarray(field.at, field.at + field.width), field, decoder, fault);
    }
  }

  #memoBlock(record: Uint8Array, field: DbfField): number {
    if (field.width !== 4) return Number(latin(unpadded(record, field)).trim() || 0);
    const bytes = record.subarray(field.at, field.at + 4);
    return bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  }

  #memoBytes(record: Uint8Array, field: DbfField): Uint8Array | null {
    const block = this.#memoBlock(record, field);
    return block > 0 ? (this.#memo?.read(block) ?? null) : null;
  }

  #memoText(record: Uint8Array, field: DbfField, decoder: ValueDecoder, fault: AddFault): string | null {
    const block = this.#memoBlock(record, field);
    if (block === 0) return null;
    const bytes = this.#memoBytes(record, field);
    if (bytes) return text(bytes, decoder, fault);
    fault('memo-missing', 'The long text of this cell lies in a memo file (.dbt, .fpt) that is missing or damaged.');
    return null;
  }
}

/** `tail`: bytes of half a character, hexadecimal. */
type AddFault = (code: string, message: string, tail?: string) => void;

function text(bytes: Uint8Array, decoder: ValueDecoder, fault: AddFault): string | null {
  if (bytes.length === 0) return null;
  const decoded = decoder.decode(bytes);
  if (decoded.fault) fault(decoded.fault.code, decoded.fault.message, decoded.fault.tail);
  return decoded.text.trim() === '' ? null : decoded.text;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/;

function number(raw: string, fault: AddFault): string | null {
  const digits = raw.replaceAll('\0', '').trim();
  if (digits === '') return null;
  if (/^\*+$/.test(digits)) {
    fault('number-overflow', 'The cell holds asterisks: the number was too long for its field when it was written.');
    return null;
  }
  if (!NUMBER.test(digits))
    fault('not-a-number', 'The cell of a number field holds something else; it is kept as text.');
  return digits;
}

function date(raw: string, decoder: ValueDecoder, bytes: Uint8Array, fault: AddFault): string | null {
  const digits = raw.replaceAll('\0', '').trim();
  if (digits === '' || /^0+$/.test(digits)) return null;
  if (/^\d{8}$/.test(digits)) return digits;
  fault('not-a-date', 'The cell of a date field holds something else; it is kept as text.');
  return text(bytes, decoder, () => undefined);
}

const flag = (raw: string): string | null => (/^[TtFfYyNn01]/.test(raw) ? raw.slice(0, 1) : null);

/** Julian day of 1970-01-01. */
const JULIAN_1970 = 2_440_588;

/** Binary columns of FoxPro and dBASE 7. */
function binary(bytes: Uint8Array, field: DbfField, decoder: ValueDecoder, fault: AddFault): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = (length: number): boolean => bytes.length >= length;
  if (field.type === 'I' && whole(4)) return String(view.getInt32(0, true));
  if (field.type === '+' && whole(4)) return String(view.getInt32(0, false) ^ (1 << 31));
  if ((field.type === 'B' || field.type === 'O') && field.width === 8 && whole(8)) {
    const value = view.getFloat64(0, true);
    return Number.isFinite(value) ? plainDecimal(value) : null;
  }
  if (field.type === 'Y' && whole(8)) return currency(view.getBigInt64(0, true));
  if (field.type === 'T' && whole(8)) {
    const day = view.getUint32(0, true);
    const time = (day - JULIAN_1970) * 86_400_000 + view.getUint32(4, true);
    if (day === 0) return null;
    if (Math.abs(time) < 8.64e15) return new Date(time).toISOString().replace(/\.000Z$|Z$/, '');
  }
  if (bytes.every((byte) => byte === 0 || byte === SPACE)) return null;
  fault(
    'field-type-unknown',
    `Fields of dBASE type "${field.type}" are not read; the cell is kept as far as it is text.`,
  );
  return text(unpadded(bytes, { ...field, at: 0 }), decoder, () => undefined);
}

function currency(value: bigint): string {
  const digits = String(value < 0n ? -value : value).padStart(5, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** The kind of values a column says it holds. */
export function fieldType({ type, decimals }: DbfField): FieldType {
  if (type === 'N') return decimals === 0 ? 'integer' : 'real';
  if (type === 'F' || type === 'B' || type === 'O' || type === 'Y') return 'real';
  if (type === 'I' || type === '+') return 'integer';
  if (type === 'D') return 'date';
  return type === 'L' ? 'boolean' : 'text';
}
