import { toLattice } from '../geometry/lattice.ts';
import type { Position } from '../geometry/types.ts';
import { finish, refuse, whyFixed, whyMixed, type Edited, type EditOptions, type Refusal } from './edit.ts';
import { whyUnsound } from './sound.ts';
import { faceLeftOf, nodeAt, type Face, type NodeRing, type Tiling } from './tiling.ts';

/** Makes a node on the edge a–b and puts it at `to` (metres, taken on the lattice); the grids on both sides get the same corner. */
export function insertNode(
  tiling: Tiling,
  a: Position,
  b: Position,
  to: Position,
  options: EditOptions = {},
): Edited | Refusal {
  const from = nodeAt(tiling, a);
  const end = nodeAt(tiling, b);
  if (from < 0 || end < 0) return refuse('not-a-node', from < 0 ? a : b);
  const left = faceLeftOf(tiling, from, end);
  const right = faceLeftOf(tiling, end, from);
  const middle: Position = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  if (left < 0 && right < 0) return refuse('not-an-edge', middle);
  if (left < 0 || right < 0) return whyOneSided(tiling, from, end, Math.max(left, right), middle);
  const mixed = whyMixed(tiling, [left, right], middle);
  if (mixed) return mixed;
  const next = withNodeOn(tiling, from, end, [left, right], toLattice(to[0]), toLattice(to[1]));
  const node = tiling.xs.length;
  return whyUnsound(next, [node], [left, right]) ?? finish(next, [left, right], [node], options);
}

/** No grid known on one side: the edge of the district, of what is loaded, or a fault. */
function whyOneSided(tiling: Tiling, a: number, b: number, face: number, middle: Position): Refusal {
  if (tiling.complete !== null && !tiling.complete.has(face)) return refuse('not-loaded', middle);
  const fault = [whyFixed(tiling, a), whyFixed(tiling, b)].find((r) => r?.code === 'on-fault');
  return fault ?? refuse('on-district-border', middle, { codes: [tiling.faces[face]?.code ?? ''] });
}

/** The tiling with one more node, between a and b on both sides. */
function withNodeOn(tiling: Tiling, a: number, b: number, sides: readonly number[], x: number, y: number): Tiling {
  const node = tiling.xs.length;
  const faces = tiling.faces.slice();
  for (const side of sides) {
    const face = faces[side];
    if (face) faces[side] = withCorner(face, a, b, node);
  }
  const out = tiling.out.slice();
  out.push([]);
  const [left, right] = sides;
  if (left === undefined || right === undefined) return tiling;
  out[a] = leading(out[a] ?? [], b, left, node);
  out[b] = leading(out[b] ?? [], a, right, node);
  out[node] = [b, left, a, right];
  const since = new Map(tiling.lookup.since).set(`${x},${y}`, node);
  return {
    ...tiling,
    xs: appended(tiling.xs, x),
    ys: appended(tiling.ys, y),
    faces,
    out,
    loose: [...new Set([...tiling.loose, ...sides])],
    lookup: { ...tiling.lookup, since },
  };
}

function appended(values: Float64Array, value: number): Float64Array {
  const out = new Float64Array(values.length + 1);
  out.set(values);
  out[values.length] = value;
  return out;
}

/** Leaving edges with the one of this face to `was` led to `now`. */
function leading(leaving: readonly number[], was: number, face: number, now: number): number[] {
  return leaving.map((value, i) => (i % 2 === 0 && value === was && leaving[i + 1] === face ? now : value));
}

function withCorner(face: Face, a: number, b: number, node: number): Face {
  const insert = (ring: NodeRing): NodeRing => {
    const at = ring.findIndex((n, i) => {
      const next = ring[(i + 1) % ring.length];
      return (n === a && next === b) || (n === b && next === a);
    });
    return at < 0 ? ring : ring.toSpliced(at + 1, 0, node);
  };
  return { ...face, polygons: face.polygons.map((rings) => rings.map(insert)) };
}
