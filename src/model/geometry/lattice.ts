import type { Position } from './types.ts';

/** Lattice steps a metre: grid coordinates are whole tenths of a millimetre, so that equal places are equal numbers. */
export const STEPS_PER_METRE = 10_000;

/** The nearest lattice coordinate, in metres; what a file holds. */
export function snap(metres: number): number {
  return Math.round(metres * STEPS_PER_METRE) / STEPS_PER_METRE;
}

export function snapPosition(position: Position): Position {
  return [snap(position[0]), snap(position[1])];
}

/** Lattice integer of a coordinate in metres. */
export function toLattice(metres: number): number {
  return Math.round(metres * STEPS_PER_METRE);
}

/** Metres of a lattice integer; `toLattice` gives the integer back. */
export function fromLattice(steps: number): number {
  return steps / STEPS_PER_METRE;
}

/** Square metres of a doubled area in square lattice steps. */
export function areaOfDoubled(doubled: bigint): number {
  return Number(doubled) / (2 * STEPS_PER_METRE * STEPS_PER_METRE);
}

/** Offsets below this multiply and subtract within 2^51 exactly. */
const SMALL = 2 ** 25;
const FLUSH = 2 ** 52;

/**
 * Exact doubled signed area of a ring of lattice integers, positive when counter-clockwise, in square steps. `at(i)` gives the
 * i-th of `count` corners (the closing one left out or not, as it comes). Plain numbers are used while they are exact.
 */
export function doubledArea(count: number, xAt: (i: number) => number, yAt: (i: number) => number): bigint {
  if (count === 0) return 0n;
  const ox = xAt(0);
  const oy = yAt(0);
  let whole = 0n;
  let part = 0;
  let px = 0;
  let py = 0;
  for (let i = 1; i < count; i++) {
    const cx = xAt(i) - ox;
    const cy = yAt(i) - oy;
    if (Math.abs(cx) < SMALL && Math.abs(cy) < SMALL && Math.abs(px) < SMALL && Math.abs(py) < SMALL) {
      part += px * cy - cx * py;
      if (part > FLUSH || part < -FLUSH) {
        whole += BigInt(part);
        part = 0;
      }
    } else {
      whole += BigInt(px) * BigInt(cy) - BigInt(cx) * BigInt(py);
    }
    px = cx;
    py = cy;
  }
  return whole + BigInt(part);
}

/** Exact doubled signed area of a ring given in metres, its corners taken on the lattice. */
export function doubledAreaOfRing(ring: readonly Position[]): bigint {
  const axis = (k: 0 | 1) => (i: number) => toLattice(ring[i]?.[k] ?? 0);
  return doubledArea(ring.length, axis(0), axis(1));
}
