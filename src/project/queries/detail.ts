import { unitValidOn } from '../../model/clarity.ts';
import { COMPONENT_COLUMNS, ROLES, type CellValue, type Role } from '../../model/component.ts';
import type { Finding } from '../../model/finding.ts';
import type { Position, Shape } from '../../model/geometry/types.ts';
import { decodeGpkg } from '../../model/geometry/wkb.ts';
import { originOf, type Origin } from '../batches/receipt.ts';
import { ProjectError } from '../error.ts';
import { listFindings } from './findings.ts';
import { NAMED_COLUMNS, namesOf } from './names.ts';
import { idsParameter, type Reader } from './reader.ts';
import { rowsById, type Row } from './rows.ts';

/** As the contract's ComponentDetail but `lonLat`, which needs the reference systems this room does not know. */
export interface Detail extends Row {
  at: Position | null;
  shape: Shape | null;
  extra: Record<string, string | null>;
  findings: Finding[];
  roles: Record<
    Role,
    { id: number | null; name: string | null; valid: boolean; text: string | null; codeText: string | null }
  >;
  replacedBy: { id: number; code: string } | null;
  /** The delivery it came with; null where it was made by hand. */
  origin: Origin | null;
  revisions: number;
}

/** Most findings a detail shows; a component with more has one fault many times over. */
const FINDINGS = 200;

/**
 * One component with everything about it.
 * @throws ProjectError 'not-found'
 */
export function componentDetail(reader: Reader, id: number): Detail {
  const { db } = reader;
  const [row] = rowsById(db, 'component', [id]);
  if (row === undefined)
    throw new ProjectError('not-found', `There is no component ${id} in this project.`, {
      reason: 'row',
      layer: 'component',
      id,
    });
  const follower = db
    .prepare<[number], { id: number; code: string | null }>(
      `SELECT id, code FROM component WHERE replaces_id = ? ORDER BY id DESC`,
    )
    .get(id);
  const revisions = db
    .prepare<[number], number>(
      `SELECT count(DISTINCT revision) FROM gewu_change WHERE feature_id = ? AND layer = 'component'`,
    )
    .pluck()
    .get(id);
  return {
    ...row,
    at: positionOf(geometryOf(reader, 'component', 'id', id)),
    shape:
      geometryOf(reader, 'component_line', 'component_id', id) ??
      geometryOf(reader, 'component_area', 'component_id', id),
    extra: extraOf(row.cells['extra'] ?? null),
    findings: listFindings(reader, { feature: { layer: 'component', id }, offset: 0, limit: FINDINGS }).findings,
    roles: rolesOf(reader, row),
    replacedBy: follower === undefined ? null : { id: follower.id, code: follower.code ?? '' },
    origin: deliveredBy(reader, row),
    revisions: revisions ?? 0,
  };
}

function deliveredBy({ db }: Reader, { cells }: Row): Origin | null {
  const { batch_id: batch, source_row: row, code } = cells;
  if (typeof batch !== 'number') return null;
  return originOf(db, batch, typeof row === 'number' ? row : null, typeof code === 'string' ? code : null);
}

function geometryOf(reader: Reader, table: string, key: string, id: number): Shape | null {
  const geom = reader.db
    .prepare<[number], Uint8Array | null>(`SELECT geom FROM ${table} WHERE ${key} = ? AND geom IS NOT NULL`)
    .pluck()
    .get(id);
  return geom == null ? null : decodeGpkg(geom).shape;
}

/** The place of a point shape. */
export function positionOf(shape: Shape | null): Position | null {
  return shape?.type === 'Point' ? shape.coordinates : null;
}

