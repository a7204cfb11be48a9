import { BoxIndex } from '../geometry/index.ts';
import { toLattice } from '../geometry/lattice.ts';
import { crossingPoint, segmentsMeet, squaredDistanceToSegment } from '../geometry/predicates.ts';
import { orientPolygon } from '../geometry/ring.ts';
import type { Bbox, PolygonRings, Position } from '../geometry/types.ts';
import { CLEARANCE } from './edit.ts';
import { NodeTable } from './node-table.ts';
import type { Tiling } from './tiling.ts';

/** Owner of an edge of the district's own border. */
export const DISTRICT = -1;

/** Edges that no neighbour answers, and the district's border, in lattice steps. Faults can lie only along these. */
export interface LooseEdges {
  nodes: NodeTable;
  /** Directed as in the face (which lies left) or as in the district (which lies left). */
  edges: LooseEdge[];
  /** Node of the tiling behind a node here, -1 where only the district has one. */
  tilingNode: Map<number, number>;
  index: BoxIndex;
}
export interface LooseEdge {
  a: number;
  b: number;
  /** Face number or DISTRICT. */
  owner: number;
}

export function looseEdges(tiling: Tiling, district: readonly PolygonRings[] | undefined): LooseEdges {
  const nodes = new NodeTable(1024);
  const tilingNode = new Map<number, number>();
  const edges: LooseEdge[] = [];
  const node = (n: number): number => {
    const id = nodes.add(tiling.xs[n] ?? 0, tiling.ys[n] ?? 0);
    tilingNode.set(id, n);
    return id;
  };
  tiling.out.forEach((leaving, a) => {
    for (let i = 0; i < leaving.length; i += 2) {
      const b = leaving[i] ?? -1;
      const surplus = occurrences(leaving, b) - occurrences(tiling.out[b] ?? [], a);
      if (surplus > 0 && rank(leaving, i) < surplus)
        edges.push({ a: node(a), b: node(b), owner: leaving[i + 1] ?? DISTRICT });
    }
  });
  for (const edge of districtEdges(nodes, district ?? [])) edges.push(edge);
  return { nodes, edges, tilingNode, index: new BoxIndex(edges.map((e) => edgeBox(nodes, e))) };
}

/** The border of the parts together: where two parts (streets, say) share an edge there is no border. */
function districtEdges(nodes: NodeTable, parts: readonly PolygonRings[]): Iterable<LooseEdge> {
  const open = new Map<string, LooseEdge>();
  for (const ring of parts.flatMap((rings) => orientPolygon(rings))) {
    const ids = ring.map(([x, y]) => nodes.add(toLattice(x), toLattice(y)));
    ids.forEach((b, i) => {
      const a = ids[i - 1];
      if (a === undefined || a === b || open.delete(`${b} ${a}`)) return;
      open.set(`${a} ${b}`, { a, b, owner: DISTRICT });
    });
  }
  return open.values();
}

function occurrences(leaving: readonly number[], target: number): number {
  let count = 0;
  for (let i = 0; i < leaving.length; i += 2) if (leaving[i] === target) count++;
  return count;
}

/** How many edges to the same target come before this one. */
function rank(leaving: readonly number[], place: number): number {
  let count = 0;
  for (let i = 0; i < place; i += 2) if (leaving[i] === leaving[place]) count++;
  return count;
}

export function at(nodes: NodeTable, id: number): Position {
  return [nodes.xs[id] ?? NaN, nodes.ys[id] ?? NaN];
}

export function edgeBox(nodes: NodeTable, { a, b }: Pick<LooseEdge, 'a' | 'b'>): Bbox {
  const [ax, ay] = at(nodes, a);
  const [bx, by] = at(nodes, b);
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}

/** A point 2 mm to the left of the middle of p→q. */
export function beside(p: Position, q: Position): Position {
  const scale = (2 * CLEARANCE) / Math.hypot(q[0] - p[0], q[1] - p[1]);
  return [(p[0] + q[0]) / 2 - (q[1] - p[1]) * scale, (p[1] + q[1]) / 2 + (q[0] - p[0]) * scale];
}

/** A node within 1 mm of an edge it does not end. */
export interface OnEdge {
  node: number;
  edge: number;
}

