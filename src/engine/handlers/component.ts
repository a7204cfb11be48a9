import { GewuError } from '../../api/error.ts';
import type { CellValue } from '../../model/component.ts';
import { COMPONENT_COLUMNS, inService } from '../../model/component.ts';
import { componentPrefix } from '../../model/codes.ts';
import { snap, snapPosition } from '../../model/geometry/lattice.ts';
import type { Position, Shape } from '../../model/geometry/types.ts';
import { decodeGpkg, encodeGpkg } from '../../model/geometry/wkb.ts';
import { pointOf } from '../../project/edits/grid-neighbourhood.ts';
import {
  findClass,
  gridCodeOf,
  shapeRowOf,
  stateInService,
  successorOf,
  type KnownClass,
} from '../../project/edits/lookups.ts';
import type { RevisionTx } from '../../project/recorder.ts';
import type { LaneContext } from '../lanes/context.ts';
import type { CommandHandlers } from '../lanes/handlers.ts';
import { checkedCell, summaryOf, writeRows } from './rows.ts';

type Row = Record<string, CellValue | Uint8Array>;
const IN_SERVICE_STATE = '完好';
/** A row that a new one of another class succeeds. */
const SUPERSEDED_STATE = '废弃';
const EDITABLE = new Map(COMPONENT_COLUMNS.filter((column) => column.editable).map((column) => [column.name, column]));

type Commands = Pick<
  CommandHandlers,
  | 'component.update'
  | 'component.add'
  | 'component.move'
  | 'component.retire'
  | 'component.restore'
  | 'component.reclassify'
>;

export const componentCommands: Commands = {
  'component.update'(ctx, { changes }) {
    const { revision, value } = ctx.revise({}, (tx) => {
      Object.assign(tx.summary, summaryOf(tx, 'component', changes));
      return writeRows(tx, 'component', COMPONENT_COLUMNS, changes);
    });
    return { revision, rows: value };
  },

  'component.add'(ctx, { scheme, classCode, at, set }) {
    const kind = classOf(ctx, scheme, classCode);
    const { revision, value } = ctx.revise({ class: kind.name ?? classCode }, (tx) => {
      const code = tx.issueCode('component', prefixOf(ctx, classCode));
      const given = Object.entries(set ?? {}).map(([name, cell]) => [
        name,
        checkedCell('component', EDITABLE, name, cell),
      ]);
      const id = tx.insert('component', {
        name: kind.name,
        state: IN_SERVICE_STATE,
        surveyed_on: ctx.today,
        ...(Object.fromEntries(given) as Row),
        code,
        scheme,
        class_code: classCode,
        geom: pointBlob(ctx, at),
      });
      tx.summary['code'] = code;
      return { id, code };
    });
    return { revision, ...value };
  },

  'component.move'(ctx, { id, to, was }) {
    const { revision } = ctx.revise({}, (tx) => moveComponent(ctx, tx, id, snapPosition(to), was));
    return { revision, gridCode: gridCodeOf(ctx.project.db, id) };
  },

  'component.retire'(ctx, { ids, state }) {
    const to = state ?? '移除';
    return changeState(ctx, ids, (row) => (row['state'] === to ? undefined : to));
  },

  'component.restore'(ctx, { ids }) {
    return changeState(ctx, ids, (row, id) => {
      if (inService(stateOf(row))) return undefined;
      const before = stateInService(ctx.project.db, id);
      return before === null ? IN_SERVICE_STATE : before.state;
    });
  },

  'component.reclassify'(ctx, { id, scheme, classCode }) {
    const kind = classOf(ctx, scheme, classCode);
    const { revision, value } = ctx.revise({ class: kind.name ?? classCode }, (tx) => succeed(ctx, tx, id, kind));
    return { revision, ...value };
  },
};

/** `next` answers the new state, or undefined where the row stays as it is. */
function changeState(
  ctx: LaneContext,
  ids: readonly number[],
  next: (row: Row, id: number) => string | null | undefined,
): { revision: number | null; rows: number } {
  const { revision, value } = ctx.revise({}, (tx) => {
    let rows = 0;
    for (const id of ids) {
      const row = existing(tx, id);
      const state = next(row, id);
      if (state === undefined) continue;
      if (tx.update('component', id, { state, changed_on: ctx.today })) rows += 1;
      if (rows === 1) Object.assign(tx.summary, { code: row['code'], from: row['state'], to: state });
    }
    if (rows > 1) for (const key of ['code', 'from']) delete tx.summary[key];
    Object.assign(tx.summary, { count: rows, column: 'state' });
    return rows;
  });
  return { revision, rows: value };
}

