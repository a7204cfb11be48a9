import type { CellValue } from '../../model/component.ts';
import type { Position } from '../../model/geometry/types.ts';
import { cellsAfter, cellsBeforeEdits, type PastCells } from '../../project/batches/past.ts';
import { pointOfBlob, type Existing } from '../../project/batches/match.ts';
import type { Store } from '../../project/batches/batches.ts';
import type { StagedRow, WeighedCell } from '../../project/batches/rows.ts';
import { pointMark, sameCell, type CompareOptions } from './compare.ts';
import { SAME_PLACE, sameShape } from './same-shape.ts';

export interface WeighOptions extends Pick<CompareOptions, 'kind' | 'shown'> {
  /** Revision whose state the delivery was made from; null where nobody knows. */
  basedOn: number | null;
  placeAt: (at: Position) => { gridCode: string; streetCode: string | null; communityCode: string | null } | null;
}

/** A component as it was: all its cells, and where it stood. */
interface Version extends Omit<PastCells, 'cells'> {
  cells: Record<string, CellValue>;
  stood: Position | null;
  shape: Uint8Array | null;
}

/**
 * Weighs the changed rows of a block against what the delivery was made from. Known: a cell the supplier did not touch is no change, one
 * only the supplier touched is (compatible), one both touched is a true conflict and held back. Not known: a cell that still carries what
 * somebody has changed by hand since is stale and held back; one that says a third thing is pointed out.
 */
export function weighRows(
  store: Store,
  rows: readonly StagedRow[],
  known: Map<string, Existing[]>,
  options: WeighOptions,
): void {
  const changed = rows.filter(({ pile, featureId }) => pile === 'changed' && featureId !== null);
  if (changed.length === 0 || options.kind.as !== 'component') return;
  const ids = changed.flatMap(({ featureId }) => (featureId === null ? [] : [featureId]));
  const base = options.basedOn === null ? null : cellsAfter(store, ids, options.basedOn);
  const edits = base === null ? cellsBeforeEdits(store, ids) : null;
  for (const row of changed) {
    const match = known.get(row.key ?? '')?.[0];
    const id = row.featureId;
    if (match === undefined || id === null) continue;
    const then = base?.get(id);
    if (then !== undefined) againstBase(row, match, versionOf(match, then), options);
    const versions = edits?.get(id) ?? [];
    if (versions.length > 0) againstEdits(row, match, versions, options);
  }
}

function versionOf(match: Existing, { cells: past, ...about }: PastCells): Version {
  const cells = { ...match.cells };
  for (const [column, was] of past) if (!(was instanceof Uint8Array)) cells[column] = was;
  const geom = past.has('geom') ? past.get('geom') : match.geom;
  const shape = past.has('#shape') ? past.get('#shape') : match.shape;
  return {
    ...about,
    cells,
    stood: geom instanceof Uint8Array ? pointOfBlob(geom) : null,
    shape: shape instanceof Uint8Array ? shape : null,
  };
}

function againstBase(row: StagedRow, match: Existing, base: Version, options: WeighOptions): void {
  const present = versionOf(match, { ...base, cells: new Map() });
  const weighed: Record<string, WeighedCell> = {};
  for (const column of Object.keys(row.was ?? {})) {
    if (column === 'extra' || sameIn(column, base, present, options)) continue;
    if (delivers(column, row, base, options)) drop(row, column);
    else weighed[column] = weigh('true-conflict', column, base);
  }
  settle(row, weighed);
}

function againstEdits(row: StagedRow, match: Existing, edits: readonly PastCells[], options: WeighOptions): void {
  const versions = edits.map((past) => versionOf(match, past));
  const weighed: Record<string, WeighedCell> = {};
  for (const column of Object.keys(row.was ?? {})) {
    if (column === 'extra') continue;
    const stale = versions.find((version) => delivers(column, row, version, options));
    // The cells of a version are those changed since: the first that has the column is the edit that changed it.
    const edited = versions[edits.findIndex(({ cells }) => cells.has(column))];
    if (stale !== undefined) weighed[column] = weigh('stale', column, stale);
    else if (edited !== undefined) weighed[column] = weigh('edited-since', column, edited);
  }
  settle(row, weighed);
}

function weigh(
  code: WeighedCell['code'],
  column: string,
  { cells, stood, revision, at, person }: Version,
): WeighedCell {
  const base = column === 'geom' ? (stood === null ? null : pointMark(stood)) : (cells[column] ?? null);
  return { code, base, revision, at, person };
}

/** Whether the delivery says of a column what a version of the component said. */
function delivers(column: string, row: StagedRow, version: Version, options: WeighOptions): boolean {
  if (column === 'geom')
    return samePlace(row.at, version.stood) && (row.shape === null || sameShapes(row.shape, version.shape));
  const now = row.now[column] ?? null;
  const form = options.kind.columns.get(column);
  return sameCell(form, now, version.cells[column] ?? null) || sameCell(form, now, wordThen(column, version, options));
}

/** Whether a column says the same in two versions, by itself and in the project's own words. */
function sameIn(column: string, one: Version, other: Version, options: WeighOptions): boolean {
  if (column === 'geom')
    return samePlace(one.stood, other.stood) && (one.shape === other.shape || sameShapes(one.shape, other.shape));
  const held = (version: Version) => version.cells[column] ?? null;
  return held(one) === held(other) && wordThen(column, one, options) === wordThen(column, other, options);
}

/** The project's own word for a surveyed text, as it was: of places, where the component stood then. */
function wordThen(column: string, { cells, stood }: Version, { shown, placeAt }: WeighOptions): string | null {
  if (!(column in PLACE_WORDS) || stood === null) return shown(column, cells);
  const place = placeAt(stood);
  if (place === null) return null;
  if (column === 'grid_text') return place.gridCode;
  return shown(column, { street_code: place.streetCode, community_code: place.communityCode });
}
const PLACE_WORDS = { grid_text: true, street_text: true, community_text: true };

function samePlace(a: Position | null, b: Position | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.hypot(a[0] - b[0], a[1] - b[1]) <= SAME_PLACE;
}

function sameShapes(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : sameShape(a, b);
}

/** The delivery says nothing new of a column. */
function drop(row: StagedRow, column: string): void {
  row.was = Object.fromEntries(Object.entries(row.was ?? {}).filter(([one]) => one !== column));
  if (column !== 'geom') return;
  row.moved = null;
  row.reason = null;
}

function settle(row: StagedRow, weighed: Record<string, WeighedCell>): void {
  if (Object.keys(row.was ?? {}).length === 0) {
    row.was = null;
    row.pile = 'same';
    return;
  }
  const codes = new Set(Object.values(weighed).map(({ code }) => code));
  const first = (['true-conflict', 'stale', 'edited-since'] as const).find((code) => codes.has(code));
  if (first === undefined) return;
  row.weighed = weighed;
  row.reason = { code: first, data: { ...row.reason?.data, cells: Object.keys(weighed).length } };
}
