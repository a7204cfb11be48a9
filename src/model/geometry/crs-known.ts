import type { Position } from './types.ts';

/** How far points read under one system lie from where the project knows the same things. Metres of the project's CRS. */
export interface KnownFit {
  /** `code`: the things bear the same code · `place`: one of the kind stands that way from nearly every point. */
  basis: 'code' | 'place';
  /** Points compared. */
  total: number;
  /** Those that share the offset. */
  agreeing: number;
  /** From the delivered point to the known one, of those that share it. */
  dx: number;
  dy: number;
  /** Median distance of the agreeing from that offset. */
  spread: number;
  /**
   * `fits`: no offset to speak of · `near`: an offset smaller than any datum's, as a careless survey or an epoch has it · `offset`: the same one
   * for most · `apart`: hardly any point lies near its own, and not all the same way · `undecided`: none of these.
   */
  verdict: 'fits' | 'near' | 'offset' | 'apart' | 'undecided';
}

/** Of the points compared, so many must share an offset before it is one. */
const MOST = 0.5;
/** Metres within which positions of two careful surveys lie on the whole. */
const SAME = 2;
/** Datums and encryptions lie further off than this; what is nearer may be the survey's own inaccuracy. Metres. */
const DATUM_AT_LEAST = 10;
/** Metres round the common offset in which a point is taken to share it. */
const CLOSE: readonly [number, number] = [2, 12];
/** A point further than this from its own has not merely been measured badly. Metres. */
const FAR = 25;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/**
 * What offsets (delivered to known, metres) of things with the same code have in common. Half of them may be strays.
 * @returns null for none
 */
export function commonOffset(offsets: readonly Position[]): KnownFit | null {
  const finite = offsets.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  if (finite.length === 0) return null;
  const centre: Position = [median(finite.map(([x]) => x)), median(finite.map(([, y]) => y))];
  const from = (at: Position): ((o: Position) => number) => {
    return ([x, y]) => Math.hypot(x - at[0], y - at[1]);
  };
  const reach = Math.min(CLOSE[1], Math.max(CLOSE[0], 2 * median(finite.map(from(centre)))));
  const agreeing = finite.filter((o) => from(centre)(o) <= reach);
  const dx = mean(agreeing.map(([x]) => x));
  const dy = mean(agreeing.map(([, y]) => y));
  const spread = agreeing.length === 0 ? 0 : median(agreeing.map(from([dx, dy])));
  const made = { basis: 'code', total: finite.length, agreeing: agreeing.length, dx, dy, spread } as const;
  return { ...made, verdict: verdictOf(made, finite) };
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function verdictOf(fit: Omit<KnownFit, 'verdict'>, offsets: readonly Position[]): KnownFit['verdict'] {
  const length = Math.hypot(fit.dx, fit.dy);
  if (fit.agreeing >= MOST * fit.total) {
    if (length <= SAME + (2 * fit.spread) / Math.sqrt(fit.agreeing)) return 'fits';
    return length > DATUM_AT_LEAST ? 'offset' : 'near';
  }
  const near = offsets.filter(([x, y]) => Math.hypot(x, y) <= FAR).length;
  return fit.total >= 3 && near < 0.2 * fit.total ? 'apart' : 'undecided';
}

/** How far round a point the known ones are looked at: datums lie nearer, and encryptions are tried as what they are. Metres. */
export const VOTING_REACH = 250;
/** Size of the cells in which offsets are counted. Metres. */
const CELL = 3;

/**
 * Where points bear no code: every known thing round a point votes for the way from it to there. The true offset gets a vote of nearly every
 * point, any other only by chance; an offset that chance could give as well is no answer, nor is one of several alike (lamps in a row).
 * @param ways for every point, the ways (metres) to the known things within VOTING_REACH
 * @returns null without an outstanding offset
 */
export function votedOffset(ways: readonly (readonly Position[])[]): KnownFit | null {
  const votes = countVotes(ways);
  const all = ways.reduce((sum, own) => sum + own.length, 0);
  const perCell = (all * CELL * CELL * 4) / (Math.PI * VOTING_REACH * VOTING_REACH);
  const needed = Math.max(4, Math.ceil(perCell + 6 * Math.sqrt(perCell) + 3), MOST * ways.length);
  let best: { at: Position; count: number } | null = null;
  for (const [key, count] of votes) {
    if (count < needed || (best !== null && count <= best.count)) continue;
    const [i = 0, j = 0] = key.split(' ').map(Number);
    best = { at: [(i + 1) * CELL, (j + 1) * CELL], count };
  }
  if (best === null) return null;
  const here = shared(ways, [0, 0]);
  const there = shared(ways, best.at);
  const home = here.length >= needed && here.length >= there.length;
  const chosen = home ? here : there;
  const dx = mean(chosen.map(([x]) => x));
  const dy = mean(chosen.map(([, y]) => y));
  const spread = median(chosen.map(([x, y]) => Math.hypot(x - dx, y - dy)));
  const made = { basis: 'place', total: ways.length, agreeing: chosen.length, dx, dy, spread } as const;
  if (home) return { ...made, verdict: 'fits' };
  const length = Math.hypot(dx, dy);
  return { ...made, verdict: length <= SAME ? 'fits' : length > DATUM_AT_LEAST ? 'offset' : 'near' };
}

/** Points with a vote in each square of two cells by two, overlapping by one, so that no cell's border parts what belongs together. */
function countVotes(ways: readonly (readonly Position[])[]): Map<string, number> {
  const votes = new Map<string, number>();
  for (const own of ways) {
    const cells = new Set<string>();
    for (const [x, y] of own) {
      const [i, j] = [Math.floor(x / CELL), Math.floor(y / CELL)];
      for (const a of [i - 1, i]) for (const b of [j - 1, j]) cells.add(`${a} ${b}`);
    }
    for (const cell of cells) votes.set(cell, (votes.get(cell) ?? 0) + 1);
  }
  return votes;
}

/** Of every point the way nearest to an offset, where there is one within a cell of it. */
function shared(ways: readonly (readonly Position[])[], [ox, oy]: Position): Position[] {
  return ways.flatMap((own) => {
    let best: Position | null = null;
    let least = CELL * Math.SQRT2;
    for (const way of own) {
      const distance = Math.hypot(way[0] - ox, way[1] - oy);
      if (distance <= least) [best, least] = [way, distance];
    }
    return best === null ? [] : [best];
  });
}
