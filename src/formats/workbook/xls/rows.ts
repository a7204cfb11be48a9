import { ValueDecoder } from '../../encoding/index.ts';
import { plainDecimal } from '../../decimal.ts';
import type { GridRow, Merge } from '../../grid/rows.ts';
import { addCell, ERRORS, numberText } from '../cell.ts';
import type { AddFault } from '../cell.ts';
import type { XlsBook, XlsSheet } from './book.ts';
import { Records, TYPE } from './records.ts';
import type { BiffRecord } from './records.ts';
import { RecordReader } from './strings.ts';

const MOST_MERGES = 20_000;
const CELL_TYPES: number[] = ['formula', 'mulRk', 'rString', 'labelSst', 'number', 'label', 'boolErr', 'rk'].map(
  (name) => TYPE[name as keyof typeof TYPE],
);
const CELLS: ReadonlySet<number> = new Set(CELL_TYPES);

/** A cell's text before it is tidied; faults are of its column. */
type Put = (column: number, text: string | null, faults: { code: string; message: string }[]) => void;

/**
 * Reads the rows of one sheet as they stand. Cells mostly come row by row; where a program wrote them in another order they
 * are sorted by the places of their records. `merges` is filled once the end is reached.
 */
export function* xlsRows(sheet: XlsSheet, book: XlsBook, encoding: string, merges: Merge[]): Generator<GridRow> {
  merges.length = 0;
  const order = inOrder(sheet, book) ? null : sortedPlaces(sheet, book);
  const cells = new CellReader(book, encoding, merges);
  let row: GridRow | null = null;
  for (const { record, records } of order ? placed(book, order) : straight(sheet, book)) {
    if (!CELLS.has(record.type) || record.data.byteLength < 6) {
      cells.other(record);
      continue;
    }
    const number = record.data.getUint16(0, true) + 1;
    if (row !== null && row.row !== number) {
      yield row;
      row = null;
    }
    row ??= { row: number, cells: [] };
    const target = row;
    cells.take(record, records, (column, text, faults) => addCell(target, column, text, faults));
  }
  if (row !== null) yield row;
}

interface Met {
  record: BiffRecord;
  records: Records;
}

/** Records of a sheet in the order of the file; those of charts within it are passed over. */
function* straight(sheet: XlsSheet, { stream }: XlsBook): Generator<Met> {
  const records = new Records(stream, sheet.from, sheet.to);
  let depth = 0;
  for (let record = records.next(); record; record = records.next()) {
    if (record.type === TYPE.bof) depth++;
    else if (record.type === TYPE.eof) {
      if (--depth <= 0) return;
    } else if (depth <= 1) yield { record, records };
  }
}

function* placed({ stream }: XlsBook, places: Float64Array): Generator<Met> {
  for (const key of places) {
    const records = new Records(stream, key % PLACE);
    const record = records.next();
    if (record) yield { record, records };
  }
}

/** Room for the place of a record beside its row in one number that is still exact. */
const PLACE = 2 ** 32;

function inOrder(sheet: XlsSheet, book: XlsBook): boolean {
  let last = 0;
  for (const { record } of straight(sheet, book)) {
    if (!CELLS.has(record.type) || record.data.byteLength < 6) continue;
    const row = record.data.getUint16(0, true);
    if (row < last) return false;
    last = row;
  }
  return true;
}

function sortedPlaces(sheet: XlsSheet, book: XlsBook): Float64Array {
  const keys: number[] = [];
  for (const { record } of straight(sheet, book)) {
    const isCell = CELLS.has(record.type) && record.data.byteLength >= 6;
    if (isCell) keys.push(record.data.getUint16(0, true) * PLACE + record.at);
    // Merged cells come last, whatever their place.
    else if (record.type === TYPE.mergedCells) keys.push(0x10000 * PLACE + record.at);
  }
  return Float64Array.from(keys).toSorted();
}

/** Turns cell records into texts. */
class CellReader {
  readonly #book: XlsBook;
  readonly #decoder: ValueDecoder;
  readonly #merges: Merge[];

  constructor(book: XlsBook, encoding: string, merges: Merge[]) {
    this.#book = book;
    this.#decoder = new ValueDecoder(encoding);
    this.#merges = merges;
  }

