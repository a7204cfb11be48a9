import type { Bbox } from '../../model/geometry/types.ts';
import { FormatError } from '../format.ts';
import type { ByteSource, Doubt, GeometryKind } from '../format.ts';
import { kindOfType, readShape } from './shp-record.ts';
import type { ShapeRecord } from './shp-record.ts';

const HEADER = 100;
const CODE = 9994;
/** Content of one record held in memory at most; larger claims count as damaged. */
const MAX_RECORD = 512 * 1024 * 1024;

const int32BE = (bytes: Uint8Array, at: number): number =>
  bytes.length < at + 4 ? -1 : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getInt32(at, false);

/** Where each record's content lies, in bytes; length 0 stands for a record that is not whole. */
interface Places {
  starts: Float64Array;
  lengths: Float64Array;
  doubts: Doubt[];
}

/** What a walk over all shapes found. */
export interface ShapeSummary {
  kind: GeometryKind;
  extent: Bbox | null;
  nulls: number;
  damaged: number;
}

/** The shapes of a shapefile, by record number. */
export class ShapeTable {
  readonly #source: ByteSource;
  readonly #places: Places;
  readonly headerKind: GeometryKind | null;

  /** @throws FormatError 'shp-unreadable' when the file is not one or ends within its header. */
  constructor(source: ByteSource, index: ByteSource | null, file: string) {
    this.#source = source;
    const head = source.slice(0, HEADER);
    if (head.length < HEADER || int32BE(head, 0) !== CODE)
      throw new FormatError(
        'shp-unreadable',
        source.size === 0
          ? `${file} is empty. Ask for the file again.`
          : head.length < HEADER
            ? `${file} ends within its header (${source.size} bytes). Ask for the file again.`
            : `${file} is not a shapefile, whatever its name says. Ask for the file again.`,
        { file, size: source.size },
      );
    this.headerKind = kindOfType(new DataView(head.buffer, head.byteOffset).getInt32(32, true));
    this.#places = (index && indexed(source, index, file)) ?? sequential(source, file, index !== null);
  }

  get count(): number {
    return this.#places.starts.length;
  }
  get doubts(): Doubt[] {
    return this.#places.doubts;
  }

  /** Reads one shape by its 0-based record number. */
  read(index: number): ShapeRecord {
    const start = this.#places.starts[index] ?? 0;
    const length = this.#places.lengths[index] ?? 0;
    return readShape(this.#source.slice(start, start + length));
  }

  /** Walks over all shapes: kind, extent and what is missing. */
  summary(): ShapeSummary {
    const kinds = new Set<GeometryKind>();
    const extent: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
    let nulls = 0;
    let damaged = 0;
    for (let i = 0; i < this.count; i++) {
      const { shape, kind, faults } = this.read(i);
      if (!shape) {
        if (faults.length > 0) damaged++;
        else nulls++;
        continue;
      }
      kinds.add(kind);
      stretch(extent, shape.coordinates);
    }
    const [only] = kinds;
    const kind = kinds.size > 1 ? 'mixed' : (only ?? this.headerKind ?? 'none');
    return { kind, extent: Number.isFinite(extent[0]) ? extent : null, nulls, damaged };
  }
}

type Nested = readonly (number | Nested)[];

/** Widens a box by coordinates nested to any depth. */
export function stretch(box: Bbox, coordinates: Nested): void {
  const [x, y] = coordinates;
  if (typeof x === 'number' && typeof y === 'number') {
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
    return;
  }
  for (const inner of coordinates) if (typeof inner !== 'number') stretch(box, inner);
}

/**
 * Places by the `.shx`: it alone knows where records lie in a file with gaps. Null when it does not fit the file at all; where
 * going from record to record finds more than it lists, that is used instead, with a doubt.
 */
function indexed(source: ByteSource, index: ByteSource, file: string): Places | null {
  const count = Math.floor((index.size - HEADER) / 8);
  if (count < 0 || int32BE(index.slice(0, 4), 0) !== CODE) return null;
  const starts = new Float64Array(count);
  const lengths = new Float64Array(count);
  let outside = 0;
  let end = HEADER;
  let total = HEADER;
  for (let i = 0; i < count; i++) {
    const entry = index.slice(HEADER + 8 * i, HEADER + 8 * i + 8);
    const at = int32BE(entry, 0) * 2;
    const head = at >= HEADER ? source.slice(at, at + 8) : new Uint8Array(0);
    // The length before the record itself counts; indexes often repeat it wrongly, and its place rightly.
    const length = int32BE(head, 4) * 2;
    if (head.length < 8 || length < 4 || length > MAX_RECORD || at + 8 + length > source.size) outside++;
    else {
      starts[i] = at + 8;
      lengths[i] = length;
      end = Math.max(end, at + 8 + length);
      total += 8 + length;
    }
  }
  // Entries that share records would let a small file stand for endless work.
  if (total > source.size) return null;
  if (outside === 0 && end === source.size) return { starts, lengths, doubts: [] };
  const walked = sequential(source, file, false);
  if (walked.doubts.length === 0 && walked.starts.length >= count - outside && walked.starts.length !== count)
    return { ...walked, doubts: [badIndex(file)] };
  if (outside === 0) return { starts, lengths, doubts: [] };
  if (walked.starts.length > count - outside) return { ...walked, doubts: [badIndex(file), ...walked.doubts] };
  const message = `${file} lacks ${outside} of the ${count} shapes its index lists; their rows come without a shape.`;
  const doubt = { code: 'shp-truncated', message, data: { file, listed: count, missing: outside } };
  return { starts, lengths, doubts: [doubt] };
}

const badIndex = (file: string): Doubt => ({
  code: 'shx-wrong',
  message: `The index (.shx) of ${file} does not fit it; the shapes were read one after another instead.`,
  data: { file },
});

/** Places found by going from record to record, for as long as they are whole. */
function sequential(source: ByteSource, file: string, indexWasBad: boolean): Places {
  const starts: number[] = [];
  const lengths: number[] = [];
  let at = HEADER;
  while (at + 12 <= source.size) {
    const length = int32BE(source.slice(at, at + 8), 4) * 2;
    if (length < 4 || length > MAX_RECORD || at + 8 + length > source.size) break;
    starts.push(at + 8);
    lengths.push(length);
    at += 8 + length;
  }
  const doubts = indexWasBad ? [badIndex(file)] : [];
  if (at < source.size)
    doubts.push({
      code: 'shp-truncated',
      message: `${file} cannot be followed beyond shape ${starts.length}; what comes after it was not read.`,
      data: { file, whole: starts.length, at, size: source.size },
    });
  const stated = int32BE(source.slice(24, 28), 0) * 2;
  if (at === source.size && stated > source.size)
    doubts.push({
      code: 'shp-truncated',
      message: `${file} should be ${stated} bytes long but is ${source.size}; shapes after number ${starts.length} are missing.`,
      data: { file, whole: starts.length, size: source.size, stated },
    });
  return { starts: Float64Array.from(starts), lengths: Float64Array.from(lengths), doubts };
}
