import type { CrsCandidate, CrsEvidence, CrsFit, CrsQuestion, PlaceFit } from './crs-answer.ts';
import type { KnownFit } from './crs-known.ts';
import { crsInfo } from './crs.ts';
import { sameNumbers } from './crs-twins.ts';

/** From 0.8 on an answer is used without asking. What the project contradicts stays well below, an encryption or a wrong .prj just below. */
const ASKED = 0.7;
const CONTRADICTED = 0.4;
const LOST = 0.15;
const CERTAIN = 0.98;
/** Matched by one or two codes, or by place alone. */
const NEARLY_CERTAIN = 0.93;
const BY_GRIDS = 0.85;
/** The best must be ahead of the next by this share of the points. */
const LEAD = 0.05;
/** So many points in the grids they name leave no room for a datum's offset; fewer might stay inside by luck. */
const MANY = 30;
const NEARLY_ALL = 0.9;

interface Tried extends CrsFit {
  candidate: CrsCandidate;
  /** Tried on suspicion: not shown unless the project speaks for it. */
  extra: boolean;
}

export interface Weighing extends Pick<CrsQuestion, 'fit' | 'betterOffset'> {
  candidates: readonly CrsCandidate[];
  /** Systems the numbers may be in too, though nothing but a fit would say so. */
  extras: readonly CrsCandidate[];
  stated: string | null;
}

/**
 * Weighs candidates by what the project knows: components of the same code, or of one kind at one place; then the grids and streets the
 * points name. What lies on the known ones is right; what lies off them all the same way stands on another datum, and is asked.
 */
export function weighFits(weighing: Weighing, evidence: CrsEvidence[]): CrsCandidate[] {
  const { fit } = weighing;
  if (!fit || weighing.candidates.length === 0) return [...weighing.candidates];
  const tried = [
    ...weighing.candidates.map((candidate): Tried => ({ candidate, extra: false, ...fit(candidate) })),
    ...weighing.extras.map((candidate): Tried => ({ candidate, extra: true, ...fit(candidate) })),
  ];
  const confirmed = byKnown(tried, 'fits');
  if (confirmed !== undefined) return confirm(confirmed, tried, weighing, evidence);
  const [top] = tried;
  if (top !== undefined && lies(top, ['offset', 'apart']) && crsInfo(top.candidate.code).shiftKnown) {
    const nearer = byKnown(tried, 'near');
    if (nearer !== undefined) return confirm(nearer, tried, weighing, evidence);
    return contradict(top, tried, evidence);
  }
  noteKnown(tried, evidence);
  return byPlace(tried, weighing, evidence);
}

const lies = ({ known }: Tried, verdicts: KnownFit['verdict'][]): boolean =>
  known !== undefined && verdicts.includes(known.verdict);
const length = (known: KnownFit | undefined): number =>
  known === undefined ? Infinity : Math.hypot(known.dx, known.dy);

/** The nearest of a verdict; of readings that put the points on the same places the first. */
function byKnown(tried: readonly Tried[], verdict: KnownFit['verdict']): Tried | undefined {
  return tried
    .filter((one) => lies(one, [verdict]))
    .toSorted((a, b) => Math.round(length(a.known)) - Math.round(length(b.known)))[0];
}

function confirm(best: Tried, tried: readonly Tried[], { stated }: Weighing, evidence: CrsEvidence[]): CrsCandidate[] {
  const { candidate, known } = best;
  noteKnown(tried, evidence, best);
  const sayOtherwise = stated !== null && stated !== candidate.code && !sameNumbers(stated, candidate.code);
  if (sayOtherwise && !evidence.some(({ code }) => code === 'stated-contradicted'))
    evidence.push({ code: 'stated-contradicted', data: { stated, found: candidate.code } });
  const asked = isEncrypted(candidate.code) || sayOtherwise || known?.verdict === 'near';
  const certain = known?.basis === 'code' && known.agreeing >= 3 ? CERTAIN : NEARLY_CERTAIN;
  return [
    { ...candidate, confidence: asked ? ASKED : certain, reason: 'known' },
    ...tried
      .filter((one) => one !== best && !one.extra)
      .map((one) => ({ ...one.candidate, confidence: Math.min(one.candidate.confidence, LOST) })),
  ];
}

function contradict(top: Tried, tried: readonly Tried[], evidence: CrsEvidence[]): CrsCandidate[] {
  noteKnown(tried, evidence);
  const { known } = top;
  if (known !== undefined)
    evidence.push({ code: 'known-contradicts', data: { code: top.candidate.code, ...numbersOf(known) } });
  return shown(tried).map((one) => capped(one, CONTRADICTED));
}

