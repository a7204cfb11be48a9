import { bytesSource } from '../../file-source.ts';
import { FormatError } from '../../format.ts';
import type { ByteSource } from '../../format.ts';

const HEADER = 512;
const ENTRY = 128;
const MOST_ENTRIES = 10_000;
/** Sector numbers from here on are marks, not places. */
const LAST_SECTOR = 0xfffffffa;
const NONE = 0xffffffff;
const STREAM = 2;

interface Entry {
  name: string;
  type: number;
  left: number;
  right: number;
  child: number;
  start: number;
  size: number;
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * A compound file (MS-CFB): streams in sectors, as old Office files are. Chains are followed no longer than the file is, so
 * that loops in them end. What is missing of a stream shows as its early end.
 * @throws FormatError 'workbook-damaged'
 */
export class CompoundFile {
  readonly #source: ByteSource;
  readonly #sectorSize: number;
  readonly #fat: Uint32Array;
  readonly #entries: Entry[];
  readonly #mini: { cutoff: number; size: number; fat: Uint32Array };

  constructor(source: ByteSource, file: string) {
    this.#source = source;
    const head = view(source.slice(0, HEADER));
    const shift = head.byteLength < HEADER ? 0 : head.getUint16(30, true);
    const miniShift = head.byteLength < HEADER ? 0 : head.getUint16(32, true);
    if (shift < 7 || shift > 16 || miniShift > shift)
      throw new FormatError(
        'workbook-damaged',
        `${file} is damaged: its first bytes make no sense. Open it in Excel or WPS and save it again.`,
        { file },
      );
    this.#sectorSize = 2 ** shift;
    this.#fat = this.#readFat(head);
    this.#entries = this.#readEntries(head.getUint32(48, true));
    const miniSectors = this.#chain(head.getUint32(60, true), Infinity);
    const miniFat = joined(this.#gather(miniSectors));
    this.#mini = { cutoff: head.getUint32(56, true), size: 2 ** miniShift, fat: miniFat };
  }

  get #sectors(): number {
    return Math.ceil(this.#source.size / this.#sectorSize);
  }

  #sector(number: number): Uint8Array {
    const at = (number + 1) * this.#sectorSize;
    return this.#source.slice(at, at + this.#sectorSize);
  }

  *#gather(numbers: Iterable<number>): Generator<Uint8Array> {
    for (const number of numbers) yield this.#sector(number);
  }

