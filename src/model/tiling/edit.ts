import { fromLattice, STEPS_PER_METRE } from '../geometry/lattice.ts';
import { squaredDistanceToSegment } from '../geometry/predicates.ts';
import type { Position } from '../geometry/types.ts';
import { movedComponents, type MovedPoint, type TilingPoint } from './faces.ts';
import { eachEdge, facesAround, isSurrounded, latticeOf, placeOf, type Tiling } from './tiling.ts';

/** Nearer than this two nodes, or a node and an edge, would be a fault: 1 mm. */
export const CLEARANCE = STEPS_PER_METRE / 1000;

/**
 * `not-a-node`, `not-an-edge` nothing of the tiling is there · `no-change` the place is where it was · `would-cross` {codes} an edge would cross
 * or touch another · `would-invert` {codes} a grid would turn inside out or lose its area · `too-close` {metres} to another node or edge ·
 * `on-community-border` {codes} several communities meet there · `on-district-border` {codes} no grid lies beyond · `on-fault` {codes} the
 * grids do not meet there as they should · `not-loaded` grids around it are not known here · `strands-component` {id} it would be in no grid.
 */
export type RefusalCode =
  | 'not-a-node'
  | 'not-an-edge'
  | 'no-change'
  | 'would-cross'
  | 'would-invert'
  | 'too-close'
  | 'on-community-border'
  | 'on-district-border'
  | 'on-fault'
  | 'not-loaded'
  | 'strands-component';

/** Why an edit can't be, and where (metres). */
export interface Refusal {
  refused: true;
  code: RefusalCode;
  place: Position;
  data: { codes?: string[]; metres?: number; id?: number };
}

export interface Edited {
  refused: false;
  tiling: Tiling;
  /** Ids of the grids whose shape changed, ascending. */
  changed: number[];
  /** Nodes moved or made. */
  nodes: number[];
  /** Points that stand in another grid now; empty unless points were given. */
  moved: MovedPoint[];
}

export interface EditOptions {
  /** Components to follow, at least those of the grids around the place. */
  points?: readonly TilingPoint[];
}

export function refuse(code: RefusalCode, place: Position, data: Refusal['data'] = {}): Refusal {
  return { refused: true, code, place, data };
}

export function codesOf(tiling: Tiling, faces: Iterable<number>): string[] {
  return Array.from(faces, (n) => tiling.faces[n]?.code ?? '').sort();
}

/** Ordinary edits leave the borders of district and communities alone: why this node may not move, or null. */
export function whyFixed(tiling: Tiling, node: number): Refusal | null {
  const around = facesAround(tiling, node);
  const place = placeOf(tiling, node);
  if (!isSurrounded(tiling, node)) {
    const known = tiling.complete === null || around.some((n) => tiling.complete?.has(n));
    if (!known) return refuse('not-loaded', place);
    const across = facesPassing(tiling, node);
    return across.length > 0
      ? refuse('on-fault', place, { codes: codesOf(tiling, new Set([...around, ...across])) })
      : refuse('on-district-border', place, { codes: codesOf(tiling, around) });
  }
  return whyMixed(tiling, around, place);
}

/** Refuses where grids of several communities meet. */
export function whyMixed(tiling: Tiling, faces: readonly number[], place: Position): Refusal | null {
  const communities = new Set(faces.map((n) => tiling.faces[n]?.communityCode ?? null));
  return communities.size > 1 ? refuse('on-community-border', place, { codes: codesOf(tiling, faces) }) : null;
}

/** Faces with an edge that runs through the node without having it as a corner. */
function facesPassing(tiling: Tiling, node: number): number[] {
  const [x, y] = latticeOf(tiling, node);
  const box = [x - CLEARANCE, y - CLEARANCE, x + CLEARANCE, y + CLEARANCE] as const;
  const found: number[] = [];
  for (const number of new Set([...tiling.index.search([...box]), ...tiling.loose])) {
    const face = tiling.faces[number];
    let passes = false;
    if (face)
      eachEdge(face, (a, b) => {
        if (a === node || b === node) return;
        const d = squaredDistanceToSegment(x, y, latticeOf(tiling, a), latticeOf(tiling, b));
        if (d < CLEARANCE * CLEARANCE) passes = true;
      });
    if (passes) found.push(number);
  }
  return found;
}

/** The tiling with some nodes elsewhere (lattice steps). Everything but the coordinates is shared with the old one. */
export function withNodesAt(tiling: Tiling, moves: readonly (readonly [node: number, x: number, y: number])[]): Tiling {
  const xs = tiling.xs.slice();
  const ys = tiling.ys.slice();
  const since = new Map(tiling.lookup.since);
  const loose = new Set(tiling.loose);
  for (const [node, x, y] of moves) {
    xs[node] = x;
    ys[node] = y;
    since.set(`${x},${y}`, node);
    for (const face of facesAround(tiling, node)) loose.add(face);
  }
  return { ...tiling, xs, ys, loose: [...loose], lookup: { ...tiling.lookup, since } };
}

/** Wraps up an edit that was found sound: what changed, which components stand elsewhere, none in no grid. */
export function finish(
  tiling: Tiling,
  faces: readonly number[],
  nodes: number[],
  options: EditOptions,
): Edited | Refusal {
  const changed = faces.flatMap((n) => tiling.faces[n]?.id ?? []).sort((a, b) => a - b);
  const moved = options.points ? movedComponents(tiling, options.points, changed) : [];
  for (const m of moved) {
    const p = options.points?.find((q) => q.id === m.id);
    if (m.to === null && p) return refuse('strands-component', [p.x, p.y], { id: m.id });
  }
  return { refused: false, tiling, changed, nodes, moved };
}

/** Metres of a lattice place. */
export function metres([x, y]: Position): Position {
  return [fromLattice(x), fromLattice(y)];
}
