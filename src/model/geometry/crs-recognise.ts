import { bboxHolds, growBbox } from './bbox.ts';
import { crsInfo, isKnownCrs, registerDefinition, transformInPlace } from './crs.ts';
import { readStated } from './crs-stated.ts';
import { CRS_TABLE } from './crs-table.ts';
import type { Bbox } from './types.ts';

export type Axes = 'east-north' | 'swapped';

export interface CrsCandidate {
  code: string;
  /** `swapped`: the first delivered number is north (or latitude). */
  axes: Axes;
  /** 0 to 1. */
  confidence: number;
  /** `stated` the delivery says so · `range` the numbers fit the district · `fit` the points fall where they say · `encryption` the numbers fit, but would of any lon/lat · `elsewhere` plausible, but outside the district. */
  reason: 'stated' | 'range' | 'fit' | 'encryption' | 'elsewhere';
}

/**
 * What speaks for or against: `stated` {name, code}, `stated-unreadable` {name}, `stated-unknown` {name}, `stated-contradicted` {stated, found},
 * `stated-outside-district` {stated, share}, `range` {code, share, minX, minY, maxX, maxY}, `axes-swapped` {code}, `fit` {code, inside, total},
 * `fit-undecided` {}, `lonlat-not-told-by-range` {}, `datum-shift-unknown` {code}, `outside-every-range` {minX, minY, maxX, maxY}, `no-points` {}.
 */
export interface CrsEvidence {
  code: string;
  data: Record<string, string | number>;
}

export interface CrsQuestion {
  /** What the delivery says: the text of a .prj, 'EPSG:4548', a CRS name; null when nothing. */
  stated: string | null;
  /** Delivered coordinates x, y, x, y … in delivered order; a sample of some hundreds is enough. */
  sample: Float64Array;
  /** Where the survey is. */
  district: CrsDistrict;
  /** How many of the points, read as this candidate, lie where the delivery says they do (in the grid they name, or in any grid). */
  fit?: (candidate: Pick<CrsCandidate, 'code' | 'axes'>) => { inside: number; total: number };
}

export interface CrsDistrict {
  /** Degrees. */
  lonLat: Bbox;
  /** Known extents of systems whose relation to lon/lat is not known well enough to compute them. */
  extents?: Readonly<Record<string, Bbox>>;
}

export interface CrsAnswer {
  code: string | null;
  axes: Axes;
  confidence: number;
  evidence: CrsEvidence[];
  /** Best first, the answer included. */
  candidates: CrsCandidate[];
}

/** Deliveries hold strays and strips beyond the border: about 2 km around, and a twentieth of the points anywhere. */
const MARGIN_DEGREES = 0.02;
const ENOUGH = 0.6;
const LONLAT = ['EPSG:4490', 'GCJ-02', 'BD-09'] as const;
const COUNTRY: Bbox = [73, 3, 136, 54];
const AXES: readonly Axes[] = ['east-north', 'swapped'];

/**
 * Says which CRS delivered numbers are in, from what the delivery states and where the numbers fall. Sure answers (≥ 0.75) may be used at
 * once; others are shown to a person with their candidates. GCJ-02 and BD-09 never come out sure: they are asked, not applied.
 */
export function recogniseCrs(question: CrsQuestion): CrsAnswer {
  const evidence: CrsEvidence[] = [];
  const points = finite(question.sample);
  const stated = statedCode(question.stated, evidence);
  if (points.length === 0) {
    evidence.push({ code: 'no-points', data: {} });
    return answer(stated ? [{ code: stated, axes: 'east-north', confidence: 0.5, reason: 'stated' }] : [], evidence);
  }
  const district: CrsDistrict = { ...question.district, lonLat: growBbox(question.district.lonLat, MARGIN_DEGREES) };
  const ranged = byRange(points, district);
  const fitting = ranged[0];
  let candidates: CrsCandidate[];
  if (stated) candidates = weighStated(stated, points, district, ranged, evidence);
  else {
    if (fitting)
      evidence.push({ code: 'range', data: { code: fitting.code, share: fitting.share, ...extent(points) } });
    else evidence.push({ code: 'outside-every-range', data: extent(points) });
    candidates = ranged.length > 0 ? ranged.map(fromRange) : elsewhere(points);
  }
  candidates = weighFit(withEncryptions(candidates, evidence), question.fit, evidence);
  const best = candidates[0];
  if (best?.axes === 'swapped') evidence.push({ code: 'axes-swapped', data: { code: best.code } });
  if (best && !crsInfo(best.code).shiftKnown) evidence.push({ code: 'datum-shift-unknown', data: { code: best.code } });
  return answer(candidates, evidence);
}

