import { crc32 } from 'node:zlib';
import { decideEncoding, EncodingProbe, ValueDecoder } from './encoding/index.ts';
import { bytesSource } from './file-source.ts';
import type { ByteSource } from './format.ts';
import { FormatError } from './format.ts';
import { inflateEntry, MAX_TOTAL } from './zip-entry.ts';
import type { EntryPlace, UnpackBudget } from './zip-entry.ts';

/** One file in an archive. */
export interface ZipEntry {
  /** Decoded, '/'-separated, harmless: never absolute, never with '..'. */
  name: string;
  /** Unpacked bytes as declared; the truth shows on opening. */
  size: number;
  /** Encrypted entries are listed, and refuse to open. */
  encrypted: boolean;
  /** Unpacks the whole entry. @throws FormatError 'zip-encrypted' | 'zip-bomb' | 'zip-damaged' | 'zip-method' */
  open(): ByteSource;
  /** Unpacks piece by piece, for readers that never need it whole. Throws like `open`. */
  pieces(): Generator<Uint8Array>;
}

const END_SIGNATURE = 0x06054b50;
const END64_LOCATOR = 0x07064b50;
const END64_SIGNATURE = 0x06064b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const MAX_ENTRIES = 20_000;
const MAX_COMMENT = 65_535;

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const damaged = (why: string): FormatError =>
  new FormatError('zip-damaged', `The archive is damaged: ${why}. Pack and deliver it again.`, {});

interface Central {
  rawName: Uint8Array;
  utf8: boolean;
  encrypted: boolean;
  method: number;
  packed: number;
  declared: number;
  crc: number;
  local: number;
}

/**
 * Lists a zip archive by its central directory. Nothing is unpacked yet; `budget` is what all its entries, and archives within it,
 * may come to. Entries that overlap (bombs do) refuse the archive.
 * @throws FormatError 'zip-damaged' | 'zip-too-many'
 */
export function openZip(source: ByteSource, budget: UnpackBudget = { left: MAX_TOTAL }): { entries: ZipEntry[] } {
  const files = readCentral(source).filter(({ rawName }) => rawName.at(-1) !== 0x2f && rawName.length > 0);
  const decode = nameDecoder(files);
  const places = files.map((file): EntryPlace => {
    const head = source.slice(file.local, file.local + 30);
    if (head.length < 30 || view(head).getUint32(0, true) !== LOCAL_SIGNATURE) throw damaged('an entry is missing');
    const start = file.local + 30 + view(head).getUint16(26, true) + view(head).getUint16(28, true);
    if (start + file.packed > source.size) throw damaged('an entry ends beyond the file');
    const { method, packed, declared, crc } = file;
    return { name: decode(file), method, start, packed, declared, crc, charged: 0 };
  });
  refuseOverlaps(files, places);
  const entries = places.map((place, i): ZipEntry => {
    const encrypted = files[i]?.encrypted ?? false;
    const pieces = function* (): Generator<Uint8Array> {
      if (encrypted)
        throw new FormatError(
          'zip-encrypted',
          `"${place.name}" is protected by a password. Unpack the archive yourself and bring in the files.`,
          { entry: place.name },
        );
      yield* inflateEntry(source, place, budget);
    };
    return { name: place.name, size: place.declared, encrypted, pieces, open: () => join(pieces()) };
  });
  return { entries };
}

function join(pieces: Iterable<Uint8Array>): ByteSource {
  const all = [...pieces];
  const bytes = new Uint8Array(all.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of all) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytesSource(bytes);
}

function refuseOverlaps(files: Central[], places: EntryPlace[]): void {
  const spans = files
    .map(({ local }, i) => ({ from: local, to: (places[i]?.start ?? local) + (places[i]?.packed ?? 0) }))
    .toSorted((a, b) => a.from - b.from);
  spans.forEach((span, i) => {
    if (span.from < (spans[i - 1]?.to ?? 0)) throw damaged('its entries overlap');
  });
}

/** Start and number of central directory records. */
function findCentral(source: ByteSource): { at: number; count: number } {
  const from = Math.max(0, source.size - 22 - MAX_COMMENT);
  const tail = source.slice(from, source.size);
  for (let i = tail.length - 22; i >= 0; i--) {
    if (view(tail).getUint32(i, true) !== END_SIGNATURE) continue;
    const count = view(tail).getUint16(i + 10, true);
    const at = view(tail).getUint32(i + 16, true);
    if (count !== 0xffff && at !== 0xffffffff) return { at, count };
    return findCentral64(source, from + i) ?? { at, count };
  }
  throw damaged('its directory is missing, so it was probably cut off');
}

