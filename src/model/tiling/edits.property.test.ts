import { Delaunay } from 'd3-delaunay';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snap, toLattice } from '../geometry/lattice.ts';
import type { Position } from '../geometry/types.ts';
import type { Refusal } from './edit.ts';
import { faceDoubledArea, faceShape } from './faces.ts';
import { findFaults } from './faults.ts';
import { applyOperation, type TilingOperation } from './operation.ts';
import { buildTiling, eachEdge, nodeAt, placeOf, type FaceInput, type Tiling } from './tiling.ts';

const X = 447_000;
const Y = 4_417_000;

/** A Voronoi tiling of a square kilometre around seeds of a small generator; about every fifth grid has another grid enclosed in it. */
function voronoi(seed: number, count: number): FaceInput[] {
  let state = seed * 2654435761 + 1;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const points = Array.from({ length: count }, (): [number, number] => [X + random() * 1000, Y + random() * 1000]);
  const diagram = Delaunay.from(points).voronoi([X, Y, X + 1000, Y + 1000]);
  const faces: FaceInput[] = [];
  points.forEach(([px, py], i) => {
    const cell = diagram.cellPolygon(i);
    if (!cell) return;
    const outer = cell.map(([x, y]): Position => [snap(x), snap(y)]);
    const face: FaceInput = {
      id: faces.length + 1,
      code: String(faces.length + 1).padStart(15, '0'),
      communityCode: null,
      rings: [[outer]],
    };
    faces.push(face);
    if (i % 5 !== 0) return;
    const inner = outer.map(([x, y]): Position => [snap(px + (x - px) / 3), snap(py + (y - py) / 3)]);
    face.rings[0]?.push(inner.toReversed());
    faces.push({
      id: faces.length + 1,
      code: String(faces.length + 1).padStart(15, '0'),
      communityCode: null,
      rings: [[inner]],
    });
  });
  return faces;
}

const total = (t: Tiling): bigint => t.faces.reduce((sum, f) => sum + faceDoubledArea(t, f), 0n);

/** Every edge pair of the whole tiling by whole-number arithmetic: null when sound. An oracle that shares nothing with the edits. */
function broken(t: Tiling): string | null {
  const edges: [number, number][] = [];
  const seen = new Set<string>();
  for (const face of t.faces) {
    if (faceDoubledArea(t, face) <= 0n) return 'area';
    for (const rings of face.polygons)
      for (const [i, ring] of rings.entries())
        if (area(t, ring) > 0n !== (i === 0) || area(t, ring) === 0n) return 'ring';
    let twice = false;
    eachEdge(face, (a, b) => {
      if (seen.has(`${a} ${b}`)) twice = true;
      seen.add(`${a} ${b}`);
      if (!seen.has(`${b} ${a}`)) edges.push([a, b]);
    });
    if (twice) return 'twice';
  }
  const side = (a: number, b: number, c: number): number => {
    const d = (n: number, axis: Float64Array): bigint => BigInt((axis[n] ?? 0) - (axis[a] ?? 0));
    const cross = d(b, t.xs) * d(c, t.ys) - d(b, t.ys) * d(c, t.xs);
    return cross > 0n ? 1 : cross < 0n ? -1 : 0;
  };
  const boxes = edges.map(([a, b]) => [t.xs[a]!, t.xs[b]!, t.ys[a]!, t.ys[b]!] as const);
  for (let i = 0; i < edges.length; i++) {
    for (let j = 0; j < i; j++) {
      const [p, q] = [boxes[i]!, boxes[j]!];
      if (Math.max(p[0], p[1]) < Math.min(q[0], q[1]) || Math.max(q[0], q[1]) < Math.min(p[0], p[1])) continue;
      if (Math.max(p[2], p[3]) < Math.min(q[2], q[3]) || Math.max(q[2], q[3]) < Math.min(p[2], p[3])) continue;
      const [[a, b], [c, d]] = [edges[i]!, edges[j]!];
      if (a === c || a === d || b === c || b === d) {
        const [hub, s, e] = a === c ? [a, b, d] : a === d ? [a, b, c] : b === c ? [b, a, d] : [b, a, c];
        const forward =
          (t.xs[s]! - t.xs[hub]!) * (t.xs[e]! - t.xs[hub]!) + (t.ys[s]! - t.ys[hub]!) * (t.ys[e]! - t.ys[hub]!);
        if (side(hub, s, e) === 0 && forward > 0) return 'overlap';
      } else if (side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0) return 'cross';
    }
  }
  return null;
}

function area(t: Tiling, ring: readonly number[]): bigint {
  return ring.reduce((sum, a, i) => {
    const b = ring[(i + 1) % ring.length] ?? a;
    return sum + BigInt(t.xs[a]!) * BigInt(t.ys[b]!) - BigInt(t.xs[b]!) * BigInt(t.ys[a]!);
  }, 0n);
}

