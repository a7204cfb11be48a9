import { BoxIndex } from '../geometry/index.ts';
import { doubledArea, fromLattice, toLattice } from '../geometry/lattice.ts';
import type { Bbox, Position } from '../geometry/types.ts';
import { NodeTable } from './node-table.ts';

/** A grid as it comes from the file or over the wire: rings closed, metres of the project CRS. */
export interface FaceInput {
  id: number;
  code: string;
  communityCode: string | null;
  /** Polygons → rings → positions. */
  rings: Position[][][];
}

/** A ring of node ids without the closing one; outer rings counter-clockwise, holes clockwise. */
export type NodeRing = readonly number[];

export interface Face {
  readonly id: number;
  readonly code: string;
  readonly communityCode: string | null;
  /** Polygons → rings → node ids. */
  readonly polygons: readonly (readonly NodeRing[])[];
}

/**
 * Grids as faces of one edge network. Coordinates are whole lattice steps (0.1 mm). Nothing in it changes: an edit gives a new one that
 * shares what stayed. Invariant of a sound tiling: every directed edge a→b bounds at most one face, its neighbour has b→a.
 */
export interface Tiling {
  /** Lattice coordinates by node id. */
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** By number, not by id; `numberOf` leads from one to the other. */
  readonly faces: readonly Face[];
  readonly numberOf: ReadonlyMap<number, number>;
  /** By node: target, face number, target, face number … of the edges that leave it. */
  readonly out: readonly (readonly number[])[];
  /** Face numbers all of whose neighbours (also those that share but a node) are known; null when the whole tiling is here. */
  readonly complete: ReadonlySet<number> | null;
  /** Box of each face at the time of building; the faces in `loose` have changed since. */
  readonly index: BoxIndex;
  readonly loose: readonly number[];
  readonly lookup: NodeLookup;
  /** Places where faces gave different coordinates that fell on one lattice point: [node, face number]. */
  readonly twins: readonly (readonly [node: number, face: number])[];
}

interface NodeLookup {
  readonly table: NodeTable;
  /** Nodes moved or made since the table was filled, by `x,y`. */
  readonly since: ReadonlyMap<string, number>;
}

export interface BuildOptions {
  /** Ids of faces whose every neighbour is among the faces given. Leave out when the whole tiling is given. */
  complete?: readonly number[];
}

/** Makes the network of a set of grids. Grids that overlap or do not meet are taken as they are; `findFaults` tells of them. */
export function buildTiling(inputs: readonly FaceInput[], options: BuildOptions = {}): Tiling {
  const table = new NodeTable(inputs.length * 12);
  const given = new Given();
  const faces = inputs.map((input, number): Face => {
    const node = ([x, y]: Position): number => {
      const id = table.add(toLattice(x), toLattice(y));
      given.note(id, number, x, y);
      return id;
    };
    const polygons = input.rings.map((rings) => rings.map((ring, i) => nodeRing(ring.map(node), i === 0, table)));
    return {
      id: input.id,
      code: input.code,
      communityCode: input.communityCode,
      polygons: polygons.map((rings) => rings.filter((r) => r.length > 0)).filter((rings) => rings.length > 0),
    };
  });
  const xs = table.xs.slice(0, table.count);
  const ys = table.ys.slice(0, table.count);
  const out: number[][] = Array.from({ length: table.count }, () => []);
  faces.forEach((face, number) => eachEdge(face, (a, b) => out[a]?.push(b, number)));
  const numberOf = new Map(faces.map((f, i) => [f.id, i]));
  const boxes = faces.map((f) => boxOf(f, xs, ys));
  return {
    xs,
    ys,
    faces,
    numberOf,
    out,
    complete: options.complete ? new Set(options.complete.flatMap((id) => numberOf.get(id) ?? [])) : null,
    index: new BoxIndex(boxes),
    loose: [],
    lookup: { table, since: new Map() },
    twins: given.twins,
  };
}

/** Remembers the coordinates each node was first given with, to notice others that only nearly agree. */
class Given {
  readonly #xs: number[] = [];
  readonly #ys: number[] = [];
  readonly twins: [number, number][] = [];

