import type { CellValue } from './component.ts';
import type { Position } from './geometry/types.ts';

/** A component as rules see it. Texts are as in the file; `at` is its point, project CRS metres. */
export interface CheckedComponent {
  id: number;
  cells: Readonly<Record<string, CellValue>>;
  at: Position | null;
  /** Delivered values a column could not take: the column is NULL, the text is in `extra`. */
  untaken: readonly { column: string; field: string; value: string }[];
}

export interface CheckedGrid {
  id: number;
  code: string;
  communityCode: string | null;
}

export interface KnownClass {
  name: string;
  /** Accuracy of its position: A 0.5 m, B 1 m, C 10 m; null where the scheme does not say. */
  accuracy: string | null;
}

export interface KnownUnit {
  name: string;
  validFrom: string | null;
  validTo: string | null;
}

/** 'outside' is beyond the community the grid names, or (`area` 'district') beyond every street. */
export interface CheckedFault {
  kind: 'gap' | 'overlap' | 't-junction' | 'outside';
  at: Position;
  /** Ids and codes of the grids concerned, each ascending. */
  gridIds: readonly number[];
  codes: readonly string[];
  areaM2: number | null;
  /** For 'outside' only: the code of the community, or 'district'. */
  area: string | null;
}

/** The project as rules may see it. Lookups are cheap enough to be asked for every row. */
export interface CheckSource {
  /** ISO 8601 local day. */
  readonly today: string;
  /** Six digits. */
  readonly district: string;
  /** Whether there is any active grid to stand in. */
  readonly hasGrids: boolean;
  class(scheme: string, code: string): KnownClass | null;
  unit(id: number): KnownUnit | null;
  /** Code of the grid with this id, retired ones included. */
  gridCode(id: number): string | null;
  placeName(layer: 'street' | 'community', code: string): { name: string; aliases: readonly string[] } | null;
  /** Active grids the point lies in (`inside`) or on the border of, by code. */
  gridsAt(at: Position): { code: string; inside: boolean }[];
  /** Whether the point lies in a street, border included; null in a project without streets. */
  insideDistrict(at: Position): boolean | null;
  /** In-service components of the same class within a distance (metres), the asked one left out, by id. */
  near(row: CheckedComponent, metres: number): { id: number; code: string | null; at: Position; distance: number }[];
  /** Groups of components, retired ones included, that carry one code; only groups with a member in `ids` unless null. */
  sharedCodes(ids: readonly number[] | null): { code: string; members: { id: number; at: Position | null }[] }[];
  grids(ids: readonly number[] | null): Iterable<CheckedGrid>;
  /** Faults of the active tiling; those that concern any of `ids` unless null. */
  tilingFaults(ids: readonly number[] | null): readonly CheckedFault[];
}