const step = fc.record({
  kind: fc.constantFrom('move-node' as const, 'move-edge' as const, 'insert-node' as const),
  face: fc.nat(),
  corner: fc.nat(),
  angle: fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
  reach: fc.oneof(fc.double({ min: 0.001, max: 30, noNaN: true }), fc.double({ min: 30, max: 300, noNaN: true })),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function operationOf(t: Tiling, s: Step): TilingOperation {
  const face = t.faces[s.face % t.faces.length];
  const rings = face?.polygons.flat() ?? [];
  const ring = rings[s.corner % rings.length] ?? [];
  const a = placeOf(t, ring[s.corner % ring.length] ?? 0);
  const b = placeOf(t, ring[(s.corner + 1) % ring.length] ?? 0);
  const by: Position = [Math.cos(s.angle) * s.reach, Math.sin(s.angle) * s.reach];
  if (s.kind === 'move-node') return { op: s.kind, at: a, to: [a[0] + by[0], a[1] + by[1]] };
  if (s.kind === 'move-edge') return { op: s.kind, a, b, by };
  return { op: s.kind, a, b, to: [(a[0] + b[0]) / 2 + by[0], (a[1] + b[1]) / 2 + by[1]] };
}

/** The same operation without asking: what a refused one would have made. */
function forced(t: Tiling, operation: TilingOperation): Tiling {
  if (operation.op === 'insert-node') return withCorner(t, operation.a, operation.b, operation.to);
  const ends = operation.op === 'move-node' ? [operation.at] : [operation.a, operation.b];
  const by: Position =
    operation.op === 'move-edge'
      ? operation.by
      : [operation.to[0] - operation.at[0], operation.to[1] - operation.at[1]];
  const xs = t.xs.slice();
  const ys = t.ys.slice();
  for (const node of ends.map((p) => nodeAt(t, p))) {
    xs[node] = xs[node]! + toLattice(by[0]);
    ys[node] = ys[node]! + toLattice(by[1]);
  }
  return { ...t, xs, ys };
}

function withCorner(t: Tiling, a: Position, b: Position, to: Position): Tiling {
  const edge = [a, b].map(String).sort().join();
  return buildTiling(
    t.faces.map((face) => ({
      id: face.id,
      code: face.code,
      communityCode: null,
      rings: faceShape(t, face).coordinates.map((rings) =>
        rings.map((ring) =>
          ring.flatMap((p, i) => ([p, ring[i + 1] ?? p].map(String).sort().join() === edge ? [p, to] : [p])),
        ),
      ),
    })),
  );
}

describe('any edit of any tiling', () => {
  it('keeps every square step of ground, every shared edge and crosses nothing; what it refuses would have', () => {
    let done = 0;
    const refusals = new Map<string, number>();
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.array(step, { minLength: 12, maxLength: 12 }),
        (seed, steps) => {
          let t = buildTiling(voronoi(seed, 24));
          expect(broken(t)).toBeNull();
          const ground = total(t);
          const loose = looseCount(t);
          const unfoundedRefusals: TilingOperation[] = [];
          for (const s of steps) {
            const operation = operationOf(t, s);
            const result = applyOperation(t, operation);
            if (result.refused) {
              refusals.set(result.code, (refusals.get(result.code) ?? 0) + 1);
              const needless = unfounded(t, operation, result, ground);
              if (needless) unfoundedRefusals.push(needless);
            } else {
              done++;
              t = result.tiling;
            }
            // After an edit what it made, after a refusal what it must not have touched.
            expect([total(t), looseCount(t), broken(t)]).toEqual([ground, loose, null]);
          }
          expect(unfoundedRefusals).toEqual([]);
          const again = buildTiling(
            t.faces.map((f) => ({ id: f.id, code: f.code, communityCode: null, rings: faceShape(t, f).coordinates })),
          );
          expect(findFaults(again)).toEqual({ gaps: [], overlaps: [], tJunctions: [], nearTwins: [], outside: [] });
        },
      ),
      { seed: 20261123, numRuns: 100 },
    );
    expect(done).toBeGreaterThan(50);
    for (const code of ['would-cross', 'on-district-border'])
      expect([code, refusals.get(code) ?? 0]).not.toEqual([code, 0]);
  }, 30_000);
});

function looseCount(t: Tiling): number {
  const all = new Set<string>();
  for (const face of t.faces) eachEdge(face, (a, b) => all.add(`${a} ${b}`));
  let loose = 0;
  for (const edge of all) if (!all.has(edge.split(' ').toReversed().join(' '))) loose++;
  return loose;
}

/** The operation, if it was refused as breaking the tiling and would not have. */
function unfounded(t: Tiling, operation: TilingOperation, result: Refusal, ground: bigint): TilingOperation | null {
  if (result.code !== 'would-cross' && result.code !== 'would-invert') return null;
  const made = forced(t, operation);
  return broken(made) !== null || total(made) !== ground ? null : operation;
}