/** GCJ-02 and BD-09, by whatever projection: never applied unasked. */
function isEncrypted(code: string): boolean {
  return /^(GCJ|BD)-/.test(code);
}

const shown = (tried: readonly Tried[]): CrsCandidate[] => tried.flatMap((one) => (one.extra ? [] : [one.candidate]));
const capped = (one: CrsCandidate, at: number): CrsCandidate => ({ ...one, confidence: Math.min(one.confidence, at) });

const cm = (metres: number): number => Math.round(metres * 100) / 100;

function numbersOf(known: KnownFit): Record<'agreeing' | 'total' | 'dx' | 'dy' | 'metres', number> {
  const { agreeing, total, dx, dy } = known;
  return { agreeing, total, dx: cm(dx), dy: cm(dy), metres: cm(Math.hypot(dx, dy)) };
}

/** What was compared, of the candidates shown and the one chosen. */
function noteKnown(tried: readonly Tried[], evidence: CrsEvidence[], chosen?: Tried): void {
  for (const one of tried) {
    const { known, place, candidate } = one;
    if (one.extra && one !== chosen) continue;
    if (place !== undefined) evidence.push({ code: 'fit', data: { code: candidate.code, ...place } });
    if (known === undefined) continue;
    const { basis, verdict, spread } = known;
    evidence.push({
      code: 'known',
      data: { code: candidate.code, basis, verdict, ...numbersOf(known), spread: cm(spread) },
    });
  }
}

const share = (place: PlaceFit | undefined): number =>
  place === undefined || place.total === 0 ? 0 : place.inside / place.total;

/** By the grids, communities or streets the points name, or by whether they lie in any grid: the less they name, the less it says. */
function byPlace(tried: readonly Tried[], weighing: Weighing, evidence: CrsEvidence[]): CrsCandidate[] {
  const order = tried.toSorted((a, b) => share(b.place) - share(a.place));
  const [best, next] = order;
  if (best?.place === undefined) return shown(tried);
  const decided = share(best.place) >= 0.5 && (next === undefined || share(best.place) - share(next.place) >= LEAD);
  if (!decided && tried.length > 1) evidence.push({ code: 'fit-undecided', data: {} });
  const chosen = decided ? best : tried.find((one) => !one.extra);
  if (chosen === undefined) return shown(tried);
  if (chosen.extra) noteKnown([chosen], evidence, chosen);
  const others = shown(tried.filter((one) => one !== chosen));
  const found = decided && tried.length > 1 ? ahead(chosen, weighing, evidence) : chosen.candidate;
  const judged = againstGrids(found, chosen.place, weighing, evidence);
  return [judged, ...(decided && tried.length > 1 ? others.map((one) => capped(one, 0.2)) : others)];
}

/** The candidate whose points lie best where they say they do. */
function ahead({ candidate, place }: Tried, { stated, candidates }: Weighing, evidence: CrsEvidence[]): CrsCandidate {
  const enough = place !== undefined && place.named === 'grid' && place.total >= MANY && share(place) >= NEARLY_ALL;
  if (isEncrypted(candidate.code)) return { ...candidate, confidence: ASKED - 0.1, reason: 'fit' };
  const sayOtherwise = stated !== null && !sameNumbers(stated, candidate.code);
  if (sayOtherwise && !evidence.some(({ code }) => code === 'stated-contradicted'))
    evidence.push({ code: 'stated-contradicted', data: { stated, found: candidate.code } });
  const first = candidates[0]?.code === candidate.code && candidates[0].axes === candidate.axes;
  const sure = enough ? BY_GRIDS : first ? candidate.confidence : ASKED;
  const confidence = sayOtherwise ? Math.min(sure, ASKED) : Math.max(sure, first ? candidate.confidence : 0);
  return { ...candidate, confidence, reason: 'fit' };
}

/** Grids named tell of an offset, too: points near borders leave them all on the same side. */
function againstGrids(
  candidate: CrsCandidate,
  place: PlaceFit | undefined,
  { betterOffset, stated }: Weighing,
  evidence: CrsEvidence[],
): CrsCandidate {
  if (place === undefined || place.named !== 'grid' || !crsInfo(candidate.code).shiftKnown) return candidate;
  const better = share(place) < 1 ? (betterOffset?.(candidate) ?? null) : null;
  if (better !== null) {
    const { dx, dy, inside, total } = better;
    const data = { code: candidate.code, agreeing: inside, total, dx, dy, metres: cm(Math.hypot(dx, dy)) };
    evidence.push({ code: 'grid-contradicts', data });
    return capped(candidate, CONTRADICTED);
  }
  const clear = share(place) === 1 || (place.total >= MANY && share(place) >= NEARLY_ALL);
  return stated === null && !clear ? capped(candidate, ASKED) : candidate;
}
