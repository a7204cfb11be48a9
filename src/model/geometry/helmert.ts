import type { Position } from './types.ts';

/**
 * A shift, turn and change of scale in the plane (4-parameter, 2D Helmert), about an origin:
 * x' = ox + dx + k·(cos r·(x − ox) − sin r·(y − oy)), y' = oy + dy + k·(sin r·(x − ox) + cos r·(y − oy)), k = 1 + scale·10⁻⁶.
 */
export interface Similarity {
  /** Metres, at the origin. */
  dx: number;
  dy: number;
  /** Seconds of arc, counter-clockwise. */
  rotation: number;
  /** Parts per million. */
  scale: number;
  origin: Position;
}

/** One place in both systems, east first. */
export interface ControlPair {
  from: Position;
  to: Position;
}

export interface Residual {
  /** Metres, from where the shift brings the point to where it should be. */
  dx: number;
  dy: number;
  metres: number;
  /** False for a stray, set aside while the parameters were found. */
  used: boolean;
}

export interface FittedShift {
  similarity: Similarity;
  /** `translation`: turn and scale would have said no more than the noise of the points. */
  model: 'similarity' | 'translation';
  /** One a pair, in order. */
  residuals: Residual[];
  used: number;
  /** Root mean square and greatest residual of the pairs used, metres. */
  rms: number;
  max: number;
}

const SECONDS = 180 * 3600;

export function applySimilarity(s: Similarity): (at: Position) => Position {
  const k = 1 + s.scale * 1e-6;
  const turn = (s.rotation * Math.PI) / SECONDS;
  const [a, b] = [k * Math.cos(turn), k * Math.sin(turn)];
  const [ox, oy] = s.origin;
  return ([x, y]) => [ox + s.dx + a * (x - ox) - b * (y - oy), oy + s.dy + b * (x - ox) + a * (y - oy)];
}

function mean(points: readonly Position[]): Position {
  let [x, y] = [0, 0];
  for (const point of points) {
    x += point[0];
    y += point[1];
  }
  return [x / points.length, y / points.length];
}

/** The middle of all pairs brought over, nothing turned. */
function translation(pairs: readonly ControlPair[]): Similarity {
  const origin = mean(pairs.map(({ from }) => from));
  const to = mean(pairs.map((pair) => pair.to));
  return { dx: to[0] - origin[0], dy: to[1] - origin[1], rotation: 0, scale: 0, origin };
}

/** Least squares about the middle of the points; null where they all lie on one spot. */
function leastSquares(pairs: readonly ControlPair[]): Similarity | null {
  const moved = translation(pairs);
  const [ox, oy] = moved.origin;
  let [a, b, size] = [0, 0, 0];
  for (const { from, to } of pairs) {
    const [u, v] = [from[0] - ox, from[1] - oy];
    const [p, q] = [to[0] - ox - moved.dx, to[1] - oy - moved.dy];
    a += u * p + v * q;
    b += u * q - v * p;
    size += u * u + v * v;
  }
  if (size < 1e-6 || Math.hypot(a, b) === 0) return null;
  const rotation = (Math.atan2(b, a) * SECONDS) / Math.PI;
  return { ...moved, rotation, scale: (Math.hypot(a, b) / size - 1) * 1e6 };
}

function residualsOf(pairs: readonly ControlPair[], s: Similarity): Omit<Residual, 'used'>[] {
  const apply = applySimilarity(s);
  return pairs.map(({ from, to }) => {
    const [x, y] = apply(from);
    const [dx, dy] = [to[0] - x, to[1] - y];
    return { dx, dy, metres: Math.hypot(dx, dy) };
  });
}

function fitted(
  pairs: readonly ControlPair[],
  similarity: Similarity,
  model: FittedShift['model'],
  isUsed: readonly boolean[],
): FittedShift {
  const residuals = residualsOf(pairs, similarity).map((one, i) => ({ ...one, used: isUsed[i] === true }));
  const own = residuals.filter(({ used }) => used).map(({ metres }) => metres);
  return {
    similarity,
    model,
    residuals,
    used: own.length,
    rms: Math.sqrt(own.reduce((sum, metres) => sum + metres * metres, 0) / Math.max(1, own.length)),
    max: Math.max(0, ...own),
  };
}

