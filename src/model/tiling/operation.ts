import type { Position } from '../geometry/types.ts';
import type { Edited, EditOptions, Refusal } from './edit.ts';
import { insertNode } from './insert-node.ts';
import { moveEdge } from './move-edge.ts';
import { moveNode } from './move-node.ts';
import type { Tiling } from './tiling.ts';

/** An edit by places, as it goes over the wire; the same shape as the contract's `gridOperation`. */
export type TilingOperation =
  | { op: 'move-node'; at: Position; to: Position }
  | { op: 'move-edge'; a: Position; b: Position; by: Position }
  | { op: 'insert-node'; a: Position; b: Position; to: Position };

/** Preview and commit alike: the tiling after an operation, or why not. */
export function applyOperation(
  tiling: Tiling,
  operation: TilingOperation,
  options: EditOptions = {},
): Edited | Refusal {
  switch (operation.op) {
    case 'move-node':
      return moveNode(tiling, operation.at, operation.to, options);
    case 'move-edge':
      return moveEdge(tiling, operation.a, operation.b, operation.by, options);
    case 'insert-node':
      return insertNode(tiling, operation.a, operation.b, operation.to, options);
  }
}
