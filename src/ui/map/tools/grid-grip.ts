import type { Position } from '../../../model/geometry/types.ts';
import type { Edited, Refusal } from '../../../model/tiling/edit.ts';
import { gridsAround, nearestNode } from '../../../model/tiling/faces.ts';
import { applyOperation, type TilingOperation } from '../../../model/tiling/operation.ts';
import type { Tiling } from '../../../model/tiling/tiling.ts';
import type { GridEditPreview } from '../../app/stores/grid-edit.ts';
import type { KnownGrids } from './grid-known.ts';
import { previewOf } from './grid-preview.ts';

/** What is held of the network, by the pointer or by keys. */
export type Grip = { kind: 'node'; at: Position } | { kind: 'edge'; a: Position; b: Position; from: Position };

/** What an operation would come to, before anything is written. */
export interface Attempt {
  operation: TilingOperation;
  outcome: Edited | Refusal;
  preview: GridEditPreview;
}

/** The nodes that go along. */
export function nodesOfGrip(grip: Grip): Position[] {
  return grip.kind === 'node' ? [grip.at] : [grip.a, grip.b];
}

/** Where the grip was taken: moving it means moving this place. */
export function originOf(grip: Grip): Position {
  return grip.kind === 'node' ? grip.at : grip.from;
}

export function operationOf(grip: Grip, to: Position): TilingOperation {
  if (grip.kind === 'node') return { op: 'move-node', at: grip.at, to };
  return { op: 'move-edge', a: grip.a, b: grip.b, by: [to[0] - grip.from[0], to[1] - grip.from[1]] };
}

/** Shift keeps to the nearer axis. */
export function straightened(grip: Grip, at: Position): Position {
  const from = originOf(grip);
  return Math.abs(at[0] - from[0]) > Math.abs(at[1] - from[1]) ? [at[0], from[1]] : [from[0], at[1]];
}

/** Grids that would follow: lit before anything moves. */
export function gridsFollowing(tiling: Tiling | undefined, grip: Grip | null): number[] {
  if (tiling === undefined || grip === null) return [];
  const ids = nodesOfGrip(grip).flatMap((place) => {
    const node = nearestNode(tiling, place, 0.001);
    return node < 0 ? [] : gridsAround(tiling, node);
  });
  return [...new Set(ids)];
}

/** The same function that commits in the engine says what would come of it. */
export function attempt(known: KnownGrids, operation: TilingOperation, lit: readonly number[]): Attempt {
  const outcome = applyOperation(known.tiling, operation, { points: known.points });
  return { operation, outcome, preview: previewOf(known, operation, outcome, lit) };
}
