/** One thing done in several ways, measured side by side in one process and told as ratios to the first way. */
export interface Bench {
  name: string;
  /** How often each way is timed; the ways take turns, so that a busy moment of the machine hits all of them. */
  rounds: number;
  /** The first way is the one the others are compared with. Anything to prepare is prepared before. */
  ways: Record<string, () => unknown>;
  /** What to release afterwards. */
  finish?(): void | Promise<void>;
}

export interface Measured {
  way: string;
  /** Milliseconds. */
  median: number;
  /** Median relative to the first way's. */
  ratio: number;
}

/** Times every way of a bench. The first round of each warms up and is not counted. */
export async function measure(bench: Bench): Promise<Measured[]> {
  const times = new Map(Object.keys(bench.ways).map((way) => [way, [] as number[]]));
  for (let round = 0; round <= bench.rounds; round++) {
    for (const [way, run] of Object.entries(bench.ways)) {
      const started = performance.now();
      await run();
      if (round > 0) times.get(way)?.push(performance.now() - started);
    }
  }
  const medians = [...times].map(([way, list]) => ({ way, median: medianOf(list) }));
  const first = medians[0]?.median ?? NaN;
  return medians.map((each) => ({ ...each, ratio: each.median / first }));
}

/** The middle value, or the mean of the two in the middle; NaN of nothing. */
export function medianOf(list: number[]): number {
  const sorted = list.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] ?? NaN;
  const high = sorted[Math.floor(middle)] ?? NaN;
  return (low + high) / 2;
}
