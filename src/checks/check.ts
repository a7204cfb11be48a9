import type { CheckedComponent, CheckSource } from '../model/check-source.ts';
import type { CellValue, LayerName, Role } from '../model/component.ts';
import type { FindingDraft, Reach, Severity } from '../model/finding.ts';

interface CheckBase {
  /** Also the name of its file, its page in docs/checks and its words. */
  id: string;
  severity: Severity;
  /** Clause of the standard it rests on, where there is one. */
  clause: string | null;
  layers: readonly [LayerName, ...LayerName[]];
  /** What it finds depends on the day too: looked at again when a new day begins. */
  timely?: true;
}

/**
 * A rule over one component at a time, alone ('self') or with what stands near it ('neighbours'). A neighbours rule gives the very same
 * finding from either side, so that looking at the touched rows alone is enough.
 */
export interface RowCheck extends CheckBase {
  reach: Extract<Reach, 'self' | 'neighbours'>;
  check(row: CheckedComponent, source: CheckSource): Iterable<FindingDraft>;
}

/** A rule over the first of its layers as a whole; `ids` names the features to look at again, null = all. */
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

/** Whether anybody is named for a role, be it a registered unit or only a surveyed text or code. */
export function isNamed(row: Pick<CheckedComponent, 'cells'>, role: Role): boolean {
  return (
    unitCell(row, role) !== null ||
    textCell(row, `${role}_text`) !== null ||
    textCell(row, `${role}_code_text`) !== null
  );
}
