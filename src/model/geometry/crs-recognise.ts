import { bboxHolds, growBbox } from './bbox.ts';
import { crsInfo, isKnownCrs, registerDefinition, transformInPlace } from './crs.ts';
import { readStated } from './crs-stated.ts';
import { CRS_TABLE } from './crs-table.ts';
import { olderTwins, presentTwins } from './crs-twins.ts';
import { weighFits } from './crs-weigh.ts';
import type { Axes, CrsAnswer, CrsCandidate, CrsDistrict, CrsEvidence, CrsQuestion, CrsReading } from './crs-answer.ts';
import type { Bbox } from './types.ts';

/** Deliveries hold strays and strips beyond the border: about 2 km around, and a twentieth of the points anywhere. */
const MARGIN_DEGREES = 0.02;
const ENOUGH = 0.6;
const LONLAT = ['EPSG:4490', 'GCJ-02', 'BD-09'] as const;
const COUNTRY: Bbox = [73, 3, 136, 54];
const AXES: readonly Axes[] = ['east-north', 'swapped'];

/**
 * Says which CRS delivered numbers are in, from what the delivery states, where the numbers fall, and what the project knows of the things
 * delivered. Sure answers (≥ 0.8) may be used at once; others are shown to a person with their candidates. GCJ-02 and BD-09 never come out
 * sure, nor does a system the delivery's own statement contradicts: they are asked, not applied.
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
  candidates = withEncryptions(candidates, evidence);
  const { fit, betterOffset } = question;
  const asked = { ...(fit ? { fit } : {}), ...(betterOffset ? { betterOffset } : {}) };
  candidates = weighFits({ ...asked, candidates, extras: suspects(candidates), stated }, evidence);
  if (evidence.some(({ code }) => code.endsWith('-contradicts'))) candidates = withOlderDatums(candidates);
  const best = candidates[0];
  if (best && best.reason === 'range' && !stated) {
    const { datum, geographic } = crsInfo(best.code);
    if (datum === 'CGCS2000' && !geographic)
      evidence.push({ code: 'datum-not-told-by-range', data: { code: best.code } });
  }
  if (best?.axes === 'swapped') evidence.push({ code: 'axes-swapped', data: { code: best.code } });
  if (best && !crsInfo(best.code).shiftKnown) evidence.push({ code: 'datum-shift-unknown', data: { code: best.code } });
  return answer(candidates, evidence);
}

/** The system a person names, by any spelling or as a definition, and the order of the numbers under it; null for what can't be read. */
export function namedCrs(text: string, sample: Float64Array, district: CrsDistrict): CrsReading | null {
  const code = statedCode(text, []);
  if (code === null) return null;
  const points = finite(sample);
  const wide = { ...district, lonLat: growBbox(district.lonLat, MARGIN_DEGREES) };
  const [plain, swapped] = AXES.map((axes) => shareInside(points, code, axes, wide));
  return { code, axes: (swapped ?? 0) > (plain ?? 0) ? 'swapped' : 'east-north' };
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

const FEW = 24;

/** So many pairs, evenly spread. */
function thinned(points: Float64Array, count: number): Float64Array {
  const out = new Float64Array(count * 2);
  for (let i = 0; i < count; i++) {
    const from = 2 * Math.floor((i * points.length) / 2 / count);
    out.set(points.subarray(from, from + 2), 2 * i);
  }
  return out;
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

/** UTM overlaps the Gauss–Krüger zones (1.8 km apart up here), so it is looked at only where none of those fits. */
function utmCodes(): string[] {
  return [...CRS_TABLE.values()].filter((d) => d.tm?.scale === 0.9996).map((d) => d.code);
}

function byRange(points: Float64Array, district: CrsDistrict): Ranged[] {
  // A few of the points rule out most of the many systems.
  const few = points.length <= 2 * FEW ? points : thinned(points, FEW);
  const among = (codes: string[]): Ranged[] => {
    const found = codes.flatMap((code) =>
      AXES.map((axes): Ranged => {
        const promising = plausible(points, code, axes) && shareInside(few, code, axes, district) > 0;
        return { code, axes, share: promising ? shareInside(points, code, axes, district) : 0 };
      }),
    );
    return found.filter(({ share }) => share >= ENOUGH).toSorted((a, b) => b.share - a.share);
  };
  const found = among(rangeCodes());
  return found.length > 0 ? found : among(utmCodes());
}

/** Spares the projections numbers they have no business with: degrees are small, metres are not. */
function plausible(points: Float64Array, code: string, axes: Axes): boolean {
  const box = extent(points);
  const degrees = box.minX >= -180 && box.maxX <= 180 && box.minY >= -180 && box.maxY <= 180;
  if (crsInfo(code).geographic !== degrees) return false;
  return degrees || axes === 'east-north' || box.maxX > 0;
}

/** A stray or two among many are no doubt about the rest. */
function quality(share: number): number {
  return share >= 0.95 ? 1 : share;
}

/** Ranges leave the datum open (Beijing 54 and Xi'an 80 are within 100 m), hence never certain. */
function fromRange({ code, axes, share }: Ranged): CrsCandidate {
  return { code, axes, confidence: (crsInfo(code).geographic ? 0.5 : 0.9) * quality(share), reason: 'range' };
}

/** What the numbers of a candidate could be as well, though only a fit would tell: another datum's twin, UTM, an encryption under a projection. */
function suspects(candidates: readonly CrsCandidate[]): CrsCandidate[] {
  const found = candidates.flatMap(({ code, axes }) =>
    presentTwins(code).map((twin): CrsCandidate => ({ code: twin, axes, confidence: 0.1, reason: 'fit' })),
  );
  return found.filter(
    ({ code, axes }, i) =>
      !candidates.some((one) => one.code === code && one.axes === axes) &&
      found.findIndex((one) => one.code === code && one.axes === axes) === i,
  );
}

/** An offset the project found: the older datums on the same meridian would explain it. */
function withOlderDatums(candidates: CrsCandidate[]): CrsCandidate[] {
  const [first] = candidates;
  if (first === undefined) return candidates;
  const older = olderTwins(first.code)
    .filter((code) => !candidates.some((one) => one.code === code))
    .map((code): CrsCandidate => ({ code, axes: first.axes, confidence: 0.3, reason: 'datum' }));
  return [first, ...older, ...candidates.slice(1)];
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
    const sure = own.axes === 'swapped' ? 0.85 : crsInfo(stated).geographic ? 0.8 : 0.95;
    const confidence = quality(own.share) * sure;
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
