import type { Position, Ring, Shape } from '../../model/geometry/types.ts';
import { FormatError } from '../format.ts';
import type { WriteTable } from '../format.ts';
import { FileWriter } from '../file-writer.ts';

/** Shape type numbers of the ESRI Shapefile Technical Description (July 1998). */
const TYPES = { point: 1, line: 3, polygon: 5, none: 0 } as const;
/** Offsets are counted in 16-bit words in a signed 32-bit number, and many programs stop at 2 GiB. */
const MAX_BYTES = 0x7fffffff;

/** Twice the signed area of a ring in its own unit; positive when it runs counter-clockwise with y up. */
export function ringArea2(ring: readonly Position[]): number {
  const origin = ring[0];
  if (!origin) return 0;
  let sum = 0;
  for (let i = 1; i + 1 < ring.length; i++) {
    const [ax, ay] = ring[i] ?? origin;
    const [bx, by] = ring[i + 1] ?? origin;
    sum += (ax - origin[0]) * (by - origin[1]) - (bx - origin[0]) * (ay - origin[1]);
  }
  return sum;
}

const closed = (ring: Ring): Ring => {
  const first = ring[0];
  const last = ring.at(-1);
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring;
};

/** Shapefile rings: outer ones clockwise, holes counter-clockwise, the other way round than in a project. */
function orient(ring: Ring, hole: boolean): Ring {
  const whole = closed(ring);
  const clockwise = ringArea2(whole) < 0;
  return clockwise === hole ? whole.toReversed() : whole;
}

/** The parts to write for a shape, or null where the file's one shape type cannot hold it. */
function partsOf(shape: Shape, geometry: WriteTable['geometry']): Position[][] | null {
  if (geometry === 'point' && shape.type === 'Point') return [[shape.coordinates]];
  if (geometry === 'point' && shape.type === 'MultiPoint' && shape.coordinates.length === 1) return [shape.coordinates];
  if (geometry === 'line' && shape.type === 'MultiLineString') return shape.coordinates;
  if (geometry === 'polygon' && shape.type === 'MultiPolygon')
    return shape.coordinates.flatMap((rings) => rings.map((ring, i) => orient(ring, i > 0)));
  return null;
}

/** Writes `.shp` and `.shx` together, one record a call. */
export class ShapeWriter {
  readonly #type: number;
  readonly #geometry: WriteTable['geometry'];
  readonly #shp: FileWriter;
  readonly #shx: FileWriter;
  #records = 0;
  #box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];

  constructor(base: string, geometry: WriteTable['geometry']) {
    this.#geometry = geometry;
    this.#type = TYPES[geometry];
    this.#shp = new FileWriter(`${base}.shp`);
    this.#shx = new FileWriter(`${base}.shx`);
    this.#shp.write(Buffer.alloc(100));
    this.#shx.write(Buffer.alloc(100));
  }

  get files(): string[] {
    return [this.#shp.path, this.#shx.path];
  }

  /** Adds one record; false when the shape does not suit the file and a null shape was written instead. */
  add(shape: Shape | null): boolean {
    const parts = shape ? partsOf(shape, this.#geometry) : null;
    const filled = parts?.filter((part) => part.length > 0) ?? [];
    const content = filled.length === 0 ? Buffer.alloc(4) : this.#content(filled);
    const offset = this.#shp.size / 2;
    if (this.#shp.size + content.length + 8 > MAX_BYTES)
      throw new FormatError(
        'too-large',
        'A shapefile holds at most 2 GB of shapes. Export a part of the layer, or write a GeoPackage.',
        { rows: this.#records },
      );
    const head = Buffer.alloc(8);
    head.writeInt32BE(++this.#records, 0);
    head.writeInt32BE(content.length / 2, 4);
    this.#shp.write(head);
    this.#shp.write(content);
    const entry = Buffer.alloc(8);
    entry.writeInt32BE(offset, 0);
    entry.writeInt32BE(content.length / 2, 4);
    this.#shx.write(entry);
    return shape === null || filled.length > 0;
  }

  /** Fills in both headers and closes. */
  finish(): void {
    this.#shp.patch(this.#header(this.#shp.size));
    this.#shx.patch(this.#header(this.#shx.size));
    this.close();
  }

  close(): void {
    this.#shp.close();
    this.#shx.close();
  }

  #content(parts: Position[][]): Buffer {
    const box = boxOf(parts);
    const all = this.#box;
    this.#box = [
      Math.min(all[0], box[0]),
      Math.min(all[1], box[1]),
      Math.max(all[2], box[2]),
      Math.max(all[3], box[3]),
    ];
    if (this.#geometry === 'point') {
      const out = Buffer.alloc(20);
      out.writeInt32LE(this.#type, 0);
      out.writeDoubleLE(box[0], 4);
      out.writeDoubleLE(box[1], 12);
      return out;
    }
    const count = parts.reduce((sum, part) => sum + part.length, 0);
    const out = Buffer.alloc(44 + 4 * parts.length + 16 * count);
    out.writeInt32LE(this.#type, 0);
    box.forEach((value, i) => out.writeDoubleLE(value, 4 + 8 * i));
    out.writeInt32LE(parts.length, 36);
    out.writeInt32LE(count, 40);
    let start = 0;
    let at = 44 + 4 * parts.length;
    parts.forEach((part, i) => {
      out.writeInt32LE(start, 44 + 4 * i);
      start += part.length;
      for (const [x, y] of part) {
        out.writeDoubleLE(x, at);
        out.writeDoubleLE(y, at + 8);
        at += 16;
      }
    });
    return out;
  }

  #header(bytes: number): Buffer {
    const head = Buffer.alloc(100);
    head.writeInt32BE(9994, 0);
    head.writeInt32BE(bytes / 2, 24);
    head.writeInt32LE(1000, 28);
    head.writeInt32LE(this.#type, 32);
    const empty = !Number.isFinite(this.#box[0]);
    this.#box.forEach((value, i) => head.writeDoubleLE(empty ? 0 : value, 36 + 8 * i));
    return head;
  }
}

function boxOf(parts: Position[][]): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const part of parts)
    for (const [x, y] of part) {
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }
  return box;
}