export interface Noding {
  /** The node each node stands for: nodes within 1 mm of one another are one. */
  standsFor: (node: number) => number;
  /** Pairs of nodes within 1 mm of one another. */
  near: [number, number][];
  onEdge: OnEdge[];
  /** The edges cut at those nodes and where they cross, from a to b. */
  chains: number[][];
}

/** Finds what nearly meets, and cuts the edges so that whatever lies on another within 1 mm has the same nodes. */
export function nodeLooseEdges(loose: LooseEdges): Noding {
  const { nodes, edges, index } = loose;
  const near = nearNodes(nodes);
  const standsFor = unite(near);
  const cuts: Set<number>[] = edges.map(() => new Set());
  const onEdge: OnEdge[] = [];
  const ends = new Set(edges.flatMap((e) => [e.a, e.b]));
  for (const node of ends) {
    const [x, y] = at(nodes, node);
    for (const edge of index.search([x - CLEARANCE, y - CLEARANCE, x + CLEARANCE, y + CLEARANCE])) {
      const e = edges[edge];
      if (!e || standsFor(e.a) === standsFor(node) || standsFor(e.b) === standsFor(node)) continue;
      if (squaredDistanceToSegment(x, y, at(nodes, e.a), at(nodes, e.b)) >= CLEARANCE * CLEARANCE) continue;
      cuts[edge]?.add(node);
      onEdge.push({ node, edge });
    }
  }
  cutCrossings(loose, cuts);
  const chains = edges.map((e, i) => {
    const [ax, ay] = at(nodes, e.a);
    const along = (n: number): number => ((nodes.xs[n] ?? 0) - ax) ** 2 + ((nodes.ys[n] ?? 0) - ay) ** 2;
    return [e.a, ...[...(cuts[i] ?? [])].sort((p, q) => along(p) - along(q)), e.b].map(standsFor);
  });
  return { standsFor, near, onEdge, chains };
}

function nearNodes(nodes: NodeTable): [number, number][] {
  const count = nodes.count;
  const boxes = new Float64Array(4 * count);
  for (let i = 0; i < count; i++) {
    const [x, y] = at(nodes, i);
    boxes.set([x, y, x, y], 4 * i);
  }
  const index = new BoxIndex(boxes);
  const found: [number, number][] = [];
  for (let i = 0; i < count; i++) {
    const [x, y] = at(nodes, i);
    for (const j of index.search([x - CLEARANCE, y - CLEARANCE, x + CLEARANCE, y + CLEARANCE])) {
      const [ox, oy] = at(nodes, j);
      if (j > i && (x - ox) ** 2 + (y - oy) ** 2 < CLEARANCE * CLEARANCE) found.push([i, j]);
    }
  }
  return found;
}

function unite(pairs: readonly [number, number][]): (node: number) => number {
  const parent = new Map<number, number>();
  const find = (n: number): number => {
    let root = n;
    for (let up = parent.get(root); up !== undefined; up = parent.get(root)) root = up;
    return root;
  };
  for (const [a, b] of pairs) {
    const [p, q] = [find(a), find(b)];
    if (p !== q) parent.set(Math.max(p, q), Math.min(p, q));
  }
  return find;
}

function cutCrossings({ nodes, edges, index }: LooseEdges, cuts: readonly Set<number>[]): void {
  edges.forEach((e, i) => {
    const [a, b] = [at(nodes, e.a), at(nodes, e.b)];
    for (const j of index.search(edgeBox(nodes, e))) {
      const f = edges[j];
      if (j <= i || !f) continue;
      const [c, d] = [at(nodes, f.a), at(nodes, f.b)];
      if (segmentsMeet(a, b, c, d) !== 'cross' || anyNear(a, b, c, d)) continue;
      const [x, y] = crossingPoint(a, b, c, d);
      const node = nodes.add(Math.round(x), Math.round(y));
      cuts[i]?.add(node);
      cuts[j]?.add(node);
    }
  });
}

/** An end of one within 1 mm of the other: that end is the cut already. */
function anyNear(a: Position, b: Position, c: Position, d: Position): boolean {
  const near = (p: Position, s: Position, t: Position): boolean =>
    squaredDistanceToSegment(p[0], p[1], s, t) < CLEARANCE * CLEARANCE;
  return near(a, c, d) || near(b, c, d) || near(c, a, b) || near(d, a, b);
}