function answer(candidates: CrsCandidate[], evidence: CrsEvidence[]): CrsAnswer {
  const best = candidates[0];
  return {
    code: best?.code ?? null,
    axes: best?.axes ?? 'east-north',
    confidence: best?.confidence ?? 0,
    evidence,
    candidates,
  };
}

/** Code of what is stated; a readable definition of a system not in the table is registered and so becomes usable. */
function statedCode(text: string | null, evidence: CrsEvidence[]): string | null {
  if (text === null || text.trim() === '') return null;
  const stated = readStated(text);
  const isDefinition = /^\s*(\+|[A-Z]+\s*\[)/i.test(text);
  if (!stated.readable) evidence.push({ code: 'stated-unreadable', data: { name: stated.name } });
  else if (stated.code === null && !isDefinition && !isKnownCrs(text.trim()))
    evidence.push({ code: 'stated-unknown', data: { name: stated.name } });
  else {
    const code = stated.code ?? (isDefinition ? registerDefinition(text).code : text.trim());
    evidence.push({ code: 'stated', data: { name: stated.name, code } });
    return code;
  }
  return null;
}

function finite(sample: Float64Array): Float64Array {
  const out: number[] = [];
  for (let i = 0; i + 1 < sample.length; i += 2) {
    const x = sample[i] ?? NaN;
    const y = sample[i + 1] ?? NaN;
    if (Number.isFinite(x) && Number.isFinite(y)) out.push(x, y);
  }
  return Float64Array.from(out);
}

function extent(points: Float64Array): Record<'minX' | 'minY' | 'maxX' | 'maxY', number> {
  const out = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = points[i] ?? 0;
    const y = points[i + 1] ?? 0;
    out.minX = Math.min(out.minX, x);
    out.maxX = Math.max(out.maxX, x);
    out.minY = Math.min(out.minY, y);
    out.maxY = Math.max(out.maxY, y);
  }
  return out;
}

/** Share of the points that lie in the district when read in this system. */
function shareInside(points: Float64Array, code: string, axes: Axes, district: CrsDistrict): number {
  const own = district.extents?.[code];
  const box = own ?? district.lonLat;
  const xy = Float64Array.from(points);
  if (axes === 'swapped')
    for (let i = 0; i + 1 < xy.length; i += 2) [xy[i], xy[i + 1]] = [points[i + 1] ?? NaN, points[i] ?? NaN];
  // Unknown shifts are some hundred metres, within the margin: the numbers still tell the district.
  if (!own) transformInPlace(code, 'EPSG:4490', xy, { accept: true });
  let inside = 0;
  for (let i = 0; i + 1 < xy.length; i += 2) if (bboxHolds(box, xy[i] ?? NaN, xy[i + 1] ?? NaN)) inside++;
  return inside / (xy.length / 2);
}

interface Ranged {
  code: string;
  axes: Axes;
  share: number;
}

/** Systems tried by range alone, the likelier first; those whose numbers equal an earlier one's (6-degree on the same meridian) are left out. */
function rangeCodes(): string[] {
  const seen = new Set<string>();
  const out: string[] = ['EPSG:4490'];
  for (const d of CRS_TABLE.values()) {
    if (d.datum !== 'CGCS2000' || !d.tm) continue;
    const key = `${d.tm.centralMeridian} ${d.tm.falseEasting}`;
    if (!seen.has(key)) out.push(d.code);
    seen.add(key);
  }
  return [...out, 'BJ-LOCAL', 'EPSG:3857'];
}

function byRange(points: Float64Array, district: CrsDistrict): Ranged[] {
  const found: Ranged[] = [];
  for (const code of rangeCodes()) {
    for (const axes of AXES) {
      const share = plausible(points, code, axes) ? shareInside(points, code, axes, district) : 0;
      if (share >= ENOUGH) found.push({ code, axes, share });
    }
  }
  return found.toSorted((a, b) => b.share - a.share);
}

/** Spares the projections numbers they have no business with: degrees are small, metres are not. */
function plausible(points: Float64Array, code: string, axes: Axes): boolean {
  const box = extent(points);
  const degrees = box.minX >= -180 && box.maxX <= 180 && box.minY >= -180 && box.maxY <= 180;
  if (crsInfo(code).geographic !== degrees) return false;
  return degrees || axes === 'east-north' || box.maxX > 0;
}

/** Ranges leave the datum open (Beijing 54 and Xi'an 80 are within 100 m), hence never certain. */
function fromRange(found: Ranged): CrsCandidate {
  const geographic = crsInfo(found.code).geographic;
  return { code: found.code, axes: found.axes, confidence: (geographic ? 0.5 : 0.9) * found.share, reason: 'range' };
}

