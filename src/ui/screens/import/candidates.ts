import type { InspectedTable } from '../../../api/delivery.ts';
import type { Bbox, Position } from '../../../model/geometry/types.ts';
import type { CandidateGroup, CandidateTie } from '../../map/sketch.ts';

export type CrsCandidate = InspectedTable['crs']['candidates'][number];

const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
const SHOWN = LETTERS.length;

/** Candidates keep their letter, whichever of them is chosen. */
export function lettered(candidates: readonly CrsCandidate[]): { letter: string; candidate: CrsCandidate }[] {
  return candidates.slice(0, SHOWN).map((candidate, i) => ({ letter: LETTERS[i] ?? '', candidate }));
}

export function toneOf(index: number, chosen: boolean): CandidateGroup['tone'] {
  if (chosen) return 'chosen';
  return index <= 1 ? 'second' : 'other';
}

/** The candidate in use: of one system there may be one as it stands and one that is shifted. */
export function chosenOf({ candidates, code, axes, datum }: Answer): CrsCandidate | undefined {
  const isShifted = datum.applied !== null;
  const own = candidates.filter((one) => one.code === code || (code === null && one.datum !== null && isShifted));
  return (
    own.find((one) => one.axes === axes && (one.datum !== null) === isShifted) ?? own.find((one) => one.datum === null)
  );
}

type Answer = Pick<InspectedTable['crs'], 'candidates' | 'code' | 'axes' | 'datum'>;

/** The chosen one in front; those whose place is not known are left out. */
export function groupsOf(answer: Answer): CandidateGroup[] {
  const chosen = chosenOf(answer);
  const groups = lettered(answer.candidates).map(({ letter, candidate }, i) => ({
    letter,
    tone: toneOf(i, candidate === chosen),
    points: candidate.points,
  }));
  return groups
    .filter((group) => group.points.length > 0)
    .toSorted((a, b) => Number(b.tone === 'chosen') - Number(a.tone === 'chosen'));
}

/** From where known things would come to lie without a shift to where the project has them. */
export function tiesOf({ datum }: Pick<InspectedTable['crs'], 'datum'>): CandidateTie[] {
  const places = (datum.applied ?? datum.proposed)?.residuals.filter(({ used }) => used) ?? [];
  return places.flatMap(({ before, to }) => (before === null ? [] : [{ from: before, to }]));
}

/** How far a candidate lies from another on the whole, metres, and in which of eight directions (0 = north, clockwise); null where unknown. */
export function offsetBetween(
  from: readonly Position[],
  to: readonly Position[],
): { metres: number; direction: number } | null {
  const pairs = from.flatMap((at, i) => {
    const other = to[i];
    return other === undefined ? [] : [[other[0] - at[0], other[1] - at[1]] as const];
  });
  if (pairs.length === 0) return null;
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const east = middle(pairs.map(([x]) => x));
  const north = middle(pairs.map(([, y]) => y));
  const turn = Math.atan2(east, north) / (Math.PI / 4);
  return { metres: Math.hypot(east, north), direction: (Math.round(turn) + 8) % 8 };
}

/** Near enough that candidates lie visibly apart; with one candidate, all its points. */
export function boxToShow(groups: readonly CandidateGroup[]): Bbox | null {
  if (groups.length < 2) return bboxOfPoints(groups.flatMap((group) => group.points));
  const box = bboxOfPoints(groups.flatMap(({ points }) => points.slice(Math.floor(points.length / 2)).slice(0, 1)));
  if (box === null) return null;
  const grow = Math.max(box[2] - box[0], box[3] - box[1], 1);
  return [box[0] - grow, box[1] - grow, box[2] + grow, box[3] + grow];
}

export function bboxOfPoints(points: readonly Position[]): Bbox | null {
  if (points.length === 0) return null;
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}
