import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../tests/made-up-district.ts';
import { applySimilarity, fitControlPoints, fitMatched, inOneLine, type Similarity } from './helmert.ts';
import type { Position } from './types.ts';

const CENTRE: Position = [430_000, 4_430_000];

function places(count: number, seed: number, size = 30_000): Position[] {
  const random = seeded(seed);
  return Array.from({ length: count }, () => [CENTRE[0] + size * random(), CENTRE[1] + size * random()]);
}

const metres = (a: Position, b: Position) => Math.hypot(a[0] - b[0], a[1] - b[1]);
const planted: Similarity = { dx: 105.28, dy: -40.19, rotation: 1.7, scale: 3.1, origin: [0, 0] };

describe('a plane shift from control points', () => {
  it('is found again, whatever it was, to a tenth of a millimetre all over the district', () => {
    fc.assert(
      fc.property(
        fc.record({
          dx: fc.double({ min: -5e6, max: 5e6, noNaN: true }),
          dy: fc.double({ min: -5e6, max: 5e6, noNaN: true }),
          rotation: fc.double({ min: -6e5, max: 6e5, noNaN: true }),
          scale: fc.double({ min: -500, max: 500, noNaN: true }),
        }),
        fc.integer({ min: 2, max: 12 }),
        (given, count) => {
          const apply = applySimilarity({ ...given, origin: CENTRE });
          const found = fitControlPoints(places(count, count).map((from) => ({ from, to: apply(from) })));
          const again = applySimilarity(found?.similarity ?? planted);
          for (const at of places(20, 99)) expect(metres(again(at), apply(at))).toBeLessThan(1e-4);
          expect(found?.max ?? 1).toBeLessThan(1e-4);
        },
      ),
      { seed: 8, numRuns: 200 },
    );
  });

  it('shows what each point leaves over', () => {
    const apply = applySimilarity(planted);
    const pairs = places(6, 3).map((from) => ({ from, to: apply(from) }));
    pairs[2] = { from: pairs[2]?.from ?? CENTRE, to: [(pairs[2]?.to[0] ?? 0) + 3, pairs[2]?.to[1] ?? 0] };
    const found = fitControlPoints(pairs);
    const worst = found?.residuals.map(({ metres: off }) => off) ?? [];
    expect(worst.indexOf(Math.max(...worst))).toBe(2);
    expect(found?.rms).toBeGreaterThan(0.5);
  });

  it('needs two places', () => {
    expect(fitControlPoints([])).toBeNull();
    expect(fitControlPoints([{ from: CENTRE, to: CENTRE }])).toBeNull();
    expect(
      fitControlPoints([
        { from: CENTRE, to: CENTRE },
        { from: CENTRE, to: CENTRE },
      ]),
    ).toBeNull();
  });

  it('is not controlled beside a line', () => {
    expect(inOneLine(places(5, 1))).toBe(false);
    expect(inOneLine([0, 1, 2, 3].map((i): Position => [CENTRE[0] + 1000 * i, CENTRE[1] + 500 * i + (i % 2)]))).toBe(
      true,
    );
  });
});

describe('a plane shift from matched components', () => {
  const noisy = (count: number, size: number, noise: number, strays: number) => {
    const apply = applySimilarity(planted);
    const random = seeded(count);
    return places(count, 5, size).map((from, i) => {
      const [x, y] = apply(from);
      const off = i < strays ? 50 + 200 * random() : noise;
      return { from, to: [x + off * (2 * random() - 1), y + off * (2 * random() - 1)] as Position };
    });
  };
  const worst = (similarity: Similarity | undefined, size: number) => {
    const [a, b] = [applySimilarity(similarity ?? { ...planted, dx: NaN }), applySimilarity(planted)];
    return Math.max(...places(50, 17, size).map((at) => metres(a(at), b(at))));
  };

  it('is exact where the parameters are, though four in ten have moved', () => {
    const pairs = noisy(200, 30_000, 0, 80);
    const found = fitMatched(pairs);
    expect(found?.used).toBe(120);
    expect(found?.rms).toBeLessThan(0.001);
    expect(worst(found?.similarity, 30_000)).toBeLessThan(0.001);
    expect(found?.residuals.filter(({ used }) => !used)).toHaveLength(80);
  });

  it('averages the noise of a survey', () => {
    const found = fitMatched(noisy(200, 30_000, 0.5, 10));
    expect(found?.model).toBe('similarity');
    expect(worst(found?.similarity, 30_000)).toBeLessThan(0.2);
  });

  it('does not swing the district about a few points close together', () => {
    const found = fitMatched(noisy(6, 200, 0.5, 0));
    expect(found?.model).toBe('translation');
    expect(worst(found?.similarity, 30_000)).toBeLessThan(2);
  });

  it('is not made of two', () => {
    expect(fitMatched(noisy(2, 1000, 0, 0))).toBeNull();
  });
});
