import type { GridEditDone, GridOperation } from '../../api/grid.ts';
import { GewuError } from '../../api/error.ts';
import { UNIT_GRID_COLUMNS } from '../../model/component.ts';
import { growBbox } from '../../model/geometry/bbox.ts';
import type { Bbox, Position } from '../../model/geometry/types.ts';
import { encodeGpkg } from '../../model/geometry/wkb.ts';
import type { Edited, Refusal } from '../../model/tiling/edit.ts';
import { faceArea, faceOf, faceShape, nearestNode } from '../../model/tiling/faces.ts';
import { applyOperation } from '../../model/tiling/operation.ts';
import { buildTiling, placeOf, type Tiling } from '../../model/tiling/tiling.ts';
import { activeFaces, gridNeighbourhood, gridsChangedSince } from '../../project/edits/grid-neighbourhood.ts';
import { componentCodes } from '../../project/edits/lookups.ts';
import type { LaneContext } from '../lanes/context.ts';
import type { CommandHandlers } from '../lanes/handlers.ts';
import { summaryOf, writeRows } from './rows.ts';

/** A place names a node when it lies within 1 mm of it. */
const NODE_TOLERANCE = 0.001;

export const gridCommands: Pick<CommandHandlers, 'grid.edit' | 'grid.update'> = {
  'grid.edit'(ctx, { operation, revision }) {
    const { db } = ctx.project;
    const near = gridNeighbourhood(db, workingBox(ctx, operation));
    const tiling = buildTiling(near.faces, { complete: near.complete });
    const exact = onNodes(tiling, operation);
    const edited = applyOperation(tiling, exact, { points: near.points });
    if (edited.refused) throw refusal(edited);
    if (revision !== undefined) refuseStale(ctx, revision, edited.changed);
    return commit(ctx, tiling, edited, exact);
  },

  'grid.update'(ctx, { changes }) {
    const { revision, value } = ctx.revise({}, (tx) => {
      Object.assign(tx.summary, summaryOf(tx, 'unit_grid', changes));
      return writeRows(tx, 'unit_grid', UNIT_GRID_COLUMNS, changes);
    });
    return { revision, rows: value };
  },
};

function placesOf(operation: GridOperation): Position[] {
  if (operation.op === 'move-node') return [operation.at, operation.to];
  if (operation.op === 'insert-node') return [operation.a, operation.b, operation.to];
  const { a, b, by } = operation;
  return [a, b, [a[0] + by[0], a[1] + by[1]], [b[0] + by[0], b[1] + by[1]]];
}

/** Everything the edit can change or run into: the grids at the places named and whatever lies between them. */
function workingBox(ctx: LaneContext, operation: GridOperation): Bbox {
  const xs = placesOf(operation).map(([x]) => x);
  const ys = placesOf(operation).map(([, y]) => y);
  const named: Bbox = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  const box = growBbox(named, NODE_TOLERANCE);
  const positions = activeFaces(ctx.project.db, box).flatMap((face) => face.rings.flat(2));
  return positions.reduce<Bbox>(
    ([minX, minY, maxX, maxY], [x, y]) => [Math.min(minX, x), Math.min(minY, y), Math.max(maxX, x), Math.max(maxY, y)],
    box,
  );
}

/** The operation with its places put exactly on the nodes they mean. */
function onNodes(tiling: Tiling, operation: GridOperation): GridOperation {
  const exact = (place: Position): Position => {
    const node = nearestNode(tiling, place, NODE_TOLERANCE);
    return node < 0 ? place : placeOf(tiling, node);
  };
  if (operation.op === 'move-node') return { ...operation, at: exact(operation.at) };
  return { ...operation, a: exact(operation.a), b: exact(operation.b) };
}

/** @throws GewuError 'conflict' where the screen drew these grids before a later revision */
function refuseStale(ctx: LaneContext, since: number, grids: readonly number[]): void {
  const codes = gridsChangedSince(ctx.project.db, since, grids);
  if (codes.length === 0) return;
  throw new GewuError('conflict', `Changed meanwhile: ${codes.join(', ')}; look at them again.`, {
    reason: 'grids',
    codes,
    since,
  });
}

function commit(ctx: LaneContext, before: Tiling, edited: Edited, operation: GridOperation): GridEditDone {
  const { srsId } = ctx.project.info().crs;
  const changed: GridEditDone['changed'] = [];
  const [place] = placesOf(operation);
  const summary = { operation: operation.op, at: place?.join(' ') ?? null, count: edited.changed.length };
  const done = ctx.revise(summary, (tx) => {
    for (const id of edited.changed) {
      const was = faceOf(before, id);
      const now = faceOf(edited.tiling, id);
      if (was === null || now === null) continue;
      tx.update('unit_grid', id, { geom: encodeGpkg(faceShape(edited.tiling, now), srsId) });
      changed.push({ id, code: now.code, areaWas: faceArea(before, was), areaNow: faceArea(edited.tiling, now) });
    }
    tx.summary['codes'] = changed.map((grid) => grid.code).join(' ');
  });
  const codeOf = (id: number | null) => (id === null ? null : (faceOf(before, id)?.code ?? null));
  const codes = componentCodes(
    ctx.project.db,
    done.moved.map((moved) => moved.id),
  );
  const movedComponents = done.moved.map(({ id, from, to }) => ({
    id,
    code: codes.get(id) ?? '',
    from: codeOf(from),
    to: codeOf(to),
  }));
  return { revision: done.revision, retired: [], created: [], movedComponents, changed };
}

const REASONS: Readonly<Record<Refusal['code'], string>> = {
  'not-a-node': 'There is no node of the grids within 1 mm of this place.',
  'not-an-edge': 'These two nodes are not joined by an edge.',
  'no-change': 'The place is where it was.',
  'would-cross': 'An edge would cross or touch another.',
  'would-invert': 'A grid would turn inside out or lose its area.',
  'too-close': 'It would come nearer than 1 mm to another node or edge.',
  'on-community-border': 'Grids of several communities meet here: the border between communities stays.',
  'on-district-border': 'No grid lies beyond: the border of the district stays.',
  'on-fault': 'The grids do not meet here as they should; mend the fault first.',
  'not-loaded': 'The grids around it are not all known.',
  'strands-component': 'A component would stand in no grid.',
};

function refusal({ code, place, data }: Refusal): GewuError {
  const codes = data.codes === undefined || data.codes.length === 0 ? '' : ` (${data.codes.join(', ')})`;
  const message = `${REASONS[code]} At ${place.map((n) => n.toFixed(4)).join(' ')}${codes}.`;
  return new GewuError('refused', message, { reason: code, place, ...data });
}
