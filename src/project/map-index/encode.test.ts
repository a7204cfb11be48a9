import { describe, expect, it } from 'vitest';
import { ringArea } from '../../model/geometry/ring.ts';
import type { Bbox, Position } from '../../model/geometry/types.ts';
import { TILE_PIXELS } from '../../model/tile.ts';
import { seeded } from '../../../tests/made-up-district.ts';
import { shadesOf, type MapArea } from './areas.ts';
import { encodeAreas } from './encode.ts';
import { frameAround } from './frame.ts';
import { readAreaTile } from '../../../tests/read-tile.ts';

const SIDE = 220;
const ACROSS = 12;
const OUTER: Bbox = [430_000, 4_420_000, 430_000 + SIDE * ACROSS, 4_420_000 + SIDE * ACROSS];
const frame = frameAround(OUTER);

function areaOf(id: number, ring: Position[], community: string | null = null): MapArea {
  const xs = ring.map((p) => p[0]);
  const ys = ring.map((p) => p[1]);
  return {
    id,
    code: String(id),
    name: null,
    community,
    box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
    coordinates: Float64Array.from(ring.flat()),
    ends: Uint32Array.of(2 * ring.length),
  };
}

/** A square cut into areas whose borders inside are jagged and shared, coordinate for coordinate. */
function jagged(): MapArea[] {
  const random = seeded(11);
  const node = (i: number, j: number): Position => {
    const shift = i === 0 || j === 0 || i === ACROSS || j === ACROSS ? 0 : 60;
    return [OUTER[0] + i * SIDE + shift * (random() - 0.5), OUTER[1] + j * SIDE + shift * (random() - 0.5)];
  };
  const nodes = Array.from({ length: ACROSS + 1 }, (_, j) => Array.from({ length: ACROSS + 1 }, (__, i) => node(i, j)));
  const at = (i: number, j: number): Position => nodes[j]?.[i] ?? [NaN, NaN];
  const edges = new Map<string, Position[]>();
  /** From a to b without b. The way back is the same positions turned round. */
  const edge = (a: [number, number], b: [number, number]): Position[] => {
    const forward = a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
    const [from, to] = forward ? [a, b] : [b, a];
    const key = `${from.join()} ${to.join()}`;
    const straight =
      (from[0] === to[0] && (from[0] === 0 || from[0] === ACROSS)) ||
      (from[1] === to[1] && (from[1] === 0 || from[1] === ACROSS));
    const [p, q] = [at(...from), at(...to)];
    const wobble = straight ? 0 : 12;
    const line =
      edges.get(key) ??
      Array.from({ length: 9 }, (_, k): Position => [
        p[0] + ((q[0] - p[0]) * (k + 1)) / 10 + wobble * (random() - 0.5),
        p[1] + ((q[1] - p[1]) * (k + 1)) / 10 + wobble * (random() - 0.5),
      ]);
    edges.set(key, line);
    return forward ? [p, ...line] : [q, ...line.toReversed()];
  };
  return Array.from({ length: ACROSS * ACROSS }, (_, n) => {
    const [i, j] = [n % ACROSS, Math.floor(n / ACROSS)];
    const ring = [
      ...edge([i, j], [i + 1, j]),
      ...edge([i + 1, j], [i + 1, j + 1]),
      ...edge([i + 1, j + 1], [i, j + 1]),
      ...edge([i, j + 1], [i, j]),
    ];
    return areaOf(n + 1, [...ring, ring[0] ?? [NaN, NaN]]);
  });
}