  note(node: number, face: number, x: number, y: number): void {
    if (node === this.#xs.length) {
      this.#xs.push(x);
      this.#ys.push(y);
    } else if (this.#xs[node] !== x || this.#ys[node] !== y) this.twins.push([node, face]);
  }
}

/** Without repeats and closing node, turned the way rings run here; empty when fewer than three corners are left. */
function nodeRing(nodes: number[], outer: boolean, table: NodeTable): number[] {
  const ring = nodes.filter((n, i) => n !== nodes[i - 1]);
  while (ring.length > 1 && ring[0] === ring.at(-1)) ring.pop();
  if (ring.length < 3) return [];
  const area = ringDoubledArea(ring, table.xs, table.ys);
  return area > 0n === outer || area === 0n ? ring : ring.toReversed();
}

/** Exact doubled signed area of a node ring in square lattice steps. */
export function ringDoubledArea(ring: NodeRing, xs: Float64Array, ys: Float64Array): bigint {
  return doubledArea(
    ring.length,
    (i) => xs[ring[i] ?? 0] ?? 0,
    (i) => ys[ring[i] ?? 0] ?? 0,
  );
}

/** Visits the directed edges of a face; the face lies to their left. */
export function eachEdge(face: Face, visit: (a: number, b: number) => void): void {
  for (const rings of face.polygons) {
    for (const ring of rings) {
      let a = ring.at(-1) ?? 0;
      for (const b of ring) {
        visit(a, b);
        a = b;
      }
    }
  }
}

/** Box in lattice steps. */
export function boxOf(face: Face, xs: Float64Array, ys: Float64Array): Bbox {
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
  eachEdge(face, (a) => {
    const x = xs[a] ?? 0;
    const y = ys[a] ?? 0;
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  });
  return box;
}

/** Place of a node in metres. */
export function placeOf(tiling: Tiling, node: number): Position {
  return [fromLattice(tiling.xs[node] ?? NaN), fromLattice(tiling.ys[node] ?? NaN)];
}

/** Place of a node in lattice steps, for the exact predicates. */
export function latticeOf(tiling: Tiling, node: number): Position {
  return [tiling.xs[node] ?? NaN, tiling.ys[node] ?? NaN];
}

/** Rings of a face in lattice steps. */
export function latticeRings(tiling: Tiling, face: Face | undefined): Position[][] {
  return (face?.polygons ?? []).flatMap((rings) => rings.map((ring) => ring.map((n) => latticeOf(tiling, n))));
}

/** The node at a place (metres, taken on the lattice), or -1. */
export function nodeAt(tiling: Tiling, [x, y]: Position): number {
  const lx = toLattice(x);
  const ly = toLattice(y);
  const since = tiling.lookup.since.get(`${lx},${ly}`);
  const id = since ?? tiling.lookup.table.find(lx, ly);
  return id >= 0 && tiling.xs[id] === lx && tiling.ys[id] === ly ? id : -1;
}

/** Number of the face to the left of a→b, or -1. */
export function faceLeftOf(tiling: Tiling, a: number, b: number): number {
  const leaving = tiling.out[a] ?? [];
  for (let i = 0; i < leaving.length; i += 2) if (leaving[i] === b) return leaving[i + 1] ?? -1;
  return -1;
}

/** Numbers of the faces around a node, ascending. */
export function facesAround(tiling: Tiling, node: number): number[] {
  const leaving = tiling.out[node] ?? [];
  const found = new Set<number>();
  for (let i = 1; i < leaving.length; i += 2) found.add(leaving[i] ?? -1);
  return [...found].sort((a, b) => a - b);
}

/** True when faces lie all around the node: every edge that leaves it comes back on the other side. */
export function isSurrounded(tiling: Tiling, node: number): boolean {
  const leaving = tiling.out[node] ?? [];
  for (let i = 0; i < leaving.length; i += 2) if (faceLeftOf(tiling, leaving[i] ?? -1, node) < 0) return false;
  return leaving.length > 0;
}