  /** The allocation table, by the list of its sectors in the header and the sectors that continue it. */
  #readFat(head: DataView): Uint32Array {
    const most = this.#sectors;
    const places: number[] = [];
    for (let at = 76; at < HEADER; at += 4) places.push(head.getUint32(at, true));
    let next = head.getUint32(68, true);
    for (let seen = 0; next < LAST_SECTOR && next < most && seen < most; seen++) {
      const sector = view(this.#sector(next));
      const last = sector.byteLength - 4;
      for (let at = 0; at < last; at += 4) places.push(sector.getUint32(at, true));
      if (places.length > most + 200) break;
      next = last < 0 ? NONE : sector.getUint32(last, true);
    }
    const used = places.filter((place) => place < LAST_SECTOR && place < most).slice(0, most);
    return joined(this.#gather(used)).subarray(0, most);
  }

  /** Sector numbers from `start` on, as far as they lie in the file; never longer than the file. */
  #chain(start: number, most: number): number[] {
    const numbers: number[] = [];
    const limit = Math.min(most, this.#sectors);
    let next = start;
    while (next < LAST_SECTOR && next < this.#sectors && numbers.length < limit) {
      numbers.push(next);
      next = this.#fat[next] ?? NONE;
    }
    return numbers;
  }

  #readEntries(start: number): Entry[] {
    const perSector = Math.max(1, Math.floor(this.#sectorSize / ENTRY));
    const entries: Entry[] = [];
    for (const sector of this.#gather(this.#chain(start, MOST_ENTRIES / perSector + 1)))
      for (let at = 0; at + ENTRY <= sector.length; at += ENTRY)
        entries.push(readEntry(sector.subarray(at, at + ENTRY)));
    return entries;
  }

  /** Names of the streams directly in the root, with their entries. */
  #inRoot(): Map<string, Entry> {
    const found = new Map<string, Entry>();
    const seen = new Set<number>();
    const waiting = [this.#entries[0]?.child ?? NONE];
    while (waiting.length > 0) {
      const id = waiting.pop() ?? NONE;
      const entry = this.#entries[id];
      if (!entry || seen.has(id)) continue;
      seen.add(id);
      if (entry.type === STREAM) found.set(entry.name.toLowerCase(), entry);
      waiting.push(entry.left, entry.right);
    }
    return found;
  }

  /** Whether a stream or storage of this name lies anywhere in the file. */
  has(name: string): boolean {
    return this.#entries.some((entry) => entry.name.toLowerCase() === name.toLowerCase());
  }

  /** A stream of the root by its name, in any letter case; where the root's tree is broken, one of that name from anywhere. */
  stream(name: string): ByteSource | null {
    const wanted = name.toLowerCase();
    const entry =
      this.#inRoot().get(wanted) ??
      this.#entries.find((candidate) => candidate.type === STREAM && candidate.name.toLowerCase() === wanted);
    if (!entry) return null;
    if (entry.size < this.#mini.cutoff) return this.#small(entry);
    const sectors = this.#chain(entry.start, Math.ceil(entry.size / this.#sectorSize));
    return this.#chained(sectors, Math.min(entry.size, sectors.length * this.#sectorSize));
  }

  /** Small streams lie in sectors of their own within the root's stream; they are copied out. */
  #small(entry: Entry): ByteSource {
    const root = this.#entries[0];
    const holder = this.#chained(this.#chain(root?.start ?? NONE, Infinity), root?.size ?? 0);
    const { size, fat } = this.#mini;
    const pieces: Uint8Array[] = [];
    const most = Math.ceil(entry.size / size);
    for (let next = entry.start; next < LAST_SECTOR && pieces.length < most; next = fat[next] ?? NONE)
      pieces.push(holder.slice(next * size, (next + 1) * size));
    return bytesSource(Uint8Array.from(Buffer.concat(pieces)).subarray(0, entry.size));
  }

  #chained(sectors: number[], size: number): ByteSource {
    const sectorSize = this.#sectorSize;
    return {
      size,
      slice: (from, to) => {
        const start = Math.max(0, from);
        const end = Math.min(to, size);
        if (end <= start) return new Uint8Array(0);
        const bytes = new Uint8Array(end - start);
        for (let at = start; at < end;) {
          const index = Math.floor(at / sectorSize);
          const offset = at - index * sectorSize;
          // Sectors that follow each other in the file are read together.
          let run = 1;
          while (at - offset + run * sectorSize < end && sectors[index + run] === (sectors[index] ?? 0) + run) run++;
          const place = ((sectors[index] ?? 0) + 1) * sectorSize + offset;
          const length = Math.min(run * sectorSize - offset, end - at);
          const piece = this.#source.slice(place, place + length);
          bytes.set(piece, at - start);
          if (piece.length < length) return bytes.subarray(0, at - start + piece.length);
          at += length;
        }
        return bytes;
      },
    };
  }
}

function readEntry(bytes: Uint8Array): Entry {
  const data = view(bytes);
  const length = Math.min(64, Math.max(0, data.getUint16(64, true) - 2));
  const name = Buffer.from(bytes.buffer, bytes.byteOffset, length - (length % 2)).toString('utf16le');
  return {
    name,
    type: data.getUint8(66),
    left: data.getUint32(68, true),
    right: data.getUint32(72, true),
    child: data.getUint32(76, true),
    start: data.getUint32(116, true),
    size: data.getUint32(120, true),
  };
}

/** Little-endian 32-bit numbers of pieces of bytes. */
function joined(pieces: Iterable<Uint8Array>): Uint32Array {
  const all: number[] = [];
  for (const piece of pieces) {
    const data = view(piece);
    for (let at = 0; at + 4 <= piece.length; at += 4) all.push(data.getUint32(at, true));
  }
  return Uint32Array.from(all);
}
