import { describe, expect, it } from 'vitest';
import type { Position, Ring } from '../geometry/types.ts';
import type { Edited, Refusal } from './edit.ts';
import {
  faceArea,
  faceAt,
  faceDoubledArea,
  faceOf,
  faceShape,
  gridsAround,
  nearestEdge,
  nearestNode,
  neighbours,
  nodesOf,
} from './faces.ts';
import { insertNode } from './insert-node.ts';
import { moveEdge } from './move-edge.ts';
import { moveNode } from './move-node.ts';
import { applyOperation } from './operation.ts';
import { buildTiling, nodeAt, placeOf, type FaceInput, type Tiling } from './tiling.ts';

const X = 447_000;
const Y = 4_417_000;
const at = (x: number, y: number): Position => [X + x, Y + y];
const ring = (...corners: [number, number][]): Ring => [...corners, corners[0] ?? [0, 0]].map(([x, y]) => at(x, y));

/** Nine squares of 10 m, numbered 1–9 row by row from the south-west; communities by `community`. */
function nine(community: (column: number, row: number) => string = () => '110108001003'): FaceInput[] {
  const faces: FaceInput[] = [];
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < 3; column++) {
      const [x, y] = [column * 10, row * 10];
      const id = row * 3 + column + 1;
      faces.push({
        id,
        code: `11010800100300${id}`,
        communityCode: community(column, row),
        rings: [[ring([x, y], [x + 10, y], [x + 10, y + 10], [x, y + 10])]],
      });
    }
  return faces;
}
const tiling = buildTiling(nine());
const total = (t: Tiling): bigint => t.faces.reduce((sum, f) => sum + faceDoubledArea(t, f), 0n);
const refusal = (result: Edited | Refusal): string => (result.refused ? result.code : 'none');
function edited(result: Edited | Refusal): Edited {
  if (result.refused) throw new Error(`refused: ${result.code} at ${result.place.join(' ')}`);
  return result;
}

describe('the network', () => {
  it('shares nodes between grids and knows neighbours, shapes and areas', () => {
    expect(tiling.xs).toHaveLength(16);
    expect(neighbours(tiling, 5)).toEqual([2, 4, 6, 8]);
    expect(neighbours(tiling, 99)).toEqual([]);
    const five = faceOf(tiling, 5);
    expect(five && faceArea(tiling, five)).toBe(100);
    expect(five && nodesOf(five)).toHaveLength(4);
    expect(five && faceShape(tiling, five).coordinates).toEqual([[ring([10, 10], [20, 10], [20, 20], [10, 20])]]);
  });

  it('turns rings and drops repeated positions', () => {
    const turned = buildTiling([
      {
        id: 1,
        code: 'a',
        communityCode: null,
        rings: [[[at(0, 0), at(0, 5), at(0, 5), at(5, 5), at(5, 0), at(0, 0)]]],
      },
    ]);
    expect(turned.faces[0]?.polygons[0]?.[0]).toHaveLength(4);
    expect(total(turned)).toBeGreaterThan(0n);
  });

  it('finds nodes and edges near a place', () => {
    expect(placeOf(tiling, nearestNode(tiling, at(10.4, 9.7), 1))).toEqual(at(10, 10));
    expect(nearestNode(tiling, at(5, 5), 1)).toBe(-1);
    expect(nearestNode(tiling, at(-0.5, -0.5), 1)).toBe(nodeAt(tiling, at(0, 0)));
    const hit = nearestEdge(tiling, at(15, 10.25), 1);
    expect(hit?.distance).toBeCloseTo(0.25, 9);
    expect(nearestEdge(tiling, at(15, 15), 1)).toBeNull();
    expect(gridsAround(tiling, nodeAt(tiling, at(10, 10)))).toEqual([1, 2, 4, 5]);
  });

  it('gives a point on a border to the touching grid with the lowest code', () => {
    expect(faceAt(tiling, X + 15, Y + 15)?.id).toBe(5);
    expect(faceAt(tiling, X + 10, Y + 15)?.id).toBe(4);
    expect(faceAt(tiling, X + 20, Y + 20)?.id).toBe(5);
    expect(faceAt(tiling, X + 30, Y + 30)?.id).toBe(9);
    expect(faceAt(tiling, X + 30.001, Y + 30)).toBeNull();
  });
});

