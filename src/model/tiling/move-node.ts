import { toLattice } from '../geometry/lattice.ts';
import type { Position } from '../geometry/types.ts';
import { finish, refuse, whyFixed, withNodesAt, type Edited, type EditOptions, type Refusal } from './edit.ts';
import { whyUnsound } from './sound.ts';
import { facesAround, nodeAt, type Tiling } from './tiling.ts';

/** Moves the node at `at` to `to` (metres, taken on the lattice); every grid around it follows. */
export function moveNode(tiling: Tiling, at: Position, to: Position, options: EditOptions = {}): Edited | Refusal {
  const node = nodeAt(tiling, at);
  if (node < 0) return refuse('not-a-node', at);
  const fixed = whyFixed(tiling, node);
  if (fixed) return fixed;
  const x = toLattice(to[0]);
  const y = toLattice(to[1]);
  if (tiling.xs[node] === x && tiling.ys[node] === y) return refuse('no-change', to);
  const next = withNodesAt(tiling, [[node, x, y]]);
  const faces = facesAround(tiling, node);
  return whyUnsound(next, [node], faces) ?? finish(next, faces, [node], options);
}
