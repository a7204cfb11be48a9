/** Width and height, of a map in pixels or of ground in metres. */
export type Extent2 = readonly [width: number, height: number];

/** A slot that changes by less than this, as under the hand at its edge, keeps the scale. */
const STRONG = 0.2;

/**
 * Metres a pixel at which a map of another size shows all that was meant to be seen, or null where the size hardly changed or was none.
 * `meant` is what the person last looked at, in metres; so going to a small slot and back ends where it began.
 */
export function resolutionAfter(meant: Extent2, before: Extent2, after: Extent2): number | null {
  if ([...before, ...after, ...meant].some((length) => !(length > 0))) return null;
  const change = Math.max(Math.abs(after[0] / before[0] - 1), Math.abs(after[1] / before[1] - 1));
  return change < STRONG ? null : Math.max(meant[0] / after[0], meant[1] / after[1]);
}