describe('moving a node', () => {
  it('takes every grid around it along and loses no ground', () => {
    const points = [
      { id: 7, x: X + 10.5, y: Y + 10.5, gridId: 5 },
      { id: 8, x: X + 9, y: Y + 9, gridId: 1 },
    ];
    const done = edited(moveNode(tiling, at(10, 10), at(12, 13), { points }));
    expect(done.changed).toEqual([1, 2, 4, 5]);
    expect(done.moved).toEqual([{ id: 7, from: 5, to: 1 }]);
    expect(total(done.tiling)).toBe(total(tiling));
    expect(faceAt(done.tiling, X + 11.5, Y + 12)?.id).toBe(1);
    expect(placeOf(tiling, nodeAt(tiling, at(10, 10)))).toEqual(at(10, 10));
    expect(nodeAt(done.tiling, at(10, 10))).toBe(-1);
    const back = edited(moveNode(done.tiling, at(12, 13), at(10, 10)));
    expect(faceShape(back.tiling, back.tiling.faces[4] ?? tiling.faces[0]!)).toEqual(
      faceShape(tiling, tiling.faces[4]!),
    );
  });

  it('puts the node on the lattice', () => {
    const done = edited(moveNode(tiling, at(10, 10), at(11.00004, 11.00006)));
    expect(placeOf(done.tiling, done.nodes[0] ?? -1)).toEqual(at(11, 11.0001));
  });

  it('refuses with a code and a place', () => {
    expect(refusal(moveNode(tiling, at(11, 11), at(12, 12)))).toBe('not-a-node');
    expect(refusal(moveNode(tiling, at(10, 10), at(10.00001, 10)))).toBe('no-change');
    expect(refusal(moveNode(tiling, at(0, 10), at(1, 10)))).toBe('on-district-border');
    expect(moveNode(tiling, at(10, 10), at(20, 20))).toMatchObject({ code: 'too-close', place: at(20, 20) });
    expect(moveNode(tiling, at(10, 10), at(15, 19.9995))).toMatchObject({ code: 'too-close' });
    expect(refusal(moveNode(tiling, at(10, 10), at(15, 20)))).toBe('would-cross');
    expect(moveNode(tiling, at(10, 10), at(15, 25))).toMatchObject({ code: 'would-cross', place: at(10, 20) });
    const beyond = moveNode(tiling, at(10, 10), at(16, 25));
    expect(beyond).toMatchObject({ code: 'would-cross' });
    expect(beyond.refused && beyond.place[1]).toBeCloseTo(Y + 20, 9);
    expect(beyond.refused && beyond.data.codes?.length).toBeGreaterThan(0);
  });

  it('refuses a border between communities but not the inside of one', () => {
    const two = buildTiling(nine((column) => (column < 1 ? '110108001003' : '110108001004')));
    expect(moveNode(two, at(10, 10), at(11, 11))).toMatchObject({ code: 'on-community-border', place: at(10, 10) });
    expect(refusal(moveNode(two, at(20, 10), at(21, 11)))).toBe('none');
  });

  it('tells a fault from the edge of the district', () => {
    const shifted = nine();
    const eight = shifted[7];
    if (eight) eight.rings = [[ring([10, 20], [15, 20], [20, 20], [20, 30], [10, 30])]];
    expect(moveNode(buildTiling(shifted), at(15, 20), at(15, 21))).toMatchObject({ code: 'on-fault' });
  });

  it('knows of a neighbourhood only what was loaded', () => {
    const part = buildTiling(
      nine().filter((f) => f.id !== 9),
      { complete: [1, 2, 4] },
    );
    expect(refusal(moveNode(part, at(10, 10), at(12, 12)))).toBe('none');
    expect(refusal(moveNode(part, at(20, 20), at(21, 21)))).toBe('not-loaded');
    expect(refusal(moveNode(part, at(0, 10), at(1, 10)))).toBe('on-district-border');
  });

  it('does not let a grid turn inside out around an enclosed one', () => {
    const inner = ring([12, 12], [14, 12], [14, 14], [12, 14]);
    const faces = nine();
    const five = faces[4];
    if (five) five.rings = [[ring([10, 10], [20, 10], [20, 20], [10, 20]), inner.toReversed()]];
    faces.push({ id: 10, code: '110108001003010', communityCode: '110108001003', rings: [[inner]] });
    const enclosed = buildTiling(faces);
    expect(total(enclosed)).toBe(total(tiling));
    expect(refusal(moveNode(enclosed, at(12, 12), at(11, 11)))).toBe('none');
    expect(refusal(moveNode(enclosed, at(12, 12), at(15, 15)))).toBe('would-invert');
    // The corner of the outer grid sweeps over the whole enclosed one without its edges meeting it where it ends.
    expect(refusal(moveNode(enclosed, at(10, 10), at(18.5, 18.5)))).toBe('would-invert');
  });

  it('reports a component that would be in no grid', () => {
    const points = [{ id: 3, x: X + 40, y: Y, gridId: 5 }];
    expect(moveNode(tiling, at(10, 10), at(11, 11), { points })).toMatchObject({
      code: 'strands-component',
      place: at(40, 0),
      data: { id: 3 },
    });
  });
});

