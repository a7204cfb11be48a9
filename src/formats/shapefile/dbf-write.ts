import { closeSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { encodeText } from '../encoding/encode.ts';
import type { WriteEncoding } from '../encoding/encode.ts';
import { FileWriter } from '../file-writer.ts';
import { FormatError } from '../format.ts';
import type { WriteField, WriteResult, WriteRow } from '../format.ts';
import { dbfCell } from './dbf-cell.ts';
import type { DbfColumn } from './dbf-cell.ts';

const MAX_TEXT = 254;
const MAX_COLUMNS = 255;
const SPACE = 0x20;

/** Names of at most 10 bytes, unique without regard to case, cut between whole characters. */
function fieldNames(fields: readonly WriteField[], encoding: WriteEncoding): Uint8Array[] {
  const taken = new Set<string>();
  const key = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1').toUpperCase();
  return fields.map((field) => {
    const clean = field.name.replaceAll('\0', '') || 'FIELD';
    let bytes = encodeText(clean, encoding, 10).bytes;
    for (let n = 1; taken.has(key(bytes)); n++) {
      const suffix = Buffer.from(`_${n}`, 'latin1');
      bytes = Buffer.concat([encodeText(clean, encoding, 10 - suffix.length).bytes, suffix]);
    }
    taken.add(key(bytes));
    return bytes;
  });
}

function columnOf(field: WriteField, name: Uint8Array): DbfColumn {
  const room = (most: number, usual: number): number => Math.min(Math.max(field.length ?? usual, 1), most);
  const column = (letter: DbfColumn['letter'], width: number, decimals = 0, open = false): DbfColumn => {
    return { field, name, letter, width, decimals, open };
  };
  switch (field.type) {
    case 'text':
      return column('C', room(MAX_TEXT, MAX_TEXT), 0, field.length === undefined);
    case 'integer':
      return column('N', room(20, 18));
    case 'real':
      return column('N', room(32, 24), 15);
    case 'date':
      return column('D', 8);
    case 'boolean':
      return column('L', 1);
  }
}

/** Writes a dBASE III table row by row. Text columns without a stated length end as wide as their longest value. */
export class DbfWriter {
  readonly #encoding: WriteEncoding;
  readonly #ldid: number;
  readonly #columns: DbfColumn[];
  readonly #longest: number[];
  readonly #file: FileWriter;
  readonly #path: string;
  #rows = 0;
  readonly losses: WriteResult['losses'] = [];

  constructor(path: string, fields: readonly WriteField[], encoding: WriteEncoding, ldid: number) {
    if (fields.length > MAX_COLUMNS)
      throw new FormatError('too-many-fields', `A dBASE table holds at most ${MAX_COLUMNS} fields.`, {
        fields: fields.length,
      });
    // A dBASE table has at least one column; a table without any carries its row number.
    const all: readonly WriteField[] = fields.length > 0 ? fields : [{ name: 'FID', title: 'FID', type: 'integer' }];
    const names = fieldNames(all, encoding);
    this.#path = path;
    this.#encoding = encoding;
    this.#ldid = ldid;
    this.#columns = all.map((field, i) => columnOf(field, names[i] ?? new Uint8Array(0)));
    this.#longest = this.#columns.map(() => 1);
    this.#reportNames();
    this.#file = new FileWriter(path);
    this.#file.write(header(this.#columns, 0, ldid));
  }

  get rows(): number {
    return this.#rows;
  }

  add(row: WriteRow): void {
    const record = Buffer.alloc(recordLength(this.#columns), SPACE);
    this.#rows++;
    let at = 1;
    this.#columns.forEach((column, i) => {
      const value = row.values[column.field.name] ?? null;
      const { bytes, loss } = dbfCell(value, column, this.#encoding);
      if (loss !== null) this.#report(this.#rows, column.field.name, loss, String(value));
      record.set(bytes, column.letter === 'N' ? at + column.width - bytes.length : at);
      if (bytes.length > (this.#longest[i] ?? 0)) this.#longest[i] = bytes.length;
      at += column.width;
    });
    this.#file.write(record);
  }

  finish(): void {
    this.#file.write(Buffer.from([0x1a]));
    this.#file.patch(header(this.#columns, this.#rows, this.#ldid));
    this.#file.close();
    const narrow = this.#columns.map((column, i) =>
      column.open ? { ...column, width: this.#longest[i] ?? column.width } : column,
    );
    if (recordLength(narrow) < recordLength(this.#columns)) this.#narrow(narrow);
  }

  close(): void {
    this.#file.close();
  }

  #report(row: number, field: string, code: string, value: string): void {
    this.losses.push({ row, field, code, value });
  }

  #reportNames(): void {
    for (const { field, name } of this.#columns) {
      const whole = encodeText(field.name, this.#encoding).bytes;
      if (Buffer.compare(whole, name) !== 0) {
        const written = new TextDecoder(this.#encoding === 'gbk' ? 'gbk' : 'utf-8').decode(name);
        this.#report(0, field.name, 'field-renamed', written);
      }
    }
  }

  /** Copies the table with narrower text columns; the wide one was only needed while the longest value was unknown. */
  #narrow(columns: DbfColumn[]): void {
    const wide = `${this.#path}.wide`;
    renameSync(this.#path, wide);
    const input = openSync(wide, 'r');
    const out = new FileWriter(this.#path);
    try {
      out.write(header(columns, this.#rows, this.#ldid));
      const from = Buffer.alloc(recordLength(this.#columns));
      const start = headerLength(this.#columns);
      for (let row = 0; row < this.#rows; row++) {
        readSync(input, from, 0, from.length, start + row * from.length);
        const to = Buffer.alloc(recordLength(columns), SPACE);
        let source = 1;
        let target = 1;
        columns.forEach(({ width }, i) => {
          from.copy(to, target, source, source + width);
          source += this.#columns[i]?.width ?? 0;
          target += width;
        });
        out.write(to);
      }
      out.write(Buffer.from([0x1a]));
    } finally {
      out.close();
      closeSync(input);
      rmSync(wide);
    }
  }
}

const headerLength = (columns: readonly DbfColumn[]): number => 33 + 32 * columns.length;
const recordLength = (columns: readonly DbfColumn[]): number => columns.reduce((sum, { width }) => sum + width, 1);

/** The header of a dBASE III table. The date is left at a fixed day, so that equal tables give equal files. */
function header(columns: readonly DbfColumn[], rows: number, ldid: number): Buffer {
  const head = Buffer.alloc(headerLength(columns));
  head[0] = 0x03;
  head.set([126, 1, 1], 1);
  head.writeUInt32LE(rows, 4);
  head.writeUInt16LE(head.length, 8);
  head.writeUInt16LE(recordLength(columns), 10);
  head[29] = ldid;
  columns.forEach((column, i) => {
    const at = 32 + 32 * i;
    head.set(column.name, at);
    head.write(column.letter, at + 11, 'latin1');
    head[at + 16] = column.width;
    head[at + 17] = column.decimals;
  });
  head[head.length - 1] = 0x0d;
  return head;
}
