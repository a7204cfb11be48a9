import { toLattice } from '../geometry/lattice.ts';
import type { Position } from '../geometry/types.ts';
import { finish, refuse, whyFixed, withNodesAt, type Edited, type EditOptions, type Refusal } from './edit.ts';
import { whyUnsound } from './sound.ts';
import { faceLeftOf, facesAround, nodeAt, type Tiling } from './tiling.ts';

/** Moves both ends of the edge a–b by the same vector (metres, taken on the lattice); every grid around them follows. */
export function moveEdge(
  tiling: Tiling,
  a: Position,
  b: Position,
  by: Position,
  options: EditOptions = {},
): Edited | Refusal {
  const from = nodeAt(tiling, a);
  const to = nodeAt(tiling, b);
  if (from < 0 || to < 0) return refuse('not-a-node', from < 0 ? a : b);
  const middle: Position = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  if (faceLeftOf(tiling, from, to) < 0 && faceLeftOf(tiling, to, from) < 0) return refuse('not-an-edge', middle);
  const fixed = whyFixed(tiling, from) ?? whyFixed(tiling, to);
  if (fixed) return fixed;
  const dx = toLattice(by[0]);
  const dy = toLattice(by[1]);
  if (dx === 0 && dy === 0) return refuse('no-change', middle);
  const shifted = [from, to].map((n) => [n, (tiling.xs[n] ?? 0) + dx, (tiling.ys[n] ?? 0) + dy] as const);
  const next = withNodesAt(tiling, shifted);
  const faces = [...new Set([...facesAround(tiling, from), ...facesAround(tiling, to)])];
  return whyUnsound(next, [from, to], faces) ?? finish(next, faces, [from, to], options);
}
