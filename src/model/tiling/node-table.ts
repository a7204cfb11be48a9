/** Finds nodes by their lattice coordinates: open addressing, so that a hundred thousand grids need two flat arrays and no strings. */
export class NodeTable {
  #slots: Int32Array;
  #xs: Float64Array;
  #ys: Float64Array;
  #count = 0;

  constructor(expected: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(16, expected * 2)));
    this.#slots = new Int32Array(size).fill(-1);
    this.#xs = new Float64Array(Math.max(8, expected));
    this.#ys = new Float64Array(Math.max(8, expected));
  }

  get count(): number {
    return this.#count;
  }

  /** Coordinates of the nodes so far; the arrays may be longer than `count`. */
  get xs(): Float64Array {
    return this.#xs;
  }

  get ys(): Float64Array {
    return this.#ys;
  }

  #slot(x: number, y: number): number {
    const mask = this.#slots.length - 1;
    // Coordinates exceed 32 bits: fold their upper parts in before mixing.
    const high = Math.trunc(x / 4294967296) * 31 + Math.trunc(y / 4294967296);
    let hash = Math.imul(x | 0, 0x9e3779b1) ^ Math.imul(y | 0, 0x85ebca6b) ^ high;
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let at = (hash ^ (hash >>> 13)) & mask;
    for (let id = this.#slots[at] ?? -1; id >= 0; id = this.#slots[at] ?? -1) {
      if (this.#xs[id] === x && this.#ys[id] === y) return at;
      at = (at + 1) & mask;
    }
    return at;
  }

  /** The node at a lattice point, or -1. */
  find(x: number, y: number): number {
    return this.#slots[this.#slot(x, y)] ?? -1;
  }

  /** The node at a lattice point, made if there is none. */
  add(x: number, y: number): number {
    const at = this.#slot(x, y);
    const found = this.#slots[at] ?? -1;
    if (found >= 0) return found;
    const id = this.#count++;
    if (id >= this.#xs.length) {
      this.#xs = grown(this.#xs);
      this.#ys = grown(this.#ys);
    }
    this.#xs[id] = x;
    this.#ys[id] = y;
    this.#slots[at] = id;
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return id;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    for (let id = 0; id < this.#count; id++) this.#slots[this.#slot(this.#xs[id] ?? 0, this.#ys[id] ?? 0)] = id;
  }
}

function grown(array: Float64Array): Float64Array {
  const out = new Float64Array(array.length * 2);
  out.set(array);
  return out;
}
