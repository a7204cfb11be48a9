import type { ImportAs } from '../../api/delivery.ts';
import type { BetterOffset, CrsFit, CrsQuestion, CrsReading, PlaceFit } from '../../model/geometry/crs-answer.ts';
import { commonOffset, votedOffset, VOTING_REACH, type KnownFit } from '../../model/geometry/crs-known.ts';
import type { Position } from '../../model/geometry/types.ts';
import { spread, type SurveyPoint } from './crs-points.ts';
import type { IntakeEnvironment } from './environment.ts';
import { kindOf } from './kinds.ts';

type Project = NonNullable<IntakeEnvironment['project']>;
type Read = (at: Position) => Position;

/** A delivered point whose place the project knows. */
export interface KnownPair {
  code: string;
  at: Position;
  known: Position;
}

const PAIRS = 400;
const VOTERS = 120;
const PLACED = 600;
const SEARCHED = 150;

/** Delivered things the project knows by their code, with both places. */
export function knownPairs(project: Project, as: ImportAs | null, points: readonly SurveyPoint[]): KnownPair[] {
  if (as === null || as === 'unit') return [];
  const codes = points.flatMap(({ code }) => (code === null ? [] : [code]));
  if (codes.length === 0) return [];
  const places = project.known.byCode(as, codes);
  const seen = new Map<string, number>();
  for (const code of codes) seen.set(code, (seen.get(code) ?? 0) + 1);
  return points.flatMap(({ code, at, shaped }) => {
    const place = code === null || seen.get(code) !== 1 ? undefined : places.get(code);
    return code === null || place === undefined ? [] : [{ code, at, known: shaped ? place.middle : place.at }];
  });
}

/** How well delivered points lie in the project under one reading or another. Empty where the project knows nothing to compare with. */
export function projectFits(
  project: Project,
  as: ImportAs | null,
  points: readonly SurveyPoint[],
  pairs: readonly KnownPair[],
  readAs: (reading: CrsReading) => Read | null,
): Pick<CrsQuestion, 'fit' | 'betterOffset'> {
  const compared = spread(pairs, PAIRS);
  const voters = enough(pairs.length, points.length) || as !== 'component' ? [] : votersOf(project, points);
  const named = as !== null && kindOf(as).shape === 'point' && project.hasGrids ? namedPlaces(project, points) : null;
  if (compared.length === 0 && voters.length === 0 && named === null) return {};
  return {
    fit: (reading): CrsFit => {
      const read = readAs(reading);
      if (read === null) return {};
      return {
        known: byCode(compared, points.length, read) ?? byPlace(project, voters, read),
        place: named?.fit(read),
      };
    },
    betterOffset: (reading) => {
      const read = readAs(reading);
      return read === null || named === null ? null : named.search(read);
    },
  };
}

/** One or two among many may have moved; three, or most of what there is, speak for the rest. */
function enough(pairs: number, points: number): boolean {
  return pairs >= 3 || (pairs > 0 && pairs * 2 >= points);
}

function byCode(pairs: readonly KnownPair[], points: number, read: Read): KnownFit | undefined {
  if (!enough(pairs.length, points)) return undefined;
  const offsets = pairs.map(({ at, known }): Position => {
    const [x, y] = read(at);
    return [known[0] - x, known[1] - y];
  });
  return commonOffset(offsets) ?? undefined;
}

interface Voter {
  at: Position;
  classCode: string | null;
}

/** Rows without an identity of their own. A class the project has nothing of finds nothing; rows of no class look at every component. */
function votersOf(project: Project, points: readonly SurveyPoint[]): Voter[] {
  const classes = project.known.classes();
  const able = points.filter(
    ({ code, classCode, shaped }) => code === null && !shaped && (classCode === null || classes.has(classCode)),
  );
  return spread(able, VOTERS);
}

function byPlace(project: Project, voters: readonly Voter[], read: Read): KnownFit | undefined {
  const ways = voters.map(({ at, classCode }) => {
    const from = read(at);
    if (!Number.isFinite(from[0]) || !Number.isFinite(from[1])) return [];
    const near = project.known.near(from, VOTING_REACH, classCode);
    return near.map(([x, y]): Position => [x - from[0], y - from[1]]);
  });
  return votedOffset(ways) ?? undefined;
}