  other({ type, data }: BiffRecord): void {
    if (type !== TYPE.mergedCells || data.byteLength < 2) return;
    const count = Math.min(data.getUint16(0, true), Math.floor((data.byteLength - 2) / 8));
    for (let at = 2; at < 2 + count * 8 && this.#merges.length < MOST_MERGES; at += 8) {
      const [top, bottom, left, right] = [0, 2, 4, 6].map((offset) => data.getUint16(at + offset, true));
      if (top === undefined || bottom === undefined || left === undefined || right === undefined) continue;
      this.#merges.push({ top, left, bottom, right });
    }
  }

  take(record: BiffRecord, records: Records, put: Put): void {
    const { data, type } = record;
    if (type === TYPE.mulRk) {
      for (let at = 4, column = data.getUint16(2, true); at + 8 <= data.byteLength; at += 6, column++)
        this.#number(column, data.getUint16(at, true), rkValue(data.getUint32(at + 2, true)), put);
      return;
    }
    const column = data.getUint16(2, true);
    const style = data.getUint16(4, true);
    if (type === TYPE.rk && data.byteLength >= 10) this.#number(column, style, rkValue(data.getUint32(6, true)), put);
    else if (type === TYPE.number && data.byteLength >= 14) this.#number(column, style, data.getFloat64(6, true), put);
    else if (type === TYPE.labelSst && data.byteLength >= 10) this.#shared(column, data.getUint32(6, true), put);
    else if (type === TYPE.label || type === TYPE.rString) this.#text(column, new RecordReader(data, records, 6), put);
    else if (type === TYPE.boolErr && data.byteLength >= 8)
      this.#special(column, data.getUint8(7) === 0 ? 1 : 2, data.getUint8(6), put);
    else if (type === TYPE.formula && data.byteLength >= 14) this.#formula(column, style, data, records, put);
  }

  /** A formula's last result. A text stands in a record of its own behind it. */
  #formula(column: number, style: number, data: DataView, records: Records, put: Put): void {
    if (data.getUint16(12, true) !== 0xffff) {
      this.#number(column, style, data.getFloat64(6, true), put);
      return;
    }
    const kind = data.getUint8(6);
    if (kind === 1 || kind === 2) this.#special(column, kind, data.getUint8(8), put);
    if (kind !== 0) return;
    // Between them the formula itself may stand, where cells share it.
    for (let i = 0; i < 4; i++) {
      const next = records.peek();
      if (next === TYPE.string) {
        const record = records.next();
        if (record) this.#text(column, new RecordReader(record.data, records), put);
        return;
      }
      if (next === null || CELLS.has(next) || next === TYPE.eof) return;
      records.next();
    }
  }

  #text(column: number, reader: RecordReader, put: Put): void {
    if (this.#book.unicode) {
      put(column, reader.unicode(2), []);
      return;
    }
    const { text, fault } = this.#decoder.decode(reader.bytes(2));
    put(column, text, fault && fault.code !== 'control-characters' ? [fault] : []);
  }

  #shared(column: number, index: number, put: Put): void {
    const text = this.#book.shared[index];
    const missing = { code: 'cell-damaged', message: 'The cell points to a text that is not in the workbook.' };
    put(column, text ?? null, text === undefined ? [missing] : []);
  }

  #number(column: number, style: number, value: number, put: Put): void {
    const faults: { code: string; message: string }[] = [];
    const fault: AddFault = (code, message) => faults.push({ code, message });
    if (Number.isFinite(value)) {
      put(
        column,
        numberText(plainDecimal(value), this.#book.dateStyles[style] ?? false, this.#book.date1904, fault),
        faults,
      );
      return;
    }
    fault('not-a-number', 'The cell holds bytes that are no number; it comes blank.');
    put(column, null, faults);
  }

  #special(column: number, kind: 1 | 2, value: number, put: Put): void {
    if (kind === 1) put(column, value === 0 ? 'FALSE' : 'TRUE', []);
    else {
      const message = `The formula in this cell failed: ${ERRORS[value] ?? '#?'}.`;
      put(column, null, [{ code: 'cell-error', message }]);
    }
  }
}

const SCRATCH = new DataView(new ArrayBuffer(8));

/** A number packed into 30 bits: a whole one, or the upper half of a real one; either may be hundredths. */
function rkValue(rk: number): number {
  let value: number;
  if ((rk & 2) === 0) {
    SCRATCH.setUint32(4, rk & 0xfffffffc, true);
    value = SCRATCH.getFloat64(0, true);
  } else value = (rk | 0) >> 2;
  return (rk & 1) === 0 ? value : value / 100;
}
