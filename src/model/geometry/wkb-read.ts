import { GeometryError } from './error.ts';
import type { PolygonRings, Position, Shape } from './types.ts';

/** Reads well-known binary from a byte view, either byte order, ISO and EWKB dimension marks; Z and M are stepped over. */
export class WkbReader {
  readonly #view: DataView;
  #at: number;
  #little = true;
  /** Ordinates a position of the geometry being read has: 2, 3 or 4. */
  #width = 2;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  /** The geometry at the cursor in the form Gewu holds, or null when it is empty. */
  read(): Shape | null {
    switch (this.#header()) {
      case 1: {
        const p = this.#position();
        return isFinitePosition(p) ? { type: 'Point', coordinates: p } : null;
      }
      case 2:
        return lines([this.#positions()]);
      case 3:
        return polygons([this.#rings()]);
      case 4:
        return points(this.#parts(1, () => this.#position()));
      case 5:
        return lines(this.#parts(2, () => this.#positions()));
      default:
        return polygons(this.#parts(3, () => this.#rings()));
    }
  }

  #need(bytes: number): void {
    if (this.#at + bytes > this.#view.byteLength)
      throw new GeometryError(
        'geometry-unreadable',
        `geometry ends after ${this.#view.byteLength} bytes, within a value`,
        {
          at: this.#at,
          bytes: this.#view.byteLength,
        },
      );
  }

  #uint(): number {
    this.#need(4);
    const value = this.#view.getUint32(this.#at, this.#little);
    this.#at += 4;
    return value;
  }

  /** Reads byte order and type; returns 1..6 and notes the width of its positions. */
  #header(): number {
    this.#need(5);
    const order = this.#view.getUint8(this.#at);
    if (order > 1)
      throw new GeometryError('geometry-unreadable', `byte order mark ${order} is neither 0 nor 1`, { at: this.#at });
    this.#little = order === 1;
    this.#at += 1;
    const raw = this.#uint();
    if (raw & 0x20000000) this.#at += 4;
    const iso = Math.floor((raw & 0x0fffffff) / 1000);
    const type = (raw & 0x0fffffff) % 1000;
    const hasZ = (raw & 0x80000000) !== 0 || iso === 1 || iso === 3;
    const hasM = (raw & 0x40000000) !== 0 || iso === 2 || iso === 3;
    if (type < 1 || type > 6 || iso > 3)
      throw new GeometryError('geometry-unsupported', `geometry type ${raw} is not a point, line or polygon`, {
        type: raw,
      });
    this.#width = 2 + (hasZ ? 1 : 0) + (hasM ? 1 : 0);
    return type;
  }

  /** A count that the remaining bytes can hold at all, so that a false one can't ask for gigabytes. */
  #count(bytesEach: number): number {
    const count = this.#uint();
    this.#need(count * bytesEach);
    return count;
  }

  #position(): Position {
    this.#need(8 * this.#width);
    const x = this.#view.getFloat64(this.#at, this.#little);
    const y = this.#view.getFloat64(this.#at + 8, this.#little);
    this.#at += 8 * this.#width;
    return [x, y];
  }

  #positions(): Position[] {
    const count = this.#count(8 * this.#width);
    const out: Position[] = new Array<Position>(count);
    for (let i = 0; i < count; i++) out[i] = this.#position();
    return out;
  }

  #rings(): PolygonRings {
    const count = this.#count(4);
    const out: PolygonRings = [];
    for (let i = 0; i < count; i++) out.push(this.#positions());
    return out;
  }

  #parts<T>(type: number, read: () => T): T[] {
    const count = this.#count(5);
    const out: T[] = [];
    for (let i = 0; i < count; i++) {
      const found = this.#header();
      if (found !== type)
        throw new GeometryError('geometry-unreadable', `a part of type ${found} stands where type ${type} must`, {
          type: found,
        });
      out.push(read());
    }
    return out;
  }
}

function isFinitePosition([x, y]: Position): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

function points(parts: Position[]): Shape | null {
  const coordinates = parts.filter(isFinitePosition);
  return coordinates.length > 0 ? { type: 'MultiPoint', coordinates } : null;
}

function lines(parts: Position[][]): Shape | null {
  const coordinates = parts.filter((line) => line.length > 0);
  return coordinates.length > 0 ? { type: 'MultiLineString', coordinates } : null;
}

function polygons(parts: PolygonRings[]): Shape | null {
  const coordinates = parts.filter((rings) => (rings[0]?.length ?? 0) > 0);
  return coordinates.length > 0 ? { type: 'MultiPolygon', coordinates } : null;
}
