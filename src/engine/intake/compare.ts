import type { CellValue } from '../../model/component.ts';
import type { Position } from '../../model/geometry/types.ts';
import { encodeGpkg } from '../../model/geometry/wkb.ts';
import { pointOfBlob, type Existing } from '../../project/batches/match.ts';
import type { StagedRow } from '../../project/batches/rows.ts';
import { aliasesOf } from './aliases.ts';
import { differentExtra } from './extra.ts';
import { accuracyMetres, type Kind, type TargetKind } from './kinds.ts';
import { sameWords } from './normalise.ts';
import { SAME_PLACE, sameShape, shapeMark } from './same-shape.ts';
import type { Transformed } from './transform.ts';

export interface CompareOptions {
  kind: Kind;
  tableNo: number;
  srsId: number;
  /** Columns the file fills; only these can be changed by it. */
  columns: string[];
  /** Columns in which a blank takes a value away; in all others it says nothing. */
  cleared: ReadonlySet<string>;
  /** Delivered fields that fill a column or are read for a helper: what `extra` keeps of them is compared through the column. */
  used: ReadonlySet<string>;
  accuracyOf: (classCode: string | null) => string | null;
  /** Unit registered under a name. */
  unitNamed: (name: string) => number | null;
  /** What the project itself says in place of a surveyed text: the words its exports go out with. */
  shown: (column: string, cells: Readonly<Record<string, CellValue>>) => string | null;
  streetAt: (at: Position) => string | null;
}

/** Puts one delivered row into its pile, as far as its own code decides. Repeated codes and nearness are told afterwards, when all rows are known. */
export function stageRow(row: Transformed, matches: Existing[], options: CompareOptions): StagedRow {
  const { kind, srsId } = options;
  const staged: StagedRow = {
    tableNo: options.tableNo,
    sourceRow: row.sourceRow,
    key: row.key,
    pile: 'new',
    reason: null,
    featureId: null,
    classCode: row.classCode,
    streetCode: row.at === null ? null : options.streetAt(row.at),
    now: row.now,
    was: null,
    faults: row.faults,
    extra: row.extra,
    shape: row.shape === null ? null : encodeGpkg(row.shape, srsId),
    at: row.at,
    from: null,
    moved: null,
  };
  if (matches.length > 1) {
    return { ...staged, pile: 'unclear', reason: { code: 'code-twice-in-project', data: { count: matches.length } } };
  }
  const match = matches[0];
  if (match === undefined) {
    if (row.key !== null || kind.as !== 'component') return staged;
    return { ...staged, reason: { code: 'no-code', data: {} } };
  }
  staged.featureId = match.id;
  if (match.cells['status'] === 'retired') {
    return { ...staged, pile: 'unclear', reason: { code: 'code-retired', data: { code: row.key } } };
  }
  const was = differences(row, match, options);
  if (kind.shape === 'point') comparePlace(row, match, staged, was, options);
  else compareShape(staged.shape, match.geom, was);
  const changed = Object.keys(was).length > 0;
  return { ...staged, pile: changed ? 'changed' : 'same', was: changed ? was : null };
}

/**
 * Columns whose delivered value differs, with the value the project holds. A blank says nothing, unless asked, so it changes nothing; nor does a text
 * that differs in width and blanks only, or is the project's own word for what the surveyed one stands for (its registered unit, the grid it
 * stands in): an export comes back so.
 */
function differences(row: Transformed, match: Existing, options: CompareOptions): Record<string, CellValue> {
  const was: Record<string, CellValue> = {};
  for (const column of options.columns) {
    const now = row.now[column] ?? null;
    const held = match.cells[column] ?? null;
    const form = options.kind.columns.get(column);
    if (now === null && !clears(column, row, options)) continue;
    if (sameCell(form, now, held) || (now !== null && sameCell(form, now, options.shown(column, match.cells))))
      continue;
    was[column] = held;
  }
  if (options.kind.as === 'unit') compareUnit(row, match, was, options.unitNamed);
  const extra = match.cells['extra'];
  if (typeof extra === 'string' && differentExtra(row.extra, extra, options.used)) was['extra'] = extra;
  return was;
}

/** A closed list has no blank, and a value that could not be taken is none. */
function clears(column: string, row: Transformed, { cleared, kind }: CompareOptions): boolean {
  if (!cleared.has(column) || kind.columns.get(column) === 'choice') return false;
  return !row.faults.some((fault) => fault.column === column);
}

/** Whether a delivered value says what a cell holds. */
export function sameCell(form: TargetKind | undefined, a: CellValue, b: CellValue): boolean {
  return a === b || (form === 'text' && a !== null && b !== null && sameWords(String(a), String(b)));
}

/** Other names the registry does not know yet, and another unit above it. */
function compareUnit(
  row: Transformed,
  match: Existing,
  was: Record<string, CellValue>,
  unitNamed: CompareOptions['unitNamed'],
): void {
  const names = match.names ?? [];
  if (aliasesOf(row).some((alias) => !names.includes(alias))) was['aliases'] = names.slice(1).join('；') || null;
  const parent = row.now['#parent_name'];
  if (typeof parent !== 'string') return;
  const id = unitNamed(parent);
  if (id !== null && id !== match.cells['parent_id']) was['parent_name'] = match.cells['parent_id'] ?? null;
}

function comparePlace(
  row: Transformed,
  match: Existing,
  staged: StagedRow,
  was: Record<string, CellValue>,
  options: CompareOptions,
): void {
  const from = match.geom === null ? null : pointOfBlob(match.geom);
  staged.from = from;
  if (row.at === null) return;
  const moved = from === null ? null : Math.hypot(from[0] - row.at[0], from[1] - row.at[1]);
  if (moved !== null && moved <= SAME_PLACE) {
    compareShape(staged.shape, match.shape ?? null, was);
    return;
  }
  was['geom'] = from === null ? null : pointMark(from);
  staged.moved = moved;
  const limit = accuracyMetres(options.accuracyOf(row.classCode));
  if (moved !== null && moved <= limit) staged.reason = { code: 'moved-within-accuracy', data: { moved, limit } };
}

function compareShape(now: Uint8Array | null, held: Uint8Array | null, was: Record<string, CellValue>): void {
  if (now === null || (held !== null && sameShape(now, held))) return;
  was['geom'] = held === null ? null : shapeMark(held);
}

/** How a point reads in the list of old and new cells. */
export function pointMark(at: Position): string {
  return `${at[0]} ${at[1]}`;
}