function weighStated(
  stated: string,
  points: Float64Array,
  district: CrsDistrict,
  ranged: Ranged[],
  evidence: CrsEvidence[],
): CrsCandidate[] {
  const shares = AXES.map((axes) => ({ axes, share: shareInside(points, stated, axes, district) }));
  const own = shares.toSorted((a, b) => b.share - a.share)[0] ?? { axes: 'east-north', share: 0 };
  const others = ranged.filter((r) => r.code !== stated).map(fromRange);
  if (own.share >= ENOUGH) {
    evidence.push({ code: 'range', data: { code: stated, share: own.share, ...extent(points) } });
    const confidence = own.share * (own.axes === 'swapped' ? 0.85 : crsInfo(stated).geographic ? 0.8 : 0.95);
    return [{ code: stated, axes: own.axes, confidence, reason: 'stated' }];
  }
  const found = others[0];
  if (found) {
    evidence.push({ code: 'stated-contradicted', data: { stated, found: found.code } });
    return [
      ...others.map((c) => ({ ...c, confidence: c.confidence * 0.65 })),
      { code: stated, axes: 'east-north', confidence: 0.1, reason: 'stated' },
    ];
  }
  evidence.push({ code: 'stated-outside-district', data: { stated, share: own.share } });
  return [
    { code: stated, axes: 'east-north', confidence: 0.4, reason: 'stated' },
    ...elsewhere(points).filter((c) => c.code !== stated),
  ];
}

/** Outside the district, but lon/lat within the country, in either order. */
function elsewhere(points: Float64Array): CrsCandidate[] {
  const box = extent(points);
  const within = (lonLow: number, lonHigh: number, latLow: number, latHigh: number): boolean =>
    lonLow >= COUNTRY[0] && lonHigh <= COUNTRY[2] && latLow >= COUNTRY[1] && latHigh <= COUNTRY[3];
  if (within(box.minX, box.maxX, box.minY, box.maxY))
    return [{ code: 'EPSG:4490', axes: 'east-north', confidence: 0.3, reason: 'elsewhere' }];
  if (within(box.minY, box.maxY, box.minX, box.maxX))
    return [{ code: 'EPSG:4490', axes: 'swapped', confidence: 0.3, reason: 'elsewhere' }];
  return [];
}

/** Where lon/lat is a candidate, its encrypted twins are too: no range tells them apart. */
function withEncryptions(candidates: CrsCandidate[], evidence: CrsEvidence[]): CrsCandidate[] {
  const lonLat = candidates.find((c) => crsInfo(c.code).geographic);
  if (!lonLat || crsInfo(lonLat.code).datum === 'Beijing54' || crsInfo(lonLat.code).datum === 'Xian80')
    return candidates;
  evidence.push({ code: 'lonlat-not-told-by-range', data: {} });
  const twins = LONLAT.filter((code) => !candidates.some((c) => c.code === code) && code !== 'EPSG:4490');
  return [
    ...candidates,
    ...twins.map((code): CrsCandidate => ({ code, axes: lonLat.axes, confidence: 0.2, reason: 'encryption' })),
  ];
}

/** An encryption is never sure enough to be applied unasked. */
const ENCRYPTED_AT_MOST = 0.6;
/** The best must be ahead of the next by this share of the points. */
const LEAD = 0.05;

function weighFit(candidates: CrsCandidate[], fit: CrsQuestion['fit'], evidence: CrsEvidence[]): CrsCandidate[] {
  if (!fit || candidates.length < 2) return candidates;
  const tried = candidates.map((candidate) => ({ candidate, ...fit({ code: candidate.code, axes: candidate.axes }) }));
  const share = (t: { inside: number; total: number } | undefined): number =>
    t && t.total > 0 ? t.inside / t.total : 0;
  for (const t of tried)
    evidence.push({ code: 'fit', data: { code: t.candidate.code, inside: t.inside, total: t.total } });
  const order = tried.toSorted((a, b) => share(b) - share(a));
  const best = order[0];
  if (!best || share(best) < 0.5 || share(best) - share(order[1]) < LEAD) {
    evidence.push({ code: 'fit-undecided', data: {} });
    return candidates;
  }
  return order.map((t, i): CrsCandidate => {
    const encrypted = t.candidate.code === 'GCJ-02' || t.candidate.code === 'BD-09';
    if (i > 0) return { ...t.candidate, confidence: Math.min(t.candidate.confidence, 0.2) };
    const sure = Math.max(t.candidate.confidence, 0.8);
    return { ...t.candidate, confidence: encrypted ? ENCRYPTED_AT_MOST : sure, reason: 'fit' };
  });
}