/** The 4 parameters that fit control points best, all of them used; null for fewer than two places. */
export function fitControlPoints(pairs: readonly ControlPair[]): FittedShift | null {
  const found = pairs.length < 2 ? null : leastSquares(pairs);
  return found === null
    ? null
    : fitted(
        pairs,
        found,
        'similarity',
        pairs.map(() => true),
      );
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const TRIES = 60;
/** Pairs asked whether they agree with a try. */
const ASKED = 150;
/** Nothing nearer than this is a stray, however exact the others are. Metres. */
const STRAY_AT_LEAST = 0.05;
const ROUNDS = 4;

/**
 * The parameters most pairs agree in, up to half of them being strays (things that moved since): the best of many pairs of points by the
 * median residual, then least squares over those near it. Turn and scale are taken only where they say more than noise, since few points
 * close together would swing everything far from them. Null for fewer than three pairs or where they lie on one spot.
 */
export function fitMatched(pairs: readonly ControlPair[]): FittedShift | null {
  if (pairs.length < 3) return null;
  const step = Math.ceil(pairs.length / ASKED);
  const start = mostAgreed(pairs.filter((_, i) => i % step === 0));
  if (start === null) return null;
  let near = within(pairs, start);
  let shift: Similarity = start;
  let model: FittedShift['model'] = 'similarity';
  for (let round = 0; round < ROUNDS; round++) {
    const own = pairs.filter((_, i) => near[i] === true);
    if (own.length < 3) return null;
    [shift, model] = simplest(own);
    const next = within(pairs, shift);
    if (next.every((is, i) => is === near[i])) break;
    near = next;
  }
  return fitted(pairs, shift, model, near);
}

function mostAgreed(pairs: readonly ControlPair[]): Similarity | null {
  let best: { shift: Similarity; middle: number } | null = null;
  const half = Math.max(1, Math.floor(pairs.length / 2));
  for (let i = 0; i < Math.min(TRIES, pairs.length); i++) {
    const at = Math.floor((i * pairs.length) / Math.min(TRIES, pairs.length));
    const one = pairs[at];
    const other = pairs[(at + half + (i % 3)) % pairs.length];
    if (one === undefined || other === undefined) continue;
    for (const shift of [leastSquares([one, other]), translation([one])]) {
      if (shift === null) continue;
      const middle = median(residualsOf(pairs, shift).map(({ metres }) => metres));
      if (best === null || middle < best.middle) best = { shift, middle };
    }
  }
  return best?.shift ?? null;
}

function within(pairs: readonly ControlPair[], shift: Similarity): boolean[] {
  const off = residualsOf(pairs, shift).map(({ metres }) => metres);
  const reach = Math.max(STRAY_AT_LEAST, 3 * 1.4826 * median(off));
  return off.map((metres) => metres <= reach);
}

/** Turn and scale only if leaving them out would leave clearly more over. */
function simplest(pairs: readonly ControlPair[]): [Similarity, FittedShift['model']] {
  const moved = translation(pairs);
  const turned = leastSquares(pairs);
  if (turned === null) return [moved, 'translation'];
  const rest = (s: Similarity) => residualsOf(pairs, s).reduce((sum, { metres }) => sum + metres * metres, 0);
  const worth = rest(moved) > rest(turned) * (1 + 10 / Math.max(1, pairs.length - 2)) + 1e-6;
  return worth ? [turned, 'similarity'] : [moved, 'translation'];
}

/** Whether places lie (nearly) in one line: what lies beside it is then not controlled. */
export function inOneLine(places: readonly Position[]): boolean {
  const [mx, my] = mean(places);
  let [xx, yy, xy] = [0, 0, 0];
  for (const [x, y] of places) {
    xx += (x - mx) ** 2;
    yy += (y - my) ** 2;
    xy += (x - mx) * (y - my);
  }
  const [half, root] = [(xx + yy) / 2, Math.hypot((xx - yy) / 2, xy)];
  return half - root < 0.0025 * (half + root);
}