/** What had no column, field by field. Text that is no JSON object (another program's doing) is shown whole, under a blank name. */
function extraOf(text: CellValue): Record<string, string | null> {
  if (typeof text !== 'string' || text === '') return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return { '': text };
    return Object.fromEntries(
      Object.entries(parsed).map(([field, value]: [string, unknown]) => [
        field,
        value === null || typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    );
  } catch (error) {
    if (error instanceof SyntaxError) return { '': text };
    throw error;
  }
}

function rolesOf(reader: Reader, row: Row): Detail['roles'] {
  const find = reader.db.prepare<[number], { name: string; valid_from: string | null; valid_to: string | null }>(
    `SELECT name, valid_from, valid_to FROM unit WHERE id = ?`,
  );
  const textOf = (column: string): string | null => {
    const value = row.cells[column];
    return typeof value === 'string' ? value : null;
  };
  const roleOf = (role: Role): Detail['roles'][Role] => {
    const id = row.cells[`${role}_id`];
    const unit = typeof id === 'number' ? find.get(id) : undefined;
    return {
      id: typeof id === 'number' ? id : null,
      name: unit?.name ?? null,
      valid: unit !== undefined && unitValidOn(unit, reader.today),
      text: textOf(`${role}_text`),
      codeText: textOf(`${role}_code_text`),
    };
  };
  const [supervisor, owner, maintainer, responsible] = ROLES;
  return {
    supervisor: roleOf(supervisor),
    owner: roleOf(owner),
    maintainer: roleOf(maintainer),
    responsible: roleOf(responsible),
  };
}

/** As the contract's MixedCell. */
export interface Mixed {
  value: CellValue;
  name: string | null;
  mixed: boolean;
}

/** Rows looked at in each turn: most columns differ within the first few, and are then asked no more. */
const TURNS = [200, 20_000];

/** For each column whether the rows agree, and on what. Blank ('' or NULL) agrees with blank. `count`: how many of the ids are rows. */
export function mixedCells(reader: Reader, ids: readonly number[]): { count: number; columns: Record<string, Mixed> } {
  const found = new Map<string, Mixed>();
  let open = COMPONENT_COLUMNS.map((column) => column.name);
  let count = 0;
  let from = 0;
  for (const until of [...TURNS, ids.length]) {
    const block = ids.slice(from, until);
    if (block.length === 0) break;
    const seen = rangesOf(reader, block, open);
    const first = count === 0;
    count += seen.count;
    for (const [name, range] of seen.count === 0 ? [] : seen.ranges) merge(found, name, range, first);
    open = open.filter((name) => found.get(name)?.mixed !== true);
    from = until;
  }
  for (const [name, cell] of found) cell.name = cell.mixed ? null : nameOf(reader, name, cell.value);
  return { count, columns: Object.fromEntries(found) };
}

interface Range {
  low: CellValue;
  high: CellValue;
  blanks: number;
  count: number;
}

function rangesOf(
  reader: Reader,
  ids: readonly number[],
  names: string[],
): { count: number; ranges: [string, Range][] } {
  const parts = names.map(
    (name) => `min(nullif("${name}", '')), max(nullif("${name}", '')), count(nullif("${name}", ''))`,
  );
  const [total, ...cells] = reader.db
    .prepare<[string], CellValue[]>(
      `SELECT ${['count(*)', ...parts].join(', ')} FROM component WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .raw()
    .get(idsParameter(ids)) ?? [0];
  const count = Number(total);
  const ranges = names.map((name, i): [string, Range] => {
    const [low, high, filled] = cells.slice(3 * i, 3 * i + 3);
    return [name, { low: low ?? null, high: high ?? null, blanks: count - Number(filled), count }];
  });
  return { count, ranges };
}

function merge(found: Map<string, Mixed>, name: string, range: Range, first: boolean): void {
  const agree = range.low === range.high && (range.blanks === 0 || range.blanks === range.count);
  const known = found.get(name);
  const same = agree && (first || known?.value === range.low);
  found.set(name, { value: same ? range.low : null, name: null, mixed: !same });
}

function nameOf(reader: Reader, column: string, value: CellValue): string | null {
  const kind = NAMED_COLUMNS[column];
  return kind === undefined || value === null ? null : (namesOf(reader.db, kind).get(value)?.name ?? null);
}
