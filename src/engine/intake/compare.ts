import type { CellValue } from '../../model/component.ts';
import { shapeArea } from '../../model/geometry/polygon.ts';
import type { Position } from '../../model/geometry/types.ts';
import { encodeGpkg } from '../../model/geometry/wkb.ts';
import { pointOfBlob, type Existing } from '../../project/batches/match.ts';
import type { StagedRow } from '../../project/batches/rows.ts';
import { accuracyMetres, type Kind } from './kinds.ts';
import type { Transformed } from './transform.ts';

/** A move of less than a millimetre is the noise of a coordinate written down, not a change. */
const SAME_PLACE = 0.001;

export interface CompareOptions {
  kind: Kind;
  tableNo: number;
  srsId: number;
  /** Columns the file fills; only these can be changed by it. */
  columns: string[];
  accuracyOf: (classCode: string | null) => string | null;
  streetAt: (at: Position) => string | null;
}

/** Puts one delivered row into its pile, as far as its own code decides. Repeated codes and nearness are told afterwards, when all rows are known. */
export function stageRow(row: Transformed, matches: Existing[], options: CompareOptions): StagedRow {
  const { kind, srsId } = options;
  const shape = row.shape === null ? null : encodeGpkg(row.shape, srsId);
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
    shape,
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
  const was = differences(row, match, options.columns);
  staged.featureId = match.id;
  if (kind.shape === 'point') comparePlace(row, match, staged, was, options);
  else if (shape !== null && (match.geom === null || !sameBytes(shape, match.geom))) was['geom'] = 'shape';
  const changed = Object.keys(was).length > 0;
  return { ...staged, pile: changed ? 'changed' : 'same', was: changed ? was : null };
}

/** Columns whose delivered value differs, with the value the project holds. A blank says nothing, so it changes nothing. */
function differences(row: Transformed, match: Existing, columns: string[]): Record<string, CellValue> {
  const was: Record<string, CellValue> = {};
  for (const column of columns) {
    const now = row.now[column] ?? null;
    const held = match.cells[column] ?? null;
    if (now !== null && now !== held) was[column] = held;
  }
  return was;
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
  if (moved !== null && moved <= SAME_PLACE) return;
  was['geom'] = from === null ? null : `${from[0]} ${from[1]}`;
  staged.moved = moved;
  const limit = accuracyMetres(options.accuracyOf(row.classCode));
  if (moved !== null && moved <= limit) staged.reason = { code: 'moved-within-accuracy', data: { moved, limit } };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** How a geometry cell reads in a list: 'x y' of a point, m² of an area. */
export function describeShape(row: Pick<Transformed, 'shape' | 'at'>): string | null {
  if (row.shape?.type === 'MultiPolygon') return `${Math.round(shapeArea(row.shape))} m²`;
  return row.at === null ? null : `${row.at[0]} ${row.at[1]}`;
}