/** @throws GewuError 'conflict' when the component no longer stands where the screen showed it */
function moveComponent(ctx: LaneContext, tx: RevisionTx, id: number, to: Position, shown: Position): void {
  const row = existing(tx, id);
  const from = row['geom'] instanceof Uint8Array ? pointOf(row['geom']) : null;
  if (from !== null && (snap(from[0]) !== snap(shown[0]) || snap(from[1]) !== snap(shown[1]))) {
    throw new GewuError('conflict', 'The component was moved by somebody else meanwhile; look at it again.', {
      reason: 'place',
      id,
      was: shown,
      now: from,
    });
  }
  tx.update('component', id, { geom: pointBlob(ctx, to) });
  const shape = shapeRowOf(ctx.project.db, id);
  const blob = shape === null ? null : tx.read(shape.table, shape.id)?.['geom'];
  if (shape !== null && from !== null && blob instanceof Uint8Array) {
    const moved = shifted(decodeGpkg(blob).shape, to[0] - from[0], to[1] - from[1]);
    if (moved !== null) tx.update(shape.table, shape.id, { geom: encodeGpkg(moved, ctx.project.info().crs.srsId) });
  }
  Object.assign(tx.summary, { code: row['code'], from: from?.join(' ') ?? null, to: to.join(' ') });
}

function shifted(shape: Shape | null, dx: number, dy: number): Shape | null {
  const place = ([x, y]: Position): Position => [snap(x + dx), snap(y + dy)];
  if (shape?.type === 'MultiLineString')
    return { ...shape, coordinates: shape.coordinates.map((line) => line.map(place)) };
  if (shape?.type !== 'MultiPolygon') return null;
  return { ...shape, coordinates: shape.coordinates.map((rings) => rings.map((ring) => ring.map(place))) };
}

/** Retires a component and makes its successor of another class: a new code, everything else taken over. */
function succeed(ctx: LaneContext, tx: RevisionTx, id: number, kind: KnownClass): { id: number; code: string } {
  const row = existing(tx, id);
  const { db } = ctx.project;
  const successor = successorOf(db, id);
  if (successor !== null) {
    throw new GewuError('refused', `${String(row['code'])} has been succeeded by ${successor.code} already.`, {
      reason: 'succeeded',
      id,
      code: row['code'],
      successor,
      successorCode: successor.code,
    });
  }
  if (row['scheme'] === kind.scheme && row['class_code'] === kind.code) {
    throw new GewuError('refused', `${String(row['code'])} is of this class already.`, {
      reason: 'same-class',
      id,
      code: row['code'],
    });
  }
  const code = tx.issueCode('component', prefixOf(ctx, kind.code));
  const was = findClass(db, String(row['scheme']), String(row['class_code']));
  const made = tx.insert('component', {
    ...row,
    code,
    scheme: kind.scheme,
    class_code: kind.code,
    name: row['name'] === null || row['name'] === was?.name ? kind.name : (row['name'] ?? null),
    changed_on: ctx.today,
    replaces_id: id,
  });
  const shape = shapeRowOf(db, id);
  const blob = shape === null ? null : tx.read(shape.table, shape.id)?.['geom'];
  if (shape !== null && blob instanceof Uint8Array) tx.insert(shape.table, { component_id: made, geom: blob });
  tx.update('component', id, { state: SUPERSEDED_STATE, changed_on: ctx.today });
  Object.assign(tx.summary, { from: row['code'], code });
  return { id: made, code };
}

/** @throws GewuError 'not-found' */
function existing(tx: RevisionTx, id: number): Row {
  const row = tx.read('component', id);
  if (row === null)
    throw new GewuError('not-found', `There is no component ${id}.`, { reason: 'row', layer: 'component', id });
  return row;
}

function stateOf(row: Row): string | null {
  return typeof row['state'] === 'string' ? row['state'] : null;
}

/** @throws GewuError 'input' */
function classOf(ctx: LaneContext, scheme: string, code: string): KnownClass {
  const found = findClass(ctx.project.db, scheme, code);
  if (found !== null) return found;
  throw new GewuError('input', `${scheme} has no class ${code}.`, { reason: 'no-class', scheme, classCode: code });
}

/** @throws GewuError 'refused' for classes whose code cannot stand in a component's */
function prefixOf(ctx: LaneContext, classCode: string): string {
  const prefix = componentPrefix(ctx.project.info().district, classCode);
  if (prefix !== null) return prefix;
  throw new GewuError('refused', `No code can be issued for class ${classCode}: it has neither 4 nor 5 digits.`, {
    reason: 'class-without-code',
    classCode,
  });
}

function pointBlob(ctx: LaneContext, at: Position): Uint8Array {
  return encodeGpkg({ type: 'Point', coordinates: snapPosition(at) }, ctx.project.info().crs.srsId);
}