describe('moving an edge and making a node', () => {
  it('moves both ends of a shared edge', () => {
    const done = edited(moveEdge(tiling, at(10, 10), at(20, 10), [1, 2]));
    expect(done.changed).toEqual([1, 2, 3, 4, 5, 6]);
    expect(nodeAt(done.tiling, at(11, 12))).toBeGreaterThanOrEqual(0);
    expect(nodeAt(done.tiling, at(21, 12))).toBeGreaterThanOrEqual(0);
    expect(total(done.tiling)).toBe(total(tiling));
    expect(refusal(moveEdge(tiling, at(10, 10), at(20, 10), [0, 10]))).toBe('too-close');
    expect(refusal(moveEdge(tiling, at(10, 10), at(20, 10), [0, 11]))).toBe('would-cross');
    expect(refusal(moveEdge(tiling, at(10, 10), at(20, 20), [1, 0]))).toBe('not-an-edge');
    expect(refusal(moveEdge(tiling, at(0, 10), at(10, 10), [1, 0]))).toBe('on-district-border');
    expect(refusal(moveEdge(tiling, at(10, 10), at(20, 10), [0, 0]))).toBe('no-change');
    expect(refusal(moveEdge(tiling, at(11, 10), at(20, 10), [1, 0]))).toBe('not-a-node');
  });

  it('gives both sides the same new corner', () => {
    const done = edited(insertNode(tiling, at(10, 10), at(10, 20), at(12, 15)));
    expect(done.changed).toEqual([4, 5]);
    expect(total(done.tiling)).toBe(total(tiling));
    const node = nodeAt(done.tiling, at(12, 15));
    for (const id of [4, 5]) expect(nodesOf(faceOf(done.tiling, id) ?? tiling.faces[0]!)).toContain(node);
    expect(faceAt(done.tiling, X + 11, Y + 15)?.id).toBe(4);
    const on = edited(moveNode(done.tiling, at(12, 15), at(9, 14)));
    expect(on.changed).toEqual([4, 5]);
    expect(edited(insertNode(tiling, at(10, 20), at(10, 10), at(10, 15))).changed).toEqual([4, 5]);
    expect(tiling.xs).toHaveLength(16);
  });

  it('refuses a new corner where it would break the tiling', () => {
    expect(refusal(insertNode(tiling, at(0, 0), at(10, 0), at(5, 1)))).toBe('on-district-border');
    expect(refusal(insertNode(tiling, at(10, 10), at(20, 20), at(5, 1)))).toBe('not-an-edge');
    expect(refusal(insertNode(tiling, at(10, 10), at(10, 20), at(10, 10)))).toBe('too-close');
    expect(refusal(insertNode(tiling, at(10, 10), at(10, 20), at(25, 15)))).toBe('would-cross');
    expect(refusal(insertNode(tiling, at(10, 11), at(10, 20), at(25, 15)))).toBe('not-a-node');
    const two = buildTiling(nine((column) => (column < 1 ? 'a' : 'b')));
    expect(refusal(insertNode(two, at(10, 10), at(10, 20), at(11, 15)))).toBe('on-community-border');
    const part = buildTiling(
      nine().filter((f) => f.id !== 9),
      { complete: [1, 2, 4] },
    );
    expect(refusal(insertNode(part, at(20, 20), at(30, 20), at(25, 21)))).toBe('not-loaded');
  });

  it('runs the operation of the wire', () => {
    const moved = applyOperation(tiling, { op: 'move-node', at: at(10, 10), to: at(11, 11) });
    expect(edited(moved).changed).toEqual([1, 2, 4, 5]);
    expect(
      edited(applyOperation(tiling, { op: 'move-edge', a: at(10, 10), b: at(20, 10), by: [0, 1] })).nodes,
    ).toHaveLength(2);
    expect(
      edited(applyOperation(tiling, { op: 'insert-node', a: at(10, 10), b: at(20, 10), to: at(15, 11) })).nodes,
    ).toEqual([16]);
  });
});
