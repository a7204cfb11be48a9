import type { CellValue, LayerName, Role } from '../model/component.ts';
import type { FindingDraft, Reach, Severity } from '../model/finding.ts';
import type { Position } from '../model/geometry/types.ts';

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
  status: string;
}

export interface KnownClass {
  name: string;
  accuracy: string | null;
  ownerless: boolean;
}

export interface KnownUnit {
  name: string;
  validFrom: string | null;
  validTo: string | null;
}

export interface TilingFault {
  kind: 'gap' | 'overlap' | 't-junction' | 'outside-community';
  at: Position;
  gridIds: number[];
  codes: string[];
  areaM2: number | null;
}

/** The project as rules may see it. Lookups are cheap enough to be asked for every row. */
export interface CheckSource {
  readonly today: string;
  readonly district: string;
  class(scheme: string, code: string): KnownClass | null;
  hasScheme(scheme: string): boolean;
  unit(id: number): KnownUnit | null;
  /** Code and names of the places a component stands in by its derived columns. */
  grid(id: number): { code: string; communityCode: string | null } | null;
  placeName(layer: 'street' | 'community', code: string): { name: string; aliases: string[] } | null;
  /** Active grids whose polygon contains the point (border included). */
  gridsAt(at: Position): { id: number; code: string }[];
  /** Whether the point lies in any street polygon; null in a project without streets. */
  insideDistrict(at: Position): boolean | null;
  /** In-service components of a class within a distance, the asked one left out. */
  near(row: CheckedComponent, metres: number): { id: number; code: string | null; distance: number }[];
  /** Groups of components, retired ones included, that carry one code; only groups with a member in `ids` unless null. */
  sharedCodes(ids: readonly number[] | null): { code: string; members: { id: number; at: Position | null }[] }[];
  grids(ids: readonly number[] | null): Iterable<CheckedGrid>;
  /** Faults of the active tiling; only those that touch `ids` unless null. */
  tilingFaults(ids: readonly number[] | null): TilingFault[];
}

interface CheckBase {
  id: string;
  severity: Severity;
  /** Clause of the standard it rests on, where there is one. */
  clause: string | null;
  layers: readonly LayerName[];
}

/** A rule over one component at a time, alone ('self') or with what stands near it ('neighbours'). */
export interface RowCheck extends CheckBase {
  reach: Extract<Reach, 'self' | 'neighbours'>;
  check(row: CheckedComponent, source: CheckSource): Iterable<FindingDraft>;
}

/** A rule over a layer or the tiling; `ids` names the features to look at again, null = all. */
export interface LayerCheck extends CheckBase {
  reach: Extract<Reach, 'layer' | 'tiling'>;
  check(ids: readonly number[] | null, source: CheckSource): Iterable<FindingDraft>;
}

export type Check = RowCheck | LayerCheck;

/** Identity, for inference and one place to look for what a rule is. */
export function defineCheck<T extends Check>(check: T): T {
  return check;
}

export function isRowCheck(check: Check): check is RowCheck {
  return check.reach === 'self' || check.reach === 'neighbours';
}

/** A finding on one component. */
export function onComponent(
  rule: string,
  row: Pick<CheckedComponent, 'id' | 'at'>,
  key: string,
  data: Record<string, CellValue>,
): FindingDraft {
  return { rule, features: [{ layer: 'component', id: row.id }], key, at: row.at, data };
}

/** A text cell, or null when it is blank or no text. */
export function textCell(row: Pick<CheckedComponent, 'cells'>, column: string): string | null {
  const value = row.cells[column];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function unitCell(row: Pick<CheckedComponent, 'cells'>, role: Role): number | null {
  const value = row.cells[`${role}_id`];
  return typeof value === 'number' ? value : null;
}
