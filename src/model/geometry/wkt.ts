import { GeometryError } from './error.ts';
import type { PolygonRings, Position, Shape } from './types.ts';

/** A cursor over the text: words, brackets, numbers. */
class WktReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  fail(): never {
    throw new GeometryError('geometry-unreadable', `well-known text can't be read at character ${this.#at + 1}`, {
      at: this.#at + 1,
    });
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (!found) return null;
    this.#at = pattern.lastIndex;
    return found[1] ?? '';
  }

  word(): string | null {
    return this.#match(/\s*([A-Za-z]+)/y)?.toUpperCase() ?? null;
  }

  /** Takes the sign if it is next. */
  takes(sign: '(' | ')' | ','): boolean {
    return this.#match(sign === '(' ? /\s*(\()/y : sign === ')' ? /\s*(\))/y : /\s*(,)/y) !== null;
  }

  needs(sign: '(' | ')'): void {
    if (!this.takes(sign)) this.fail();
  }

  ends(): boolean {
    return this.#match(/\s*($)/y) !== null;
  }

  #number(): number | null {
    const text = this.#match(/\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/y);
    return text === null ? null : Number(text);
  }

  /** Two to four ordinates; only the first two are kept. */
  position(): Position {
    const found: number[] = [];
    for (let n = this.#number(); n !== null; n = this.#number()) found.push(n);
    const [x, y] = found;
    if (x === undefined || y === undefined || found.length > 4) this.fail();
    return [x, y];
  }

  list<T>(item: () => T): T[] {
    this.needs('(');
    const out = [item()];
    while (this.takes(',')) out.push(item());
    this.needs(')');
    return out;
  }

  /** A list some of whose items may be EMPTY; those are left out. */
  parts<T>(item: () => T): T[] {
    const out: T[] = [];
    this.list(() => {
      if (this.#match(/\s*(EMPTY)\b/iy) === null) out.push(item());
    });
    return out;
  }

  positions(): Position[] {
    return this.list(() => this.position());
  }

  /** A position of a MULTIPOINT, with or without its own brackets. */
  bracketed(): Position {
    if (!this.takes('(')) return this.position();
    const p = this.position();
    this.needs(')');
    return p;
  }
}

const TYPES = new Set(['POINT', 'MULTIPOINT', 'LINESTRING', 'MULTILINESTRING', 'POLYGON', 'MULTIPOLYGON']);

/**
 * Reads POINT, LINESTRING, POLYGON and their MULTI forms; Z and M are dropped, EMPTY gives null.
 * @throws GeometryError 'geometry-unreadable' with the character, 'geometry-unsupported' for other types
 */
export function parseWkt(text: string): Shape | null {
  const reader: WktReader = new WktReader(text);
  const type = reader.word();
  if (type === null) reader.fail();
  if (!TYPES.has(type))
    throw new GeometryError('geometry-unsupported', `${type} is not a point, line or polygon`, { type });
  let mark = reader.word();
  if (mark === 'Z' || mark === 'M' || mark === 'ZM') mark = reader.word();
  if (mark !== null && mark !== 'EMPTY') reader.fail();
  const shape = mark === 'EMPTY' ? null : body(reader, type);
  if (!reader.ends()) reader.fail();
  return shape?.coordinates.length === 0 ? null : shape;
}

function body(reader: WktReader, type: string): Shape {
  const positions = (): Position[] => reader.positions();
  const rings = (): PolygonRings => reader.list(positions);
  switch (type) {
    case 'POINT': {
      reader.needs('(');
      const coordinates = reader.position();
      reader.needs(')');
      return { type: 'Point', coordinates };
    }
    case 'MULTIPOINT':
      return { type: 'MultiPoint', coordinates: reader.parts(() => reader.bracketed()) };
    case 'LINESTRING':
      return { type: 'MultiLineString', coordinates: [positions()] };
    case 'MULTILINESTRING':
      return { type: 'MultiLineString', coordinates: reader.parts(positions) };
    case 'POLYGON':
      return { type: 'MultiPolygon', coordinates: [rings()] };
    default:
      return { type: 'MultiPolygon', coordinates: reader.parts(rings) };
  }
}

/** Well-known text of a shape, numbers in their shortest exact form. */
export function formatWkt(shape: Shape): string {
  if (shape.type !== 'Point' && shape.coordinates.length === 0) return `${shape.type.toUpperCase()} EMPTY`;
  switch (shape.type) {
    case 'Point':
      return Number.isNaN(shape.coordinates[0]) ? 'POINT EMPTY' : `POINT (${pair(shape.coordinates)})`;
    case 'MultiPoint':
      return `MULTIPOINT (${shape.coordinates.map((p) => `(${pair(p)})`).join(', ')})`;
    case 'MultiLineString':
      return `MULTILINESTRING (${shape.coordinates.map(chain).join(', ')})`;
    case 'MultiPolygon':
      return `MULTIPOLYGON (${shape.coordinates.map((rings) => `(${rings.map(chain).join(', ')})`).join(', ')})`;
  }
}

function pair([x, y]: Position): string {
  return `${x} ${y}`;
}

function chain(positions: Position[]): string {
  return `(${positions.map(pair).join(', ')})`;
}
