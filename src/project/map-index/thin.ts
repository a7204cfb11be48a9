/** Points of one tile at most. */
export const TILE_POINTS = 4000;

/**
 * A number between 0 and 2 ** 32 that stands for an id and looks random (the finaliser of MurmurHash3). It never changes, so a point drawn
 * at one scale is drawn at every larger one: among fewer others it only moves up.
 */
export function priorityOf(id: number): number {
  let h = id | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const BUCKET_BITS = 12;

/**
 * The `count` slots of lowest priority number among those whose `ids` pass, in the order of slots. Two passes and the sorting of one
 * bucket, however many there are.
 */
export function lowest(slots: Iterable<number> & { length: number }, ids: Int32Array, count: number): number[] {
  if (slots.length <= count) return [...slots];
  const sizes = new Uint32Array(2 ** BUCKET_BITS);
  for (const slot of slots) {
    const bucket = priorityOf(ids[slot] ?? 0) >>> (32 - BUCKET_BITS);
    sizes[bucket] = (sizes[bucket] ?? 0) + 1;
  }
  let last = 0;
  let below = 0;
  while (below + (sizes[last] ?? 0) < count) below += sizes[last++] ?? 0;
  const kept: number[] = [];
  const edge: { slot: number; priority: number; id: number }[] = [];
  for (const slot of slots) {
    const id = ids[slot] ?? 0;
    const priority = priorityOf(id);
    const bucket = priority >>> (32 - BUCKET_BITS);
    if (bucket < last) kept.push(slot);
    else if (bucket === last) edge.push({ slot, priority, id });
  }
  edge.sort((a, b) => a.priority - b.priority || a.id - b.id);
  for (const { slot } of edge.slice(0, count - below)) kept.push(slot);
  return kept.sort((a, b) => a - b);
}
