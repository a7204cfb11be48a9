import { collect, readShape, ringsOf } from '../placed.ts';
import type { Place, Placed, ReadShape } from '../placed.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** Positions of one placemark: more is no shape a person drew. */
const MOST_PLACES = 2_000_000;

type Problem = { code: string; message: string };

const NOT_NUMBERS: Problem = {
  code: 'coordinate-not-a-number',
  message: 'A position of this geometry is not two numbers.',
};
const MIXED: Problem = {
  code: 'shape-mixed',
  message: 'A collection of points, lines and areas together cannot be one shape.',
};
const NO_RING: Problem = { code: 'shape-damaged', message: 'An area without an outer boundary has no shape.' };
const TOO_MANY: Problem = { code: 'shape-damaged', message: `The geometry has more than ${MOST_PLACES} positions.` };

const number = (text: string | undefined): number =>
  text !== undefined && NUMBER.test(text) ? Number(text) : Number.NaN;

function place(x: string | undefined, y: string | undefined, z: string | undefined): Place | null {
  const found: Place = [number(x), number(y), number(z)];
  if (!Number.isFinite(found[2])) found[2] = Number.NaN;
  return Number.isFinite(found[0]) && Number.isFinite(found[1]) ? found : null;
}

/** Positions out of a `coordinates` text: tuples between white space, with or without spaces after the commas; null for garbage. */
function places(text: string): Place[] | null {
  const found: Place[] = [];
  let tuple = '';
  const take = (): boolean => {
    const parts = (tuple.endsWith(',') ? tuple.slice(0, -1) : tuple).split(',');
    const one = parts.length > 3 ? null : place(parts[0], parts[1], parts[2]);
    if (one) found.push(one);
    return one !== null;
  };
  for (const word of text.split(/\s+/)) {
    if (word === '') continue;
    const goesOn = tuple !== '' && (word.startsWith(',') || (tuple.endsWith(',') && commas(tuple) < 3));
    if (goesOn) tuple += word;
    else {
      if (tuple !== '' && !take()) return null;
      tuple = word;
    }
  }
  return tuple !== '' && !take() ? null : found;
}

const commas = (text: string): number => text.split(',').length - 1;

const MULTI = new Set(['MultiGeometry', 'MultiPolygon', 'MultiLineString', 'MultiPoint', 'MultiTrack']);
const SINGLE = new Set(['Point', 'LineString', 'LinearRing', 'Polygon', 'Track', 'Model', 'LatLonBox', 'LatLonQuad']);

interface Open {
  element: string;
  /** Whether it lies in a polygon's outer or inner boundary. */
  inner: boolean;
  places: Place[];
  outer: Place[][];
  holes: Place[][];
  parts: (Placed | null)[];
  /** Words of a `Model`'s location or a `LatLonBox`, by element. */
  words: Record<string, string>;
}

/** Gathers the geometry of one placemark from the elements met in it. A fault leaves it without a shape and is told once. */
export class KmlGeometry {
  problem: Problem | null = null;
  readonly #open: Open[] = [];
  readonly #roots: (Placed | null)[] = [];
  #inner = false;
  #count = 0;

  /** Whether `element` begins a geometry, which is then open. */
  begin(element: string): boolean {
    if (element === 'innerBoundaryIs' || element === 'outerBoundaryIs') this.#inner = element === 'innerBoundaryIs';
    if (!SINGLE.has(element) && !MULTI.has(element)) return false;
    this.#open.push({ element, inner: this.#inner, places: [], outer: [], holes: [], parts: [], words: {} });
    return true;
  }

  get inside(): boolean {
    return this.#open.length > 0;
  }

  /** The text of an element within the geometry. */
  word(element: string, text: string): void {
    const open = this.#open.at(-1);
    if (!open) return;
    if (element === 'coordinates') this.#take(open, places(text));
    else if (element === 'coord') {
      const [x, y, z] = text.trim().split(/\s+/);
      // A track may leave a moment without a place.
      if (x !== '' && x !== undefined) this.#take(open, one(place(x, y, z)));
    } else open.words[element] = text;
  }

  #take(open: Open, found: Place[] | null): void {
    if (found === null) this.problem ??= NOT_NUMBERS;
    else if ((this.#count += found.length) > MOST_PLACES) this.problem ??= TOO_MANY;
    else for (const each of found) open.places.push(each);
  }

  end(element: string): void {
    if (this.#open.at(-1)?.element !== element) return;
    const closed = this.#open.pop();
    const parent = this.#open.at(-1);
    if (!closed) return;
    if (element === 'LinearRing' && parent?.element === 'Polygon') {
      (closed.inner ? parent.holes : parent.outer).push(closed.places);
      return;
    }
    const shape = this.#shape(closed);
    (parent ? parent.parts : this.#roots).push(shape);
  }

  #shape(open: Open): Placed | null {
    if (MULTI.has(open.element)) return this.#collected(open.parts);
    switch (open.element) {
      case 'Polygon':
        return this.#polygon([...open.outer, ...open.holes]);
      case 'LatLonQuad':
        return open.places.length > 0 ? this.#polygon([open.places]) : null;
      case 'LatLonBox':
        return this.#box(open.words);
      case 'Model':
        return this.#model(open.words);
      default: {
        const [first] = open.places;
        if (!first) return null;
        return open.element === 'Point'
          ? { type: 'Point', places: [first] }
          : { type: 'MultiLineString', lines: [open.places] };
      }
    }
  }

  #polygon(rings: Place[][]): Placed | null {
    const [outer] = rings;
    if (rings.every((ring) => ring.length === 0)) return null;
    if (!outer || outer.length === 0) {
      this.problem ??= NO_RING;
      return null;
    }
    return { type: 'MultiPolygon', polygons: [ringsOf(rings)] };
  }

  #box({ north, south, east, west }: Record<string, string>): Placed | null {
    const [n, s, e, w] = [north, south, east, west].map((text) => number(text?.trim()));
    if (n === undefined || s === undefined || e === undefined || w === undefined) return null;
    if (![n, s, e, w].every(Number.isFinite)) {
      this.problem ??= NOT_NUMBERS;
      return null;
    }
    const at = (x: number, y: number): Place => [x, y, Number.NaN];
    return this.#polygon([[at(w, s), at(e, s), at(e, n), at(w, n)]]);
  }

  #model({ longitude, latitude, altitude }: Record<string, string>): Placed | null {
    const found = place(longitude?.trim(), latitude?.trim(), altitude?.trim());
    if (found === null && longitude !== undefined) this.problem ??= NOT_NUMBERS;
    return found && { type: 'Point', places: [found] };
  }

  #collected(parts: (Placed | null)[]): Placed | null {
    const shape = collect(parts);
    if (shape !== 'mixed') return shape;
    this.problem ??= MIXED;
    return null;
  }

  /** What was gathered; without a shape where anything in it was wrong. */
  finish(): ReadShape {
    const shape = this.#collected(this.#roots);
    return readShape(this.problem ? null : shape);
  }
}

const one = (found: Place | null): Place[] | null => (found === null ? null : [found]);