function findCentral64(source: ByteSource, end: number): { at: number; count: number } | null {
  const locator = source.slice(end - 20, end);
  if (locator.length < 20 || view(locator).getUint32(0, true) !== END64_LOCATOR) return null;
  const at = Number(view(locator).getBigUint64(8, true));
  const record = source.slice(at, at + 56);
  if (record.length < 56 || view(record).getUint32(0, true) !== END64_SIGNATURE) return null;
  return { count: Number(view(record).getBigUint64(32, true)), at: Number(view(record).getBigUint64(48, true)) };
}

function readCentral(source: ByteSource): Central[] {
  const { at: start, count } = findCentral(source);
  if (count > MAX_ENTRIES)
    throw new FormatError('zip-too-many', `The archive claims ${count} files; at most ${MAX_ENTRIES} are read.`, {
      count,
    });
  const files: Central[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    const head = source.slice(at, at + 46);
    if (head.length < 46 || view(head).getUint32(0, true) !== CENTRAL_SIGNATURE)
      throw damaged('its directory is cut off');
    const data = view(head);
    const nameLength = data.getUint16(28, true);
    const extraLength = data.getUint16(30, true);
    const rest = source.slice(at + 46, at + 46 + nameLength + extraLength);
    const flags = data.getUint16(8, true);
    const wide = zip64(rest.subarray(nameLength), [
      data.getUint32(24, true),
      data.getUint32(20, true),
      data.getUint32(42, true),
    ]);
    files.push({
      ...nameOf(rest, nameLength, flags),
      encrypted: (flags & 0x1) !== 0,
      method: data.getUint16(10, true),
      crc: data.getUint32(16, true),
      declared: wide[0],
      packed: wide[1],
      local: wide[2],
    });
    at += 46 + nameLength + extraLength + data.getUint16(32, true);
  }
  return files;
}

/** The name as it lies there, or the UTF-8 one beside it (field 0x7075) where that belongs to it. */
function nameOf(rest: Uint8Array, length: number, flags: number): { rawName: Uint8Array; utf8: boolean } {
  const rawName = rest.slice(0, length);
  const extra = rest.subarray(length);
  const data = view(extra);
  for (let at = 0; at + 4 <= extra.length; at += 4 + data.getUint16(at + 2, true)) {
    const end = at + 4 + data.getUint16(at + 2, true);
    if (data.getUint16(at, true) !== 0x7075 || end > extra.length || end < at + 10) continue;
    if (data.getUint8(at + 4) === 1 && data.getUint32(at + 5, true) === crc32(rawName))
      return { rawName: extra.slice(at + 9, end), utf8: true };
  }
  return { rawName, utf8: (flags & 0x800) !== 0 };
}

/** Size, packed size and offset; the 64-bit ones from the extra field where the 32-bit ones are full. */
function zip64(extra: Uint8Array, plain: [number, number, number]): [number, number, number] {
  const data = view(extra);
  for (let at = 0; at + 4 <= extra.length; at += 4 + data.getUint16(at + 2, true)) {
    if (data.getUint16(at, true) !== 1) continue;
    let next = at + 4;
    const [declared, packed, local] = plain.map((value) => {
      if (value !== 0xffffffff || next + 8 > extra.length) return value;
      next += 8;
      return Number(data.getBigUint64(next - 8, true));
    });
    return [declared ?? plain[0], packed ?? plain[1], local ?? plain[2]];
  }
  return plain;
}

/** Names without the UTF-8 flag are in whatever the packer's machine used: decided together, by evidence. */
function nameDecoder(files: readonly Central[]): (file: Central) => string {
  const probe = new EncodingProbe();
  for (const { rawName, utf8 } of files) if (!utf8) probe.add(rawName, false);
  const legacy = new ValueDecoder(decideEncoding(probe, []).name ?? 'GB18030');
  const modern = new ValueDecoder('UTF-8');
  return ({ rawName, utf8 }) => harmless((utf8 ? modern : legacy).decode(rawName).text);
}

function harmless(name: string): string {
  const steps = name.replaceAll('\\', '/').split('/');
  const kept = steps.filter((step) => step !== '' && step !== '.' && step !== '..' && !/^[A-Za-z]:$/.test(step));
  return kept.join('/') || 'unnamed';
}
