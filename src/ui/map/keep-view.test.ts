import { describe, expect, it } from 'vitest';
import { resolutionAfter, type Extent2 } from './keep-view.ts';

const LARGE: Extent2 = [1380, 820];
const SMALL: Extent2 = [920, 264];

describe('a map that moves to another slot', () => {
  const meant: Extent2 = [13_800, 8200];

  it('shows all that was seen, in the smaller one too', () => {
    const resolution = resolutionAfter(meant, LARGE, SMALL) ?? 0;
    expect(SMALL[0] * resolution).toBeGreaterThanOrEqual(meant[0]);
    expect(SMALL[1] * resolution).toBeCloseTo(meant[1], 6);
  });

  it('comes back to the scale it had', () => {
    expect(resolutionAfter(meant, SMALL, LARGE)).toBeCloseTo(10, 9);
  });

  it('keeps its scale when its edge is dragged, and while it has no size', () => {
    expect(resolutionAfter(meant, LARGE, [1380, 760])).toBeNull();
    expect(resolutionAfter(meant, [0, 0], LARGE)).toBeNull();
    expect(resolutionAfter(meant, LARGE, [0, 820])).toBeNull();
  });
});
