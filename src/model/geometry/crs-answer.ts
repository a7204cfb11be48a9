import type { KnownFit } from './crs-known.ts';
import type { Bbox } from './types.ts';

export type Axes = 'east-north' | 'swapped';

export interface CrsCandidate {
  code: string;
  /** `swapped`: the first delivered number is north (or latitude). */
  axes: Axes;
  /** 0 to 1. */
  confidence: number;
  /**
   * `stated` the delivery says so · `range` the numbers fit the district · `fit` the points fall where they say · `known` they lie on the components the
   * project knows · `encryption` the numbers fit, but would of any lon/lat · `datum` the same numbers on an older datum, which would explain an
   * offset · `elsewhere` plausible, but outside the district.
   */
  reason: 'stated' | 'range' | 'fit' | 'known' | 'encryption' | 'datum' | 'elsewhere';
}

/**
 * What speaks for or against: `stated` {name, code}, `stated-unreadable` {name}, `stated-unknown` {name}, `stated-contradicted` {stated, found},
 * `stated-outside-district` {stated, share}, `range` {code, share, minX, minY, maxX, maxY}, `axes-swapped` {code}, `fit` {code, named, inside, total},
 * `fit-undecided` {}, `known` {code, basis, verdict, agreeing, total, dx, dy, metres, spread}, `known-contradicts` and `grid-contradicts` {code, agreeing,
 * total, dx, dy, metres}, `lonlat-not-told-by-range` {}, `datum-not-told-by-range` {code}, `datum-shift-unknown` {code},
 * `outside-every-range` {minX, minY, maxX, maxY}, `no-points` {}. Metres are of the project's CRS, dx and dy from delivered to known.
 */
export interface CrsEvidence {
  code: string;
  data: Record<string, string | number>;
}

/** Points read under one candidate, against where the delivery says they are. */
export interface PlaceFit {
  /** What the points name; `none`: any grid will do, which says little. */
  named: 'grid' | 'community' | 'street' | 'none';
  inside: number;
  total: number;
}

/** An offset (metres, delivered to right) under which more of the points lie in the grids they name. */
export interface BetterOffset {
  dx: number;
  dy: number;
  inside: number;
  total: number;
}

/** What a project knows of the points under one candidate; the parts absent are those it can't say. */
export interface CrsFit {
  place?: PlaceFit | undefined;
  known?: KnownFit | undefined;
}

export type CrsReading = Pick<CrsCandidate, 'code' | 'axes'>;

export interface CrsQuestion {
  /** What the delivery says: the text of a .prj, 'EPSG:4548', a CRS name; null when nothing. */
  stated: string | null;
  /** Delivered coordinates x, y, x, y … in delivered order; a sample of some hundreds is enough. */
  sample: Float64Array;
  /** Where the survey is. */
  district: CrsDistrict;
  /** Against the project's grids and components, where there is one. */
  fit?: (reading: CrsReading) => CrsFit;
  /** Whether one offset for all puts the points into the grids they name; asked of the likeliest candidate only. */
  betterOffset?: (reading: CrsReading) => BetterOffset | null;
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