describe('areas drawn small', () => {
  const areas = jagged();

  it.each([0, 1, 2, 3, 4])('at level %i keep every shared border shared: together they are the whole square', (z) => {
    const read = readAreaTile(encodeAreas(frame, areas, new Map(), { z, x: 0, y: 0 }, null));
    const cell = frame.size / 2 ** z / TILE_PIXELS / 2;
    const whole = readAreaTile(
      encodeAreas(
        frame,
        [
          areaOf(1, [
            [OUTER[0], OUTER[1]],
            [OUTER[2], OUTER[1]],
            [OUTER[2], OUTER[3]],
            [OUTER[0], OUTER[3]],
            [OUTER[0], OUTER[1]],
          ]),
        ],
        new Map(),
        { z, x: 0, y: 0 },
        null,
      ),
    );
    const sum = read.reduce((all, area) => all + ringArea(area.rings[0] ?? []), 0);
    expect(sum).toBeCloseTo(ringArea(whole[0]?.rings[0] ?? []), 3);
    for (const [i, { rings }] of read.entries()) {
      expect(rings).toHaveLength(1);
      const [ring] = rings;
      expect(ring?.at(-1)).toEqual(ring?.[0]);
      const box = areas[i]?.box ?? [0, 0, 0, 0];
      for (const [x, y] of ring ?? []) {
        expect(x).toBeGreaterThanOrEqual(box[0] - cell);
        expect(y).toBeLessThanOrEqual(box[3] + cell);
      }
    }
  });

  it('have fewer positions the smaller they are, and all of them, exact to a millimetre, when near', () => {
    const count = (z: number): number => encodeAreas(frame, areas, new Map(), { z, x: 0, y: 0 }, null).length;
    expect(count(0)).toBeLessThan(count(3));
    const [near] = readAreaTile(encodeAreas(frame, areas.slice(0, 1), new Map(), { z: 12, x: 0, y: 0 }, null));
    const own = areas[0]?.coordinates ?? new Float64Array();
    expect(near?.rings[0]).toHaveLength(own.length / 2);
    for (const [i, [x, y]] of near?.rings[0]?.entries() ?? []) {
      expect(Math.abs(x - (own[2 * i] ?? NaN))).toBeLessThan(0.001);
      expect(Math.abs(y - (own[2 * i + 1] ?? NaN))).toBeLessThan(0.001);
    }
  });

  it('smaller than half a pixel are their box; a hole that falls flat is left out', () => {
    const small = areaOf(1, [
      [430_100, 4_420_100],
      [430_100.4, 4_420_100],
      [430_100.4, 4_420_100.3],
      [430_100, 4_420_100],
    ]);
    const [drawn] = readAreaTile(encodeAreas(frame, [small], new Map(), { z: 0, x: 0, y: 0 }, null));
    expect(drawn?.rings[0]).toHaveLength(5);
    const outer = [OUTER[0], OUTER[1], OUTER[2], OUTER[1], OUTER[2], OUTER[3], OUTER[0], OUTER[1]];
    const hole = [430_500, 4_420_300, 430_500.1, 4_420_300, 430_500.1, 4_420_300.1, 430_500, 4_420_300];
    const holed: MapArea = {
      ...areaOf(2, []),
      box: OUTER,
      coordinates: Float64Array.of(...outer, ...hole),
      ends: Uint32Array.of(8, 16),
    };
    expect(readAreaTile(encodeAreas(frame, [holed], new Map(), { z: 0, x: 0, y: 0 }, null))[0]?.rings).toHaveLength(1);
    expect(readAreaTile(encodeAreas(frame, [holed], new Map(), { z: 14, x: 0, y: 0 }, null))[0]?.rings).toHaveLength(2);
  });
});

describe('shades', () => {
  it('tell neighbouring communities apart with few numbers', () => {
    const square = (i: number, j: number): MapArea => {
      const [x, y] = [100 * i, 100 * j];
      return areaOf(
        1,
        [
          [x, y],
          [x + 100, y],
          [x + 100, y + 100],
          [x, y + 100],
          [x, y],
        ],
        `c${i}${j}`,
      );
    };
    const areas = Array.from({ length: 36 }, (_, n) => square(n % 6, Math.floor(n / 6)));
    const shades = shadesOf(areas);
    for (let i = 0; i < 6; i++) {
      for (let j = 0; j < 5; j++) expect(shades.get(`c${i}${j}`)).not.toBe(shades.get(`c${i}${j + 1}`));
    }
    expect(Math.max(...shades.values())).toBeLessThan(6);
    expect(shadesOf(areas.toReversed())).toEqual(shades);
  });
});