interface Named {
  fit: (read: Read) => PlaceFit;
  search: (read: Read) => BetterOffset | null;
}

type Found = { gridCode: string; streetCode: string | null; communityCode: string | null };

/** What the points are held against: the grids most of them name and the project has, else communities, else streets, else any grid. */
function namedPlaces(project: Project, points: readonly SurveyPoint[]): Named {
  const sample = spread(points, PLACED);
  const grids = project.known.byCode(
    'unit-grid',
    sample.flatMap(({ grid }) => grid ?? []),
  );
  const communities = project.known.areas('community');
  const streets = project.known.areas('street');
  const ways = [
    { named: 'grid', say: (p: SurveyPoint) => (p.grid !== null && grids.has(p.grid) ? p.grid : null) },
    { named: 'community', say: (p: SurveyPoint) => communities.get(p.community ?? '') ?? null },
    { named: 'street', say: (p: SurveyPoint) => streets.get(p.street ?? '') ?? null },
  ] as const;
  for (const { named, say } of ways) {
    const wanted = sample.flatMap((point) => {
      const code = say(point);
      return code === null ? [] : [{ at: point.at, code }];
    });
    if (wanted.length * 2 < sample.length || wanted.length === 0) continue;
    const areaOf = (found: Found) =>
      named === 'grid' ? found.gridCode : named === 'community' ? found.communityCode : found.streetCode;
    const holds = (at: Position, code: string) => {
      const found = project.locate(at);
      return found !== null && areaOf(found) === code;
    };
    return {
      fit: (read) => ({ named, inside: count(wanted, ({ at, code }) => holds(read(at), code)), total: wanted.length }),
      search: (read) =>
        named !== 'grid'
          ? null
          : searchOffset(
              spread(wanted, SEARCHED).map(({ at, code }) => ({ at: read(at), code })),
              holds,
            ),
    };
  }
  return {
    fit: (read) => ({
      named: 'none',
      inside: count(sample, ({ at }) => project.locate(read(at)) !== null),
      total: sample.length,
    }),
    search: () => null,
  };
}

function count<T>(all: readonly T[], test: (one: T) => boolean): number {
  return all.reduce((sum, one) => sum + (test(one) ? 1 : 0), 0);
}

/** Steps in metres and how many of them to each side: first all about, then round the best. */
const ROUNDS = [
  { step: 25, steps: 8 },
  { step: 6, steps: 3 },
] as const;
/** An offset must bring this much to be more than the sloppiness of grid codes. */
const GAIN = { share: 0.1, points: 4, inside: 0.85, metres: 15 } as const;

/** Tries offsets up to 200 m in all directions; the middle of those that put the most points into their grids. */
function searchOffset(
  points: readonly { at: Position; code: string }[],
  holds: (at: Position, code: string) => boolean,
): BetterOffset | null {
  const insideAt = ([dx, dy]: Position) => count(points, ({ at: [x, y], code }) => holds([x + dx, y + dy], code));
  const before = insideAt([0, 0]);
  if (before >= 0.97 * points.length) return null;
  let found: { inside: number; at: Position } = { inside: before, at: [0, 0] };
  for (const { step, steps } of ROUNDS) {
    const tried = around(found.at, step, steps).map((at) => ({ at, inside: insideAt(at) }));
    const inside = Math.max(...tried.map((one) => one.inside));
    const best = tried.filter((one) => one.inside === inside);
    const sum = best.reduce(([x, y], { at }): Position => [x + at[0], y + at[1]], [0, 0] as Position);
    found = { inside, at: [sum[0] / best.length, sum[1] / best.length] };
  }
  const worth =
    found.inside - before >= Math.max(GAIN.points, GAIN.share * points.length) &&
    found.inside >= GAIN.inside * points.length &&
    Math.hypot(...found.at) >= GAIN.metres;
  const [dx, dy] = found.at;
  return worth ? { dx: Math.round(dx), dy: Math.round(dy), inside: found.inside, total: points.length } : null;
}

function around([x, y]: Position, step: number, steps: number): Position[] {
  const out: Position[] = [];
  for (let i = -steps; i <= steps; i++) for (let j = -steps; j <= steps; j++) out.push([x + i * step, y + j * step]);
  return out;
}
