/** Builds old Excel files record by record, so that tests can say exactly what stands in them. */

const u16 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, i) => bytes.writeUInt16LE(value & 0xffff, i * 2));
  return bytes;
};
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};
const f64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
};

/** One record of at most 8,224 bytes. */
export const record = (type: number, ...parts: Uint8Array[]): Buffer => {
  const data = Buffer.concat(parts);
  return Buffer.concat([u16(type, data.length), data]);
};

/** A string of BIFF8, two bytes a character, with the length in one or two bytes. */
export const wide = (text: string, lengthBytes: 1 | 2 = 2): Buffer => {
  const body = Buffer.from(text, 'utf16le');
  const length = lengthBytes === 1 ? Buffer.of(text.length) : u16(text.length);
  return Buffer.concat([length, Buffer.of(1), body]);
};

export const bof = (version: number, kind: number): Buffer => record(0x0809, u16(version, kind, 0, 0));
export const eof = record(0x000a);

/** Records of cells; rows and columns from 0, `style` an index into the styles of the book. */
export const cell = {
  number: (row: number, column: number, value: number, style = 0) =>
    record(0x0203, u16(row, column, style), f64(value)),
  /** A whole number packed into an RK, or hundredths of one. */
  rk: (row: number, column: number, value: number, hundredths = false) =>
    record(0x027e, u16(row, column, 0), u32((value << 2) | 2 | (hundredths ? 1 : 0))),
  mulRk: (row: number, column: number, values: number[]) =>
    record(
      0x00bd,
      u16(row, column),
      ...values.map((value) => Buffer.concat([u16(0), u32((value << 2) | 2)])),
      u16(column + values.length - 1),
    ),
  shared: (row: number, column: number, index: number) => record(0x00fd, u16(row, column, 0), u32(index)),
  wide: (row: number, column: number, text: string) => record(0x0204, u16(row, column, 0), wide(text)),
  bytes: (row: number, column: number, text: Uint8Array) => record(0x0204, u16(row, column, 0), u16(text.length), text),
  bool: (row: number, column: number, value: boolean) =>
    record(0x0205, u16(row, column, 0), Buffer.of(value ? 1 : 0, 0)),
  error: (row: number, column: number, code: number) => record(0x0205, u16(row, column, 0), Buffer.of(code, 1)),
  /** A formula with a number as its result, or with a text that stands in the record behind. */
  formula: (row: number, column: number, result: number | string) =>
    typeof result === 'number'
      ? record(0x0006, u16(row, column, 0), f64(result), Buffer.alloc(8))
      : Buffer.concat([
          record(0x0006, u16(row, column, 0), u16(0, 0, 0, 0xffff), Buffer.alloc(8)),
          record(0x04bc, Buffer.alloc(10)),
          record(0x0207, wide(result)),
        ]),
  merged: (...ranges: [top: number, bottom: number, left: number, right: number][]) =>
    record(0x00e5, u16(ranges.length), ...ranges.map((range) => u16(...range))),
};

export interface XlsSheetSource {
  name: string;
  records: Uint8Array[];
  /** 0 shown, 1 hidden, 2 hidden from the menu too. */
  state?: number;
}

/** The records of a whole workbook. `globals` are those before the list of sheets; names are bytes in BIFF5. */
export function bookStream(
  sheets: XlsSheetSource[],
  { version = 0x0600, globals = [] as Uint8Array[], encode = (text: string): Uint8Array => Buffer.from(text) } = {},
): Buffer {
  const unicode = version === 0x0600;
  const bodies = sheets.map(({ records }) => Buffer.concat([bof(version, 0x0010), ...records, eof]));
  const list = (at: number[]): Buffer =>
    Buffer.concat(
      sheets.map(({ name, state = 0 }, i) => {
        const encoded = encode(name);
        const label = unicode ? wide(name, 1) : Buffer.concat([Buffer.of(encoded.length), encoded]);
        return record(0x0085, u32(at[i] ?? 0), Buffer.of(state, 0), label);
      }),
    );
  const head = (at: number[]): Buffer => Buffer.concat([bof(version, 0x0005), ...globals, list(at), eof]);
  const start = head([]).length;
  const places = bodies.map((_, i) => start + bodies.slice(0, i).reduce((sum, body) => sum + body.length, 0));
  return Buffer.concat([head(places), ...bodies]);
}

const SECTOR = 512;
const FREE = 0xffffffff;
const END = 0xfffffffe;
const FAT = 0xfffffffd;

/** Streams in a compound file, one chain of sectors each, large enough never to be a small stream. */
export function compound(streams: Record<string, Uint8Array>): Buffer {
  const names = Object.keys(streams);
  const padded = names.map((name) => {
    const bytes = streams[name] ?? new Uint8Array(0);
    const size = Math.max(4096, Math.ceil(bytes.length / SECTOR) * SECTOR);
    return Buffer.concat([bytes, Buffer.alloc(size - bytes.length)]);
  });
  const data = padded.reduce((sum, bytes) => sum + bytes.length / SECTOR, 0);
  const directory = Math.ceil((names.length + 1) / 4);
  const fatSectors = Math.ceil((data + directory + 200) / 127);
  const fat = Buffer.alloc(fatSectors * SECTOR, 0xff);
  let at = 0;
  const chain = (length: number): number => {
    const start = at;
    for (let i = 0; i < length; i++, at++) fat.writeUInt32LE(i === length - 1 ? END : at + 1, at * 4);
    return start;
  };
  for (let i = 0; i < fatSectors; i++, at++) fat.writeUInt32LE(FAT, at * 4);
  const directoryStart = chain(directory);
  const starts = padded.map((bytes) => chain(bytes.length / SECTOR));
  const header = Buffer.alloc(SECTOR, 0);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  header.writeUInt16LE(0x3e, 24);
  header.writeUInt16LE(3, 26);
  header.writeUInt16LE(0xfffe, 28);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(fatSectors, 44);
  header.writeUInt32LE(directoryStart, 48);
  header.writeUInt32LE(4096, 56);
  header.writeUInt32LE(END, 60);
  header.writeUInt32LE(END, 68);
  for (let i = 0; i < 109; i++) header.writeUInt32LE(i < fatSectors ? i : FREE, 76 + i * 4);
  const entries = Buffer.alloc(directory * SECTOR, 0);
  const entry = (i: number, name: string, type: number, links: number[], start: number, size: number): void => {
    const base = i * 128;
    entries.write(name, base, 'utf16le');
    entries.writeUInt16LE((name.length + 1) * 2, base + 64);
    entries[base + 66] = type;
    links.forEach((link, k) => entries.writeUInt32LE(link, base + 68 + k * 4));
    entries.writeUInt32LE(start, base + 116);
    entries.writeUInt32LE(size, base + 120);
  };
  entry(0, 'Root Entry', 5, [FREE, FREE, names.length > 0 ? 1 : FREE], END, 0);
  names.forEach((name, i) => {
    const next = i + 1 < names.length ? i + 2 : FREE;
    entry(i + 1, name, 2, [FREE, next, FREE], starts[i] ?? END, padded[i]?.length ?? 0);
  });
  return Buffer.concat([header, fat, entries, ...padded]);
}

/** A whole xls of BIFF8. */
export const xlsBook = (sheets: XlsSheetSource[], globals: Uint8Array[] = []): Buffer =>
  compound({ Workbook: bookStream(sheets, { globals }) });
